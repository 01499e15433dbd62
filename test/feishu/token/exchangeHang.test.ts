/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { setTimeout as wait } from 'node:timers/promises';

import { startHarness, type Harness } from '../../engine/harness';
import { tunable } from '../../engine/tunable';
import { APPROVER, COLLEAGUE, type Fault, type Instance } from '../../../sandbox';

const { TIMEOUTS } = tunable();

let harness: Harness;
let instance: Instance;
beforeEach(async () => {
	Object.assign(TIMEOUTS, { pauseMs: 5, exchangeMs: 300 });
	harness = await startHarness();
	instance = harness.sandbox.addInstance({ timeline: [] });
});
afterEach(async () => await harness.close());

it.each<[string, Fault]>([
	['is not answered', { kind: 'hang' }],
	['drips', { kind: 'drip', everyMs: 50 }],
])(
	'a copy is made once when the exchange before it %s',
	async (_case, fault) => {
		harness.sandbox.faults.add({ on: 'exchange', fault });
		const { error, json } = await harness.cc({
			approvalCode: instance.approval_code,
			instanceCode: instance.instance_code,
			userId: APPROVER.open_id,
			ccUserIds: COLLEAGUE.open_id,
		});
		expect(error).toBeUndefined();
		expect(json('CC')[0]).not.toHaveProperty('note');
		expect(instance.timeline).toHaveLength(1);
		expect(harness.sandbox.calls('exchange')).toHaveLength(2);
		expect(harness.sandbox.calls('get')).toHaveLength(0);
	},
	60_000,
);

it('an exchange that takes longer than one is shared for is still shared', async () => {
	Object.assign(TIMEOUTS, { sharedMs: 50, exchangeMs: 5_000 });
	harness.sandbox.faults.add({ on: 'exchange', fault: { kind: 'slow', ms: 600 } });
	const get = async () => await harness.get({ instanceCode: instance.instance_code });
	const early = get();
	await wait(300);
	const late = get();
	expect((await Promise.all([early, late])).map(({ error }) => error)).toEqual([
		undefined,
		undefined,
	]);
	expect(harness.sandbox.calls('exchange')).toHaveLength(1);
});

it('what is given up is not left to run', async () => {
	harness.sandbox.faults.add({ on: 'exchange', fault: { kind: 'drip', everyMs: 100 } });
	await harness.get({ instanceCode: instance.instance_code });
	expect(harness.sandbox.calls('exchange')[0].aborted).toBe(true);

	Object.assign(TIMEOUTS, { answerMs: 200 });
	harness.sandbox.faults.add({ on: 'get', fault: { kind: 'drip', everyMs: 100 } });
	await harness.get({ instanceCode: instance.instance_code });
	const [, dripping, next] = harness.sandbox.calls('get');
	expect(dripping.aborted).toBe(true);
	expect(next.code).toBe(0);
});
