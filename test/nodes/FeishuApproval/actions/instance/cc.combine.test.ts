import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { startHarness, type Harness } from '../../../../engine/harness';
import { tunable } from '../../../../engine/tunable';
import {
	ACCOUNTANT,
	APPROVER,
	businessError,
	COLLEAGUE,
	INITIATOR,
	type Instance,
} from '../../../../../sandbox';

const { TIMEOUTS } = tunable();

const [A, B, C] = [ACCOUNTANT, COLLEAGUE, INITIATOR].map(({ open_id }) => open_id);

let harness: Harness;
let one: Instance;
let other: Instance;
beforeEach(async () => {
	Object.assign(TIMEOUTS, { pauseMs: 5, settleMs: 20, lateMs: 20 });
	harness = await startHarness();
	one = harness.sandbox.addInstance({ timeline: [] });
	other = harness.sandbox.addInstance({ timeline: [] });
});
afterEach(async () => await harness.close());

const row = ({ approval_code, instance_code }: Instance, to: string, more: IDataObject = {}) => ({
	...{ approval_code, instance_code, open_id: APPROVER.open_id, to },
	...more,
});
const cc = async (rows: IDataObject[], options: INodeParameters = {}, more: INodeParameters = {}) =>
	await harness.cc(
		{ ccUserIds: '={{ $json.to }}', options: { combine: true, ...options }, ...more },
		rows,
		{ onError: 'continueRegularOutput' },
	);
const sent = () =>
	harness.sandbox
		.calls('cc')
		.map(({ body }) => body as { instance_code: string; cc_user_ids: string[]; comment?: string });

