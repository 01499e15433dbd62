import type { IDataObject, INodeParameters } from 'n8n-workflow';

import {
	ACCOUNTANT,
	APPROVER,
	businessError,
	COLLEAGUE,
	INITIATOR,
	serverError,
	type Instance,
} from '../../../../sandbox';
import type { Step } from '../../../engine/engine';
import { startHarness, type Harness } from '../../../engine/harness';
import { tunable } from '../../../engine/tunable';

const { LIMITS, TIMEOUTS } = tunable();
const RETRY_ON_FAIL = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
const REPEATED = 'This was done in an earlier try of this execution; nothing was sent again.';
const UNKNOWN = 'It is not known whether the approval was copied';

const [A, B, C] = [ACCOUNTANT, COLLEAGUE, INITIATOR].map(({ open_id }) => open_id);

let harness: Harness;
let instance: Instance;
beforeEach(async () => {
	Object.assign(TIMEOUTS, { pauseMs: 1, settleMs: 10, lateMs: 10 });
	harness = await startHarness();
	instance = harness.sandbox.addInstance({ timeline: [] });
});
afterEach(async () => await harness.close());

const rows = (...people: string[]): IDataObject[] => people.map((to) => ({ to }));

function ccStep(options: INodeParameters = {}, more: Partial<Step> = {}): Step {
	const parameters = {
		operation: 'cc',
		approvalCode: instance.approval_code,
		instanceCode: instance.instance_code,
		userId: APPROVER.open_id,
		ccUserIds: '={{ $json.to }}',
		options,
	};
	return { name: 'CC', parameters, ...more };
}

/** Whom the platform has copied, in order. */
const copied = () => harness.sandbox.calls('cc').flatMap((call) => call.copied);

/** The platform refuses the copy to one person, so many times. */
function refuse(person: string, times: number): void {
	harness.sandbox.faults.add({
		on: ({ endpoint, body }) =>
			endpoint === 'cc' && (body as { cc_user_ids: string[] }).cc_user_ids.includes(person),
		times,
		fault: businessError(1390009, 'no operation permission', { status: 403 }),
	});
}

