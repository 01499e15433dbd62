/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { setTimeout as wait } from 'node:timers/promises';

import { busyMs } from '../../engine/busyTime';
import type { Step } from '../../engine/engine';
import { startHarness, type Harness } from '../../engine/harness';
import { tunable } from '../../engine/tunable';
import {
	APPROVER,
	COLLEAGUE,
	rateLimited,
	serverError,
	type Endpoint,
	type Fault,
	type Instance,
} from '../../../sandbox';

const { LIMITS, TIMEOUTS } = tunable();

let harness: Harness;
let instance: Instance;
beforeEach(async () => {
	harness = await startHarness();
	instance = harness.sandbox.addInstance({ timeline: [] });
});
afterEach(async () => await harness.close());

const GET: Step = {
	name: 'Node',
	parameters: { operation: 'get', instanceCode: '={{ $json.i }}' },
};
const CC: Step = {
	name: 'Node',
	parameters: {
		operation: 'cc',
		approvalCode: '={{ $json.a }}',
		instanceCode: '={{ $json.i }}',
		userId: APPROVER.open_id,
		ccUserIds: COLLEAGUE.open_id,
	},
};

/** Cancels a run of 20 items a little after its first request; gives back how long it took to end (ms). */
async function cancelled(step: Step, afterMs = 300): Promise<number> {
	const sink: Step = { name: 'Sink', type: 'sink' };
	const running = harness.engine.start(
		[step, sink],
		Array.from({ length: 20 }, () => ({
			a: instance.approval_code,
			i: step === CC ? instance.instance_code : harness.sandbox.addInstance().instance_code,
		})),
	);
	while (harness.sandbox.journal.length === 0) await wait(10);
	await wait(afterMs);
	const since = performance.now();
	running.cancel();
	const { run, json } = await running.outcome;
	const took = performance.now() - since;
	expect(run.status).toBe('canceled');
	expect(json('Sink')).toEqual([]);
	return took;
}

/** Looks on for `ms`: nothing may arrive at the platform any more. */
async function expectSilence(ms: number): Promise<void> {
	// What was on its way when the run ended comes in before the second of two questions.
	for (const question of [1, 2]) await fetch(`${harness.sandbox.url}/${question}`);
	const before = harness.sandbox.journal.length;
	await wait(ms);
	expect(harness.sandbox.journal).toHaveLength(before);
}

const meet = (on: Endpoint, fault: Fault, times = Infinity) =>
	harness.sandbox.faults.add({ on, times, fault });

it.each([
	['stop', undefined],
	['continue', 'continueRegularOutput'],
] as const)('ends a wait for the rate limit, on error: %s', async (_name, onError) => {
	meet('get', rateLimited(1));
	expect(await cancelled({ ...GET, onError })).toBeLessThan(2000 + busyMs());
	expect(harness.sandbox.calls('get').length).toBeGreaterThan(0);
	await expectSilence(1200);
});

it('ends a wait for a place in the window', async () => {
	LIMITS.ccInstance = [{ calls: 2, ms: 800 }];
	expect(await cancelled(CC)).toBeLessThan(1000 + busyMs());
	await expectSilence(900);
	expect(instance.timeline).toHaveLength(2);
});

it('ends a pause before a repeat', async () => {
	TIMEOUTS.pauseMs = 700;
	meet('get', serverError());
	expect(await cancelled(GET)).toBeLessThan(1000 + busyMs());
	await expectSilence(1000);
});

it('ends the wait for the timeline after an uncertain copy', async () => {
	TIMEOUTS.settleMs = 900;
	meet('cc', { kind: 'reset', when: 'after' });
	expect(await cancelled(CC)).toBeLessThan(1000 + busyMs());
	await expectSilence(900);
	expect(harness.sandbox.calls('cc')).toHaveLength(1);
	expect(harness.sandbox.calls('get')).toHaveLength(0);
});

it('ends the wait for a copy that may be late', async () => {
	Object.assign(TIMEOUTS, { settleMs: 1, lateMs: 900 });
	meet('cc', { kind: 'reset', when: 'before' });
	expect(await cancelled(CC)).toBeLessThan(1000 + busyMs());
	await expectSilence(900);
	expect(harness.sandbox.calls('cc')).toHaveLength(1);
});

it.each([
	['Get', 'get', GET],
	['CC', 'cc', CC],
] as const)('hangs up on a %s that is not answered', async (_name, endpoint, step) => {
	meet(endpoint, { kind: 'hang' });
	expect(await cancelled(step)).toBeLessThan(1000 + busyMs());
	await expectSilence(500);
	expect(harness.sandbox.calls(endpoint).length).toBeGreaterThan(0);
	for (const call of harness.sandbox.calls(endpoint)) expect(call.aborted).toBe(true);
});

it('does not wait for an exchange that is not answered', async () => {
	meet('exchange', { kind: 'hang' });
	expect(await cancelled(GET)).toBeLessThan(2000 + busyMs());
	await expectSilence(500);
});

it('sends no call after an exchange that ends later', async () => {
	meet('exchange', { kind: 'slow', ms: 800 });
	await cancelled(CC);
	await expectSilence(1000);
	expect(harness.sandbox.calls('cc')).toEqual([]);
	expect(instance.timeline).toEqual([]);
});

it('copies nobody else', async () => {
	meet('cc', { kind: 'slow', ms: 100 });
	expect(await cancelled(CC, 450)).toBeLessThan(1000 + busyMs());
	const copied = harness.sandbox.calls('cc').length;
	expect(copied).toBeGreaterThan(0);
	expect(copied).toBeLessThan(20);
	await expectSilence(700);
	expect(instance.timeline.length).toBeLessThanOrEqual(copied);
});

it.each([20, 60, 120])('begins no copy %i ms after it, either', async (ms) => {
	// The exchange ends soon after the execution was stopped, and the copy would be next.
	meet('exchange', { kind: 'slow', ms: 300 + ms });
	await cancelled(CC, 300);
	await expectSilence(600);
	expect(harness.sandbox.calls('cc')).toEqual([]);
});
