import { startHarness, type Harness } from '../../../../engine/harness';
import { tunable } from '../../../../engine/tunable';
import {
	ACCOUNTANT,
	APPROVER,
	businessError,
	COLLEAGUE,
	type Fault,
	type User,
} from '../../../../../sandbox';

const { TIMEOUTS } = tunable();

const CODE = '7C468A54-8745-2245-9675-08B7C63E7A85';
const PEOPLE = [COLLEAGUE.open_id, ACCOUNTANT.open_id];
const COPY = {
	approvalCode: CODE,
	instanceCode: CODE,
	userId: APPROVER.open_id,
	ccUserIds: PEOPLE.join(),
};
const LOST_BEFORE: Fault = { kind: 'reset', when: 'before' };
const LOST_AFTER: Fault = { kind: 'reset', when: 'after' };

let harness: Harness;

beforeEach(async () => {
	Object.assign(TIMEOUTS, { pauseMs: 5, settleMs: 20, lateMs: 20 });
	harness = await startHarness();
});
afterEach(async () => await harness.close());

/** The platform copies to one person alone and then loses the connection. */
function copiesOnlyTo({ open_id, user_id }: User): void {
	const { timeline } = harness.sandbox.instances.get(CODE)!;
	harness.sandbox.faults.add({
		on: ({ endpoint }) => {
			if (endpoint !== 'cc') return false;
			const create_time = String(harness.sandbox.clock.now());
			const lists = { open_id_list: [open_id], user_id_list: [user_id] };
			timeline.push({ type: 'CC', create_time, ext: '', ...lists });
			return true;
		},
		fault: LOST_BEFORE,
	});
}

const sent = () =>
	harness.sandbox.calls('cc').map(({ body }) => (body as { cc_user_ids: string[] }).cc_user_ids);

describe('sending a copy once more', () => {
	it('goes only to those whom the timeline does not name yet', async () => {
		copiesOnlyTo(COLLEAGUE);
		const { json } = await harness.cc(COPY);
		expect(sent()).toEqual([PEOPLE, [ACCOUNTANT.open_id]]);
		expect(json('CC')).toMatchObject([
			{
				success: true,
				cc_user_ids: PEOPLE,
				note: expect.stringContaining(`sent again for them: ${ACCOUNTANT.open_id}.`),
			},
		]);
	});

	it('goes to those who were copied hours ago: that was another copy', async () => {
		const ago = (ms: number) => String(harness.sandbox.clock.now() - ms);
		const lists = { open_id_list: [COLLEAGUE.open_id], user_id_list: [COLLEAGUE.user_id] };
		harness.sandbox.instances
			.get(CODE)!
			.timeline.push(
				{ type: 'CC', create_time: ago(3 * 3_600_000), ext: '', ...lists },
				{ type: 'CC', create_time: ago(20 * 60_000), ext: '', ...lists },
			);
		harness.sandbox.faults.add({ on: 'cc', fault: LOST_BEFORE });
		await harness.cc(COPY);
		expect(sent()).toEqual([PEOPLE, PEOPLE]);
	});

	it('is done if the timeline then names everybody, although that answer got lost as well', async () => {
		harness.sandbox.faults.add({ on: 'cc', fault: LOST_BEFORE });
		harness.sandbox.faults.add({ on: 'cc', fault: LOST_AFTER });
		const { json, error } = await harness.cc(COPY);
		expect(error).toBeUndefined();
		expect(harness.sandbox.calls('cc').map(({ copied }) => copied)).toEqual([[], PEOPLE]);
		expect(json('CC')).toMatchObject([{ success: true, cc_user_ids: PEOPLE }]);
	});

	it('happens once: if it does not help, the error says who was not copied', async () => {
		harness.sandbox.faults.add({ on: 'cc', fault: LOST_BEFORE, times: Infinity });
		const { error } = await harness.cc(COPY);
		expect(sent()).toEqual([PEOPLE, PEOPLE]);
		expect(error).toMatchObject({
			name: 'NodeApiError',
			message: 'It is not known whether the approval was copied',
			description: expect.stringContaining(
				`In the timeline so far: nobody. Not in it: ${PEOPLE.join(', ')}`,
			),
			context: { itemIndex: 0 },
		});
	});

	it('tells by the newest timeline who was copied, if both answers got lost', async () => {
		harness.sandbox.faults.add({ on: 'cc', fault: LOST_BEFORE });
		copiesOnlyTo(COLLEAGUE);
		const { error } = await harness.cc(COPY);
		expect(sent()).toEqual([PEOPLE, PEOPLE]);
		expect(error?.description).toContain(
			`In the timeline so far: ${COLLEAGUE.open_id}. Not in it: ${ACCOUNTANT.open_id}`,
		);
	});

	it('tells who was copied before, if Feishu then refuses', async () => {
		copiesOnlyTo(COLLEAGUE);
		harness.sandbox.faults.add({ on: 'cc', fault: businessError(1390018, 'signature') });
		const { error } = await harness.cc(COPY);
		expect(sent()).toEqual([PEOPLE, [ACCOUNTANT.open_id]]);
		expect(error).toMatchObject({ context: { data: { code: 1390018 } } });
		expect(error?.description).toContain(`Copied so far: ${COLLEAGUE.open_id}`);
	});
});
