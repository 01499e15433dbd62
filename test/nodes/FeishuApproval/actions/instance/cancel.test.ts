import type { INodeParameters } from 'n8n-workflow';

import { COLLEAGUE, INITIATOR, type Instance, type User } from '../../../../../sandbox';
import { startHarness, type Harness } from '../../../../engine/harness';
import { tunable } from '../../../../engine/tunable';

const { TIMEOUTS } = tunable();
const LONG_AGO = '1700000000000';

let harness: Harness;
let instance: Instance;
beforeEach(async () => {
	Object.assign(TIMEOUTS, { pauseMs: 1, settleMs: 10, lateMs: 10 });
	harness = await startHarness();
	const { user_id, open_id } = INITIATOR;
	instance = harness.sandbox.addInstance({ status: 'PENDING', user_id, open_id, timeline: [] });
});
afterEach(async () => await harness.close());

const run = async (parameters: INodeParameters = {}) =>
	await harness.engine.run([
		{
			name: 'Cancel',
			parameters: {
				operation: 'cancel',
				approvalCode: instance.approval_code,
				instanceCode: instance.instance_code,
				userId: INITIATOR.open_id,
				...parameters,
			},
		},
	]);

const calls = () => harness.sandbox.calls('cancel').length;
const lose = (when: 'before' | 'after') =>
	harness.sandbox.faults.add({ on: 'cancel', fault: { kind: 'reset', when } });
/** Before anybody looks at the instance, this happens. */
const meanwhile = (happens: () => void) =>
	harness.sandbox.faults.add({ on: 'get', fault: { kind: 'run', do: happens } });

function withdraw({ user_id, open_id }: User, create_time = String(Date.now())): void {
	instance.status = 'CANCELED';
	instance.timeline.push({
		type: 'CANCEL',
		create_time,
		user_id,
		open_id,
		ext: '{}',
		node_key: '',
	});
}

it('finds out that it was carried out', async () => {
	lose('after');
	const { json } = await run();
	expect(json('Cancel')).toMatchObject([
		{ success: true, note: expect.stringContaining('The approval is withdrawn') },
	]);
	expect(calls()).toBe(1);
});

it('sends it once more where it was not carried out', async () => {
	lose('before');
	const { json } = await run();
	expect(json('Cancel')).toMatchObject([
		{ success: true, note: expect.stringContaining('sent again') },
	]);
	expect(calls()).toBe(2);
});

it('does not take what somebody else did at the same moment for its own', async () => {
	lose('before');
	meanwhile(() => withdraw(COLLEAGUE));
	const { error } = await run();
	expect(error?.message).toContain('was withdrawn');
	expect(error).toMatchObject({ context: { data: { code: 1395210 } } });
	expect(instance.timeline).toHaveLength(1);
});

it('does not take an earlier withdrawal for its own', async () => {
	withdraw(INITIATOR, LONG_AGO);
	instance.status = 'PENDING';
	lose('before');
	const { json } = await run();
	expect(json('Cancel')).toMatchObject([{ success: true }]);
	expect(calls()).toBe(2);
	expect(instance.status).toBe('CANCELED');
});

it('withdraws no second time what was approved and is in progress again', async () => {
	instance.status = 'APPROVED';
	lose('after');
	meanwhile(() => (instance.status = 'PENDING'));
	const { json } = await run();
	expect(json('Cancel')).toMatchObject([{ success: true }]);
	expect(calls()).toBe(1);
});

it.each<[string, INodeParameters, () => void]>([
	['with union IDs', { userId: INITIATOR.union_id, userIdType: 'union_id' }, () => {}],
	['while the timeline is late', {}, () => instance.timeline.splice(0)],
	['where the entry has no time', {}, () => (instance.timeline[0].create_time = '')],
	['where the entry names nobody', {}, () => (instance.timeline[0].open_id = '')],
])('says that it is not known, %s', async (_case, parameters, change) => {
	lose('after');
	meanwhile(change);
	const { error } = await run(parameters);
	expect(error?.message).toBe('It is not known whether the approval was withdrawn');
	expect(calls()).toBe(1);
});