describe('Retry On Fail', () => {
	it('copies to each person once, and gives out what the first try has given out', async () => {
		refuse(C, 1);
		const { json, error } = await harness.engine.run(
			[ccStep({}, RETRY_ON_FAIL)],
			rows(A, B, C, APPROVER.open_id),
		);
		expect(error).toBeUndefined();
		expect(copied()).toEqual([A, B, C, APPROVER.open_id]);
		expect(json('CC')).toMatchObject([
			{ success: true, cc_user_ids: [A], note: REPEATED },
			{ success: true, cc_user_ids: [B], note: REPEATED },
			{ success: true, cc_user_ids: [C] },
			{ success: true, cc_user_ids: [APPROVER.open_id] },
		]);
		expect(json('CC')[2].note).toBeUndefined();
	});

	it('copies twice to a person whom two items name', async () => {
		refuse(C, 1);
		await harness.engine.run([ccStep({}, RETRY_ON_FAIL)], rows(A, A, C));
		expect(copied()).toEqual([A, A, C]);
	});

	it('copies once though an expression gives another value each time', async () => {
		refuse(C, 1);
		const comment = "={{ $now.toMillis() + '-' + Math.random() }}";
		const { error } = await harness.engine.run([ccStep({ comment }, RETRY_ON_FAIL)], rows(A, C));
		expect(error).toBeUndefined();
		expect(copied()).toEqual([A, C]);
	});

	it('does not look for a copy with one comment under another', async () => {
		harness.sandbox.faults.add({ on: 'cc', fault: { kind: 'reset', when: 'after' } });
		harness.sandbox.faults.add({ on: 'get', times: 8, fault: serverError(502) });
		const comment = '={{ Math.random() }}';
		const { error } = await harness.engine.run([ccStep({ comment }, RETRY_ON_FAIL)], rows(A));
		expect(error?.message).toBe(UNKNOWN);
		expect(copied()).toEqual([A]);
	});

	it('tries again what was refused, as often as it is told', async () => {
		refuse(C, 2);
		const { error } = await harness.engine.run([ccStep({}, RETRY_ON_FAIL)], rows(A, C));
		expect(error).toBeUndefined();
		expect(copied()).toEqual([A, C]);
	});

	it('does the same with Combine, though one of the rows was refused', async () => {
		const step = ccStep({ combine: true }, RETRY_ON_FAIL);
		harness.sandbox.faults.add({ on: 'cc', fault: businessError(1390004, 'no such user') });
		refuse(C, Infinity);
		const { error } = await harness.engine.run([step], rows(A, C, B));
		expect(error?.message).toBe('The approval does not allow this operation');
		expect(copied()).toEqual([A, B]);
	});

	it('looks for a copy of which nobody knew, and does not make it again', async () => {
		harness.sandbox.faults.add({ on: 'cc', fault: { kind: 'reset', when: 'after' } });
		const refusal = businessError(1390009, 'no operation permission', { status: 403 });
		harness.sandbox.faults.add({ on: 'get', fault: refusal });
		const { json, error } = await harness.engine.run([ccStep({}, RETRY_ON_FAIL)], rows(A));
		expect(error).toBeUndefined();
		expect(copied()).toEqual([A]);
		expect(json('CC')).toMatchObject([
			{ success: true, note: expect.stringContaining('everybody was copied') },
		]);
	});

	it('sends a copy of which nobody knew, once it is certain that it was not made', async () => {
		harness.sandbox.faults.add({ on: 'cc', fault: { kind: 'reset', when: 'before' } });
		const refusal = businessError(1390009, 'no operation permission', { status: 403 });
		harness.sandbox.faults.add({ on: 'get', fault: refusal });
		const { error } = await harness.engine.run([ccStep({}, RETRY_ON_FAIL)], rows(A));
		expect(error).toBeUndefined();
		expect(copied()).toEqual([A]);
		expect(harness.sandbox.calls('cc')).toHaveLength(2);
	});

	it('says the same again where nobody can find out', async () => {
		harness.sandbox.faults.add({
			on: 'cc',
			times: Infinity,
			fault: { kind: 'reset', when: 'after' },
		});
		const step = ccStep({}, RETRY_ON_FAIL);
		step.parameters = { ...step.parameters, userIdType: 'union_id', userId: APPROVER.union_id };
		const { error } = await harness.engine.run([step], rows(COLLEAGUE.union_id));
		expect(error?.message).toBe(UNKNOWN);
		expect(error?.description).toContain('No timeline carries union IDs');
		expect(harness.sandbox.calls('cc')).toHaveLength(1);
	});
});