describe('Combine', () => {
	it('makes one call of the rows for one instance, and every row gets its own item', async () => {
		const rows = [row(one, A), row(other, B), row(one, `${B},${A}`), row(other, C)];
		const { items } = await cc(rows);
		expect(sent()).toMatchObject([
			{ instance_code: one.instance_code, cc_user_ids: [A, B] },
			{ instance_code: other.instance_code, cc_user_ids: [B, C] },
		]);
		expect(items('CC')).toMatchObject([
			{ json: { success: true, cc_user_ids: [A] }, pairedItem: { item: 0 } },
			{ json: { success: true, cc_user_ids: [B] }, pairedItem: { item: 1 } },
			{ json: { success: true, cc_user_ids: [B, A] }, pairedItem: { item: 2 } },
			{ json: { success: true, cc_user_ids: [C] }, pairedItem: { item: 3 } },
		]);
		expect(items('CC').map(({ json }) => json.instance_code)).toEqual(
			rows.map(({ instance_code }) => instance_code),
		);
	});

	it('is off unless chosen', async () => {
		await cc([row(one, A), row(one, B)], { combine: false });
		expect(sent()).toMatchObject([{ cc_user_ids: [A] }, { cc_user_ids: [B] }]);
	});

	it('keeps rows apart that differ in comment, sender or kind of ID', async () => {
		const rows = [
			row(one, A, { say: 'x' }),
			row(one, B, { say: 'y' }),
			row(one, C, { say: 'x', open_id: COLLEAGUE.open_id }),
			row(one, INITIATOR.user_id, { say: 'x', open_id: APPROVER.user_id, kind: 'user_id' }),
			row(one, B, { say: 'x' }),
		];
		const { json } = await cc(
			rows,
			{ comment: '={{ $json.say }}' },
			{ userIdType: '={{ $json.kind ?? "open_id" }}' },
		);
		expect(json('CC').map(({ success }) => success)).toEqual(Array(5).fill(true));
		expect(sent().map(({ cc_user_ids: people, comment }) => [people, comment])).toEqual([
			[[A, B], 'x'],
			[[B], 'y'],
			[[C], 'x'],
			[[INITIATOR.user_id], 'x'],
		]);
	});

	it('goes row by row where Feishu refuses a person: only the wrong row is lost', async () => {
		const { items } = await cc([row(one, A), row(one, 'ou_nobody'), row(one, B)]);
		expect(sent().map(({ cc_user_ids: people }) => people)).toEqual([
			[A, 'ou_nobody', B],
			[A],
			['ou_nobody'],
			[B],
		]);
		expect(items('CC')).toMatchObject([
			{ json: { success: true, cc_user_ids: [A] }, pairedItem: { item: 0 } },
			{ json: { code: 1390004 }, pairedItem: { item: 1 } },
			{ json: { success: true, cc_user_ids: [B] }, pairedItem: { item: 2 } },
		]);
		expect(one.timeline).toHaveLength(2);
	});

	it('does not send again to those whom a refused call has reached all the same', async () => {
		const fault = { ...businessError(1390004), after: true };
		harness.sandbox.faults.add({ on: 'cc', fault });
		const { json } = await cc([row(one, A), row(one, B)]);
		expect(json('CC')).toMatchObject([{ cc_user_ids: [A] }, { cc_user_ids: [B] }]);
		expect(sent()).toHaveLength(1);
		expect(one.timeline).toHaveLength(2);
	});

	it('counts a person in two rows once when it goes row by row', async () => {
		const rows = [row(one, `${A},${B}`), row(one, 'ou_nobody'), row(one, `${A},${C}`)];
		const { json } = await cc(rows);
		expect(
			sent()
				.slice(1)
				.map(({ cc_user_ids: people }) => people),
		).toEqual([[A, B], ['ou_nobody'], [C]]);
		expect(json('CC')).toMatchObject([
			{ cc_user_ids: [A, B] },
			{ code: 1390004 },
			{ cc_user_ids: [A, C] },
		]);
	});

	it('does not go row by row where nobody can tell whom the refused call has reached', async () => {
		const kind = { userIdType: 'union_id', userId: APPROVER.union_id };
		const rows = [row(one, ACCOUNTANT.union_id), row(one, 'on_nobody')];
		const { json } = await cc(rows, {}, kind);
		const description = expect.stringContaining('By Combine, 2 items were one call: what is wrong');
		const refused = { code: 1390004, description };
		expect(json('CC')).toMatchObject([refused, refused]);
		expect(sent()).toHaveLength(1);
	});

	it('does not go row by row after HTTP 502, whatever the code', async () => {
		const fault = businessError(1390001, 'param is invalid', { status: 502 });
		harness.sandbox.faults.add({ on: 'cc', fault });
		await cc([row(one, A), row(one, B)]);
		expect(sent()).toHaveLength(1);
	});

	it('does not go row by row where the reason is the same for all', async () => {
		harness.sandbox.faults.add({ on: 'cc', fault: businessError(1390009, 'no', { status: 403 }) });
		const { json } = await cc([row(one, A), row(one, B)]);
		const description = expect.not.stringContaining('By Combine');
		const refused = { code: 1390009, description };
		expect(json('CC')).toMatchObject([refused, refused]);
		expect(sent()).toHaveLength(1);
	});

	it('copies nobody twice where the answer gets lost', async () => {
		harness.sandbox.faults.add({ on: 'cc', fault: { kind: 'reset', when: 'after' } });
		const { json } = await cc([row(one, A), row(one, B)]);
		expect(json('CC')).toMatchObject([{ cc_user_ids: [A] }, { cc_user_ids: [B] }]);
		expect(sent()).toHaveLength(1);
		expect(one.timeline).toHaveLength(2);
	});

	it('sends the valid rows where an answer was lost before the refusal', async () => {
		harness.sandbox.faults.add({ on: 'cc', fault: { kind: 'reset', when: 'before' } });
		const { json } = await cc([row(one, A), row(one, 'ou_nobody'), row(one, B)]);
		expect(json('CC')).toMatchObject([
			{ success: true, cc_user_ids: [A] },
			{ code: 1390004 },
			{ success: true, cc_user_ids: [B] },
		]);
		expect(one.timeline).toHaveLength(2);
	});

	it('leaves out whom the lost call has reached, and says so', async () => {
		const { timeline } = one;
		harness.sandbox.faults.add({
			on: ({ endpoint }) => {
				if (endpoint !== 'cc') return false;
				const create_time = String(harness.sandbox.clock.now());
				timeline.push({
					type: 'CC',
					create_time,
					ext: '',
					open_id: APPROVER.open_id,
					open_id_list: [A],
				});
				return true;
			},
			fault: { kind: 'reset', when: 'before' },
		});
		const { json } = await cc([row(one, A), row(one, 'ou_nobody'), row(one, B)]);
		expect(json('CC')).toMatchObject([
			{ success: true, note: expect.stringContaining(`nothing was sent again for them: ${A}.`) },
			{ code: 1390004 },
			{ success: true, cc_user_ids: [B] },
		]);
		expect(timeline).toHaveLength(2);
	});

	it('leaves out those who were copied before, row by row', async () => {
		await cc([row(one, A)]);
		const { json } = await cc([row(one, `${A},${B}`), row(one, A)], { skipAlreadyCopied: true });
		expect(json('CC')).toMatchObject([
			{ cc_user_ids: [B], skipped_user_ids: [A] },
			{ cc_user_ids: [], skipped_user_ids: [A] },
		]);
		expect(harness.sandbox.calls('get')).toHaveLength(1);
	});

	it('tells every row no more than concerns it, however many there are', async () => {
		const people = Array.from({ length: 60 }, (_, index) => `on_${index}`);
		harness.sandbox.faults.add({ on: 'cc', fault: { kind: 'reset', when: 'after' } });
		const kind = { userIdType: 'union_id', userId: APPROVER.union_id };
		const { json } = await cc(
			people.map((person) => row(one, person)),
			{},
			kind,
		);
		expect(json('CC')).toHaveLength(60);
		for (const { description } of json('CC'))
			expect(String(description).length).toBeLessThan(1_000);
	});

	it('makes few calls where a parameter is wrong for all rows', async () => {
		const fault = businessError(1390001, 'param is invalid');
		harness.sandbox.faults.add({ on: 'cc', times: Infinity, fault });
		const rows = Array.from({ length: 60 }, () => row(one, A));
		const { json } = await cc(rows);
		expect(sent().length).toBeLessThanOrEqual(6);
		expect(json('CC').map(({ code }) => code)).toEqual(Array(60).fill(1390001));
		const untried = json('CC').filter(({ description }) =>
			String(description).includes('Nothing was sent for this item alone'),
		);
		expect(untried).toHaveLength(55);
	});

	it('tries every row where it was a person who was refused', async () => {
		const rows = Array.from({ length: 12 }, (_, index) =>
			row(one, index === 11 ? A : `ou_${index}`),
		);
		const { json } = await cc(rows);
		expect(json('CC')[11]).toMatchObject({ success: true, cc_user_ids: [A] });
		expect(one.timeline).toHaveLength(1);
	});

	it('sends rows beside one of which nobody knows what became of it', async () => {
		const late = structuredClone(one);
		const answer = { kind: 'answer', status: 200, body: { code: 0, data: late } } as const;
		const refusal = businessError(1390009, 'no operation permission', { status: 403 });
		// The first row is copied alone, and nobody learns it.
		harness.sandbox.faults.add({ on: 'cc', fault: { kind: 'reset', when: 'after' } });
		harness.sandbox.faults.add({ on: 'get', skip: 1, fault: refusal });
		harness.sandbox.faults.add({ on: 'get', skip: 1, fault: answer });
		const { json } = await cc([row(one, A, { say: 'x' }), row(one, A), row(one, B)], {
			skipAlreadyCopied: true,
			comment: '={{ $json.say ?? "" }}',
		});
		expect(json('CC')).toMatchObject([
			{ error: 'It is not known whether the approval was copied' },
			{ error: 'It is not known whether the approval was copied' },
			{ success: true, cc_user_ids: [B] },
		]);
		expect(json('CC')[1].description).toContain(`nothing was sent for this item: ${A}`);
	});
});
