/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { setTimeout as wait } from 'node:timers/promises';

import { busyMs } from '../../engine/busyTime';
import { crowdOf, type Crowd } from '../../engine/crowd';
import { startHarness, type Harness } from '../../engine/harness';
import { tunable } from '../../engine/tunable';

const { LIMITS } = tunable();

let harness: Harness;
let crowd: Crowd;
beforeEach(async () => {
	harness = await startHarness();
	crowd = crowdOf(harness);
});
afterEach(async () => await harness.close());

const get: Crowd['get'] = async (...of) => await crowd.get(...of);
const cc: Crowd['cc'] = async (count) => await crowd.cc(count);
const codes = (endpoint: 'get' | 'cc') => harness.sandbox.calls(endpoint).map(({ code }) => code);
const spread = (endpoint: 'get' | 'cc', from: number, to: number) => {
	const at = harness.sandbox.calls(endpoint).map((entry) => entry.at);
	return at[to] - at[from];
};

it('the limits are the published ones', () => {
	expect(LIMITS).toMatchObject({
		getInstance: [
			{ calls: 50, ms: 1_000 },
			{ calls: 1000, ms: 60_000 },
		],
		ccInstance: [{ calls: 100, ms: 60_000 }],
		listInstances: [{ calls: 100, ms: 60_000 }],
		listDistricts: [{ calls: 10, ms: 1_000 }],
		uploadFile: [],
	});
});

it('120 Gets never meet the limit', async () => {
	const { error, json } = await get(120, 10);
	expect(error).toBeUndefined();
	expect(json('Get')).toHaveLength(120);
	expect(codes('get')).toEqual(Array(120).fill(0));
});

it.each([1, 60])('nor do calls that go out %i at a time', async (concurrency) => {
	LIMITS.getInstance = [{ calls: 10, ms: 300 }];
	harness.sandbox.limits.windows.get = [{ calls: 10, ms: 300 }];
	const { error, json } = await get(40, concurrency);
	expect(error).toBeUndefined();
	expect(json('Get')).toHaveLength(40);
	expect(codes('get')).toEqual(Array(40).fill(0));
});

it('nor do calls that travel for different times', async () => {
	LIMITS.getInstance = [{ calls: 10, ms: 500 }];
	harness.sandbox.limits.windows.get = [{ calls: 10, ms: 500 }];
	for (const ms of [300, 20, 150, 400, 90]) {
		harness.sandbox.faults.add({
			on: 'get',
			times: 2,
			fault: { kind: 'run', do: async () => await wait(ms) },
		});
	}
	expect((await get(40, 10)).error).toBeUndefined();
	expect(codes('get')).toEqual(Array(40).fill(0));
});

it('a burst up to the allowance goes out at once, and no faster than one by one', async () => {
	await get(1, 1);
	harness.sandbox.journal.length = 0;
	harness.sandbox.limits.reset();
	harness.sandbox.faults.add({ on: 'get', times: 50, fault: { kind: 'slow', ms: 600 } });
	expect((await get(51, 51)).error).toBeUndefined();
	expect(spread('get', 0, 49)).toBeLessThan(600 + busyMs());
	expect(spread('get', 0, 50)).toBeGreaterThanOrEqual(1000);
});

it('the nodes of one execution share the limit', async () => {
	LIMITS.getInstance = [{ calls: 6, ms: 500 }];
	harness.sandbox.limits.windows.get = [{ calls: 6, ms: 500 }];
	const read = (name: string, code: string) => ({
		name,
		parameters: { operation: 'get', instanceCode: `={{ $json.${code} }}` },
	});
	const { error, json } = await harness.engine.run(
		[read('Get', 'i'), read('Again', 'instance_code'), read('Once more', 'instance_code')],
		crowd.items(5),
	);
	expect(error).toBeUndefined();
	expect(json('Once more')).toHaveLength(5);
	expect(codes('get')).toEqual(Array(15).fill(0));
});

it('executions do not wait for each other', async () => {
	LIMITS.getInstance = [{ calls: 5, ms: 60_000 }];
	for (let execution = 0; execution < 3; execution++) {
		expect((await get(5, 5)).error).toBeUndefined();
	}
	expect(spread('get', 0, 14)).toBeLessThan(30_000);
});

it('copies keep to their own limit, the first ones without a pause', async () => {
	LIMITS.ccInstance = [{ calls: 5, ms: 1000 }];
	harness.sandbox.limits.windows.cc = [{ calls: 5, ms: 1000 }];
	const { error, json } = await cc(12);
	expect(error).toBeUndefined();
	expect(json('CC')).toHaveLength(12);
	expect(codes('cc')).toEqual(Array(12).fill(0));
	expect(spread('cc', 0, 4)).toBeLessThan(800 + busyMs());
	expect(spread('cc', 0, 11)).toBeGreaterThanOrEqual(2000);
});

it('the longer of two windows counts as well', async () => {
	const windows = [
		{ calls: 4, ms: 200 },
		{ calls: 6, ms: 900 },
	];
	LIMITS.getInstance = windows;
	harness.sandbox.limits.windows.get = windows;
	expect((await get(13, 6)).error).toBeUndefined();
	expect(codes('get')).toEqual(Array(13).fill(0));
	expect(spread('get', 0, 12)).toBeGreaterThanOrEqual(1800);
});