describe('the Retry button', () => {
	it('copies to each person once', async () => {
		refuse(C, 1);
		const steps = [ccStep(), { name: 'Sink', type: 'sink' }];
		const first = await harness.engine.run(steps, rows(A, B, C));
		expect(first.error).toBeDefined();
		const second = await harness.engine.retry(steps, first);
		expect(second.error).toBeUndefined();
		expect(copied()).toEqual([A, B, C]);
		expect(second.json('Sink')).toMatchObject([
			{ success: true, cc_user_ids: [A], note: REPEATED },
			{ success: true, cc_user_ids: [B], note: REPEATED },
			{ success: true, cc_user_ids: [C] },
		]);
	});

	it('is a decision: what nobody can find out is sent, and says so', async () => {
		harness.sandbox.faults.add({ on: 'cc', fault: { kind: 'reset', when: 'after' } });
		const step = ccStep();
		step.parameters = { ...step.parameters, userIdType: 'union_id', userId: APPROVER.union_id };
		const first = await harness.engine.run([step], rows(COLLEAGUE.union_id));
		expect(first.error?.message).toBe(UNKNOWN);
		const { json } = await harness.engine.retry([step], first);
		expect(harness.sandbox.calls('cc')).toHaveLength(2);
		expect(json('CC')).toMatchObject([
			{ success: true, note: expect.stringContaining('because the execution was retried by hand') },
		]);
	});

	it('decides once: Retry On Fail does not send again what was sent for the button', async () => {
		const lost = { kind: 'reset', when: 'after' } as const;
		harness.sandbox.faults.add({ on: 'cc', times: Infinity, fault: lost });
		const step = ccStep({}, RETRY_ON_FAIL);
		step.parameters = { ...step.parameters, userIdType: 'union_id', userId: APPROVER.union_id };
		const first = await harness.engine.run([step], rows(COLLEAGUE.union_id));
		const second = await harness.engine.retry([step], first);
		expect(second.error?.message).toBe(UNKNOWN);
		expect(harness.sandbox.calls('cc')).toHaveLength(2);
		await harness.engine.retry([step], second);
		expect(harness.sandbox.calls('cc')).toHaveLength(3);
	});

	it('sends nothing while Feishu may still tell a little later', async () => {
		harness.sandbox.faults.add({ on: 'cc', fault: { kind: 'reset', when: 'after' } });
		harness.sandbox.faults.add({ on: 'get', times: 8, fault: serverError(502) });
		const first = await harness.engine.run([ccStep()], rows(A));
		expect(first.error?.message).toBe(UNKNOWN);
		const second = await harness.engine.retry([ccStep()], first);
		expect(second.error?.message).toBe(UNKNOWN);
		const third = await harness.engine.retry([ccStep()], second);
		expect(third.error).toBeUndefined();
		expect(copied()).toEqual([A]);
	});

	it('copies again with a changed parameter', async () => {
		refuse(C, 1);
		const first = await harness.engine.run([ccStep()], rows(A, C));
		await harness.engine.retry([ccStep({ comment: 'once more' })], first);
		expect(copied()).toEqual([A, A, C]);
	});

	it('finds nothing of an execution that was never stored', async () => {
		refuse(C, 1);
		const first = await harness.engine.run([ccStep()], rows(A, C));
		expect(first.error).toBeDefined();
		await harness.engine.run([ccStep()], rows(A, C));
		expect(copied()).toEqual([A, A, C]);
	});

	it('makes no copy of an API call again that went through', async () => {
		const path = `/open-apis/approval/v4/instances/cc`;
		const body = {
			approval_code: instance.approval_code,
			instance_code: instance.instance_code,
			user_id: APPROVER.open_id,
			cc_user_ids: ['={{ $json.to }}'],
		};
		const step: Step = {
			name: 'API',
			parameters: {
				resource: 'api',
				operation: 'request',
				method: 'POST',
				path,
				body: `=${JSON.stringify(body).replace('={{', '{{')}`,
			},
		};
		refuse(C, 1);
		const first = await harness.engine.run([step], rows(A, C));
		expect(first.error).toBeDefined();
		const { json } = await harness.engine.retry([step], first);
		expect(copied()).toEqual([A, C]);
		expect(json('API')).toEqual([{ success: true, note: REPEATED }, { success: true }]);
	});
});

/** Calls an endpoint that answers with `data`, once for each row; the second row is refused once. */
async function callTwice(data: IDataObject): Promise<IDataObject[]> {
	const path = `/open-apis/approval/v4/approvals/${instance.approval_code}/subscribe`;
	const parameters = { resource: 'api', operation: 'request', method: 'POST', path };
	const answer = { kind: 'answer', status: 200, body: { code: 0, data } } as const;
	harness.sandbox.faults.add({ on: 'subscribe', fault: answer });
	const refusal = businessError(1390009, 'no operation permission', { status: 403 });
	harness.sandbox.faults.add({ on: 'subscribe', fault: refusal });
	const { json, error } = await harness.engine.run(
		[{ name: 'API', parameters, ...RETRY_ON_FAIL }],
		rows(A, C),
	);
	expect(error).toBeUndefined();
	expect(harness.sandbox.calls('subscribe')).toHaveLength(3);
	return json('API');
}

