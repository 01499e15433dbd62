/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { setTimeout as wait } from 'node:timers/promises';

import { busyMs } from '../../engine/busyTime';
import { crowdOf, readingsOf, type Crowd } from '../../engine/crowd';
import { startHarness, type Harness } from '../../engine/harness';
import { tunable } from '../../engine/tunable';
import { rateLimited, rateLimitedSilently } from '../../../sandbox';

const { LIMITS, TIMEOUTS } = tunable();

let harness: Harness;
let crowd: Crowd;
beforeEach(async () => {
	harness = await startHarness();
	crowd = crowdOf(harness);
});
afterEach(async () => await harness.close());

const get: Crowd['get'] = async (...of) => await crowd.get(...of);
const cc: Crowd['cc'] = async (count) => await crowd.cc(count);
const limitedCalls = () => harness.sandbox.journal.filter(({ code }) => code === 99991400).length;

describe('another client of the app', () => {
	it('that used the allowance up before the run costs time, and no item', async () => {
		harness.sandbox.limits.windows.get = [{ calls: 50, ms: 4_000 }];
		harness.sandbox.limits.consume('get', 50);
		const { error, json } = await get(20);
		expect(error).toBeUndefined();
		expect(json('Get')).toHaveLength(20);
		expect(limitedCalls()).toBeGreaterThan(0);
	});

	it('that goes on during the run costs time, and no item', async () => {
		const consume = () => harness.sandbox.limits.consume('get', 50);
		for (const skip of [5, 15]) {
			harness.sandbox.faults.add({ on: 'get', skip, fault: { kind: 'run', do: consume } });
		}
		const { error, json } = await get(30, 5);
		expect(error).toBeUndefined();
		expect(json('Get')).toHaveLength(30);
		expect(limitedCalls()).toBeGreaterThan(0);
	});

	it('that shares the allowance of copies costs time, and nobody is copied twice', async () => {
		LIMITS.ccInstance = [{ calls: 4, ms: 1000 }];
		harness.sandbox.limits.windows.cc = [{ calls: 4, ms: 1000 }];
		harness.sandbox.limits.consume('cc', 3);
		const { error, json } = await cc(6);
		expect(error).toBeUndefined();
		expect(json('CC')).toHaveLength(6);
		expect(crowd.instance.timeline).toHaveLength(6);
		expect(limitedCalls()).toBeGreaterThan(0);
	});
});

it('a call that waits for the end of a limit also waits for one that another call meets meanwhile', async () => {
	const [limited, late] = crowd.items(2);
	const consume = async () => {
		await wait(800);
		harness.sandbox.limits.consume('get', 50);
	};
	harness.sandbox.faults.add({ on: readingsOf(limited), fault: rateLimited(1) });
	harness.sandbox.faults.add({ on: readingsOf(late), fault: { kind: 'run', do: consume } });
	const { error } = await harness.get({ instanceCode: '={{ $json.i }}' }, [limited, late]);
	expect(error).toBeUndefined();
	const [, second, ...again] = harness.sandbox.calls('get');
	expect(limitedCalls()).toBe(2);
	for (const { at } of again) expect(at - second.at).toBeGreaterThanOrEqual(1_800);
});

it('pauses do not grow past the moment when a place of this run is free again', async () => {
	harness.sandbox.limits.windows.get = [{ calls: 5, ms: 4_000 }];
	LIMITS.getInstance = [{ calls: 5, ms: 4_000 }];
	harness.sandbox.limits.headers = () => ({});
	const eat = () => harness.sandbox.limits.consume('get', 4);
	harness.sandbox.faults.add({ on: 'get', skip: 1, fault: { kind: 'run', do: eat } });
	expect((await get(2, 1)).error).toBeUndefined();
	const [first, second] = harness.sandbox.calls('get').filter(({ code }) => code === 0);
	expect(second.at - first.at).toBeGreaterThanOrEqual(4_000);
	expect(second.at - first.at).toBeLessThan(6_000 + busyMs());
});

describe('pauses for which Feishu names no time', () => {
	const pauses = () => {
		const at = harness.sandbox.calls('get').map((entry) => entry.at);
		return at.slice(1).map((time, index) => time - at[index]);
	};
	beforeEach(() => {
		LIMITS.getInstance = [{ calls: 50, ms: 1_500 }];
	});

	it('grow, whatever was refused for the limit', async () => {
		harness.sandbox.faults.add({ on: 'get', times: 2, fault: rateLimitedSilently() });
		expect((await get(1)).error).toBeUndefined();
		expect(pauses()).toHaveLength(2);
		expect(pauses()[0]).toBeLessThan(1_900 + busyMs());
		expect(pauses()[1]).toBeGreaterThanOrEqual(2_000);
	});

	it.each(['a call that succeeded', 'a call that Feishu refused'])(
		'grow no further than to the place of %s',
		async (before) => {
			const [first, second] = crowd.items(2);
			if (before.endsWith('refused')) first.i = 'unknown';
			const fault = rateLimitedSilently();
			harness.sandbox.faults.add({ on: readingsOf(second), times: 2, fault });
			const options = { concurrency: 1 };
			await harness.get({ instanceCode: '={{ $json.i }}', options }, [first, second], {
				onError: 'continueRegularOutput',
			});
			expect(pauses()).toHaveLength(3);
			expect(pauses()[2]).toBeLessThan(1_900 + busyMs());
		},
	);
});

it('a limit that stays ends in a text that says whom the limit is shared with', async () => {
	Object.assign(TIMEOUTS, { limitMs: 1, limitedMs: 1_000 });
	harness.sandbox.faults.add({ on: 'get', times: Infinity, fault: rateLimited(52) });
	const { error } = await get(1);
	expect(error?.message).toBe('Feishu kept limiting the number of calls');
	expect(error?.description).toMatch(/Other workflows share the limit of this app/);
	expect(error?.context?.data).toMatchObject({ code: 99991400, http_status: 429 });
	expect(error).toMatchObject({ failure: { cause: 'rate-limited', retryAfterMs: 52_000 } });
	expect(limitedCalls()).toBeGreaterThan(2);
});
