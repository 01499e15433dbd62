/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { setTimeout as wait } from 'node:timers/promises';

import { openStage, type Stage } from '../../engine/stage';
import { tunable } from '../../engine/tunable';
import { APPROVER, COLLEAGUE, type Fault, type Instance } from '../../../sandbox';

const { TIMEOUTS } = tunable();

let stage: Stage;
let instance: Instance;
beforeEach(async () => {
	Object.assign(TIMEOUTS, { pauseMs: 5, exchangeMs: 300 });
	stage = await openStage();
	instance = stage.sandbox.addInstance({ timeline: [] });
});
afterEach(async () => await stage.close());

it.each<[string, Fault]>([
	['is not answered', { kind: 'hang' }],
	['drips', { kind: 'drip', everyMs: 50 }],
])(
	'a copy is made once when the exchange before it %s',
	async (_case, fault) => {
		stage.sandbox.faults.add({ on: 'exchange', fault });
		const { error, json } = await stage.cc({
			approvalCode: instance.approval_code,
			instanceCode: instance.instance_code,
			userId: APPROVER.open_id,
			ccUserIds: COLLEAGUE.open_id,
		});
		expect(error).toBeUndefined();
		expect(json('CC')[0]).not.toHaveProperty('note');
		expect(instance.timeline).toHaveLength(1);
		expect(stage.sandbox.calls('exchange')).toHaveLength(2);
		expect(stage.sandbox.calls('get')).toHaveLength(0);
	},
	60_000,
);

it('an exchange that takes longer than one is shared for is still shared', async () => {
	Object.assign(TIMEOUTS, { sharedMs: 50, exchangeMs: 5_000 });
	stage.sandbox.faults.add({ on: 'exchange', fault: { kind: 'slow', ms: 600 } });
	const get = async () => await stage.get({ instanceCode: instance.instance_code });
	const early = get();
	await wait(300);
	const late = get();
	expect((await Promise.all([early, late])).map(({ error }) => error)).toEqual([
		undefined,
		undefined,
	]);
	expect(stage.sandbox.calls('exchange')).toHaveLength(1);
});

it('what is given up is not left to run', async () => {
	stage.sandbox.faults.add({ on: 'exchange', fault: { kind: 'drip', everyMs: 100 } });
	await stage.get({ instanceCode: instance.instance_code });
	expect(stage.sandbox.calls('exchange')[0].aborted).toBe(true);

	Object.assign(TIMEOUTS, { answerMs: 200 });
	stage.sandbox.faults.add({ on: 'get', fault: { kind: 'drip', everyMs: 100 } });
	await stage.get({ instanceCode: instance.instance_code });
	const [, dripping, next] = stage.sandbox.calls('get');
	expect(dripping.aborted).toBe(true);
	expect(next.code).toBe(0);
});