describe('what an execution remembers', () => {
	it('is what an item gave out, long as it may be', async () => {
		const text = 'x'.repeat(15_000);
		const [first] = await callTwice({ text });
		expect(first).toEqual({ success: true, text, note: REPEATED });
	});

	it.each<[string, IDataObject]>([
		['longer than all measure', { text: 'x'.repeat(25_000) }],
		['a token', { user: [{ access_token: 'u-1' }] }],
		['a secret', { AppSecret: 'dskLLdkasdjlasdKK' }],
	])('is not %s: then it says so', async (_name, data) => {
		const [first] = await callTwice(data);
		expect(first).toEqual({
			success: true,
			note: `${REPEATED} What was given out then was not kept.`,
		});
	});

	it('holds each run of a node whose copies nobody knows the end of', async () => {
		const lost = { kind: 'reset', when: 'after' } as const;
		harness.sandbox.faults.add({ on: 'cc', times: Infinity, fault: lost });
		const to = (node: string) => [{ node, type: 'main' as const, index: 0 }];
		const connections = {
			Start: { main: [to('CC')] },
			CC: { main: [to('Again')] },
			Again: { main: [to('CC')] },
		};
		const step = ccStep({}, { onError: 'continueRegularOutput' });
		step.parameters = { ...step.parameters, userIdType: 'union_id', userId: APPROVER.union_id };
		const again = { name: 'Again', type: 'thrice', parameters: { to: COLLEAGUE.union_id } };
		const { run } = await harness.engine.run([step, again], rows(COLLEAGUE.union_id), connections);
		const kept = JSON.stringify(run.data.executionData?.contextData);
		expect(kept.match(/"begun"/g)).toHaveLength(3);
	});

	it('is bounded, and holds no secret', async () => {
		refuse(C, 1);
		const comment = 'a secret between us';
		const first = await harness.engine.run([ccStep({ comment })], rows(A, C));
		const kept = JSON.stringify(first.run.data.executionData?.contextData);
		expect(kept).not.toContain(comment);
		expect(kept).not.toContain(String(harness.engine.credential().tenantAccessToken));
		expect(kept).not.toContain(String(harness.engine.credential().appSecret));
		expect(kept.length).toBeLessThan(1_500);
	});

	it('takes less than 500 bytes for an item, however many there are', async () => {
		LIMITS.ccInstance = [{ calls: 1_000_000, ms: 1 }];
		harness.sandbox.limits.enabled = false;
		const { run } = await harness.engine.run(
			[ccStep()],
			Array.from({ length: 2_000 }, () => ({ to: A })),
		);
		const kept = JSON.stringify(run.data.executionData?.contextData);
		expect(kept.length / 2_000).toBeLessThan(500);
	});

	it('does not keep a loop from copying again', async () => {
		const to = (node: string) => [{ node, type: 'main' as const, index: 0 }];
		const connections = {
			Start: { main: [to('CC')] },
			CC: { main: [to('Again')] },
			Again: { main: [to('CC')] },
		};
		const steps = [ccStep(), { name: 'Again', type: 'thrice', parameters: { to: A } }];
		await harness.engine.run(steps, rows(A), connections);
		const { run } = await harness.engine.run(steps, rows(A), connections);
		expect(copied()).toEqual([A, A, A, A, A, A]);
		// Only the last turn can be retried: the others are not kept.
		const kept = JSON.stringify(run.data.executionData?.contextData);
		expect(kept.match(/"done"/g)).toHaveLength(1);
	});

	it('is shared by the nodes of an execution: Skip Already Copied holds while the timeline is late', async () => {
		const late = structuredClone(instance);
		const answer = { kind: 'answer', status: 200, body: { code: 0, data: late } } as const;
		harness.sandbox.faults.add({ on: 'get', times: Infinity, fault: answer });
		const skip = { skipAlreadyCopied: true };
		const again = (name: string): Step => {
			const step = ccStep(skip);
			return { ...step, name, parameters: { ...step.parameters, ccUserIds: A } };
		};
		const { json } = await harness.engine.run(
			[again('One'), again('Two'), again('Three')],
			rows(A),
		);
		expect(copied()).toEqual([A]);
		expect(json('Three')).toMatchObject([{ success: true, skipped_user_ids: [A] }]);
	});

	it('does not take the copy of somebody else for its own later on', async () => {
		const open = {
			open_id: COLLEAGUE.open_id,
			open_id_list: [A],
			user_id_list: [ACCOUNTANT.user_id],
		};
		harness.sandbox.faults.add({
			on: ({ endpoint }) => {
				if (endpoint !== 'cc') return false;
				const create_time = String(harness.sandbox.clock.now());
				instance.timeline.push({ type: 'CC', create_time, ext: '', comment: 'theirs', ...open });
				return true;
			},
			fault: { kind: 'reset', when: 'before' },
		});
		harness.sandbox.faults.add({ on: 'cc', fault: { kind: 'reset', when: 'after' } });
		const one = ccStep({ skipAlreadyCopied: true, comment: 'x' });
		const two = ccStep({ comment: 'x' });
		const to = { ccUserIds: A };
		const { json } = await harness.engine.run(
			[
				{ ...one, name: 'One', parameters: { ...one.parameters, ...to } },
				{ ...two, name: 'Two', parameters: { ...two.parameters, ...to } },
			],
			rows(A),
		);
		expect(json('One')).toMatchObject([{ success: true }]);
		expect(json('Two')).toMatchObject([{ success: true }]);
		expect(copied()).toEqual([A]);
	});
});
