import { busyMs } from '../../engine/busyTime';
import { crowdOf, type Crowd } from '../../engine/crowd';
import { startHarness, type Harness } from '../../engine/harness';
import { tunable } from '../../engine/tunable';
import {
	rateLimited,
	rateLimitedAbsurdly,
	rateLimitedSilently,
	type Fault,
} from '../../../sandbox';

const { TIMEOUTS } = tunable();

let harness: Harness;
let crowd: Crowd;
beforeEach(async () => {
	harness = await startHarness();
	crowd = crowdOf(harness);
	await get(1);
	harness.sandbox.journal.length = 0;
});
afterEach(async () => await harness.close());

const get: Crowd['get'] = async (...of) => await crowd.get(...of);
const cc: Crowd['cc'] = async (count) => await crowd.cc(count);
const arrivals = () => {
	const [first, ...rest] = harness.sandbox.calls('get').map(({ at }) => at);
	return rest.map((at) => at - first);
};
const tooMuch = (headers: Record<string, string>): Fault => ({
	kind: 'answer',
	status: 429,
	body: { code: 99991400, msg: 'request trigger frequency limit' },
	headers,
});

it.each<[string, Fault]>([
	['HTTP 429 with the time to wait', rateLimited(1)],
	['HTTP 400 with the time to wait', rateLimited(1, 400)],
	['no time at all', rateLimitedAbsurdly('0')],
])('%s: the run waits about a second, and every item succeeds', async (_name, fault) => {
	harness.sandbox.faults.add({ on: 'get', fault });
	const { error, json } = await get(4, 1);
	expect(error).toBeUndefined();
	expect(json('Get')).toHaveLength(4);
	expect(arrivals()).toHaveLength(4);
	expect(arrivals()[0]).toBeGreaterThanOrEqual(1000);
	expect(arrivals()[0]).toBeLessThan(2000 + busyMs());
});

it.each<[string, Fault]>([
	['HTTP 429 without a time', rateLimitedSilently()],
	['HTTP 400 without a time', rateLimitedSilently(400)],
	['a time that is text', rateLimitedAbsurdly('abc')],
	['a time below zero', rateLimitedAbsurdly('-5')],
	['an endless time', rateLimitedAbsurdly('Infinity')],
	['a web page of a gateway', { kind: 'answer', status: 429, body: '<html>Slow down</html>' }],
])('%s: the run waits, within bounds, and every item succeeds', async (_name, fault) => {
	TIMEOUTS.limitMs = 300;
	harness.sandbox.faults.add({ on: 'get', fault });
	const { error, json } = await get(4, 1);
	expect(error).toBeUndefined();
	expect(json('Get')).toHaveLength(4);
	expect(arrivals()[0]).toBeGreaterThanOrEqual(300);
	expect(arrivals()[0]).toBeLessThan(1000 + busyMs());
});

it('a limit that goes on for longer than any window is explained', async () => {
	expect(TIMEOUTS.limitedMs).toBe(1_200_000);
	Object.assign(TIMEOUTS, { limitMs: 5, limitedMs: 1_500 });
	const page = { kind: 'answer', status: 429, body: '<html>Slow down</html>' } as const;
	harness.sandbox.faults.add({ on: 'get', times: Infinity, fault: page });
	const { error } = await get(1);
	expect(error?.message).toBe('Feishu kept limiting the number of calls');
	expect(error?.description).toMatch(/^Other workflows share the limit.*\(HTTP 429, log ID \w+\)$/);
	expect(Math.max(...arrivals())).toBeGreaterThan(1_400);
	expect(Math.max(...arrivals())).toBeLessThan(3_000 + busyMs());
});

it('the time that Feishu asks for is waited for', async () => {
	harness.sandbox.faults.add({ on: 'get', fault: rateLimited(2) });
	expect((await get(1)).error).toBeUndefined();
	expect(arrivals()[0]).toBeGreaterThanOrEqual(2000);
	expect(arrivals()[0]).toBeLessThan(3000 + busyMs());
});

it('Retry-After serves where a gateway limits', async () => {
	harness.sandbox.faults.add({ on: 'get', fault: tooMuch({ 'retry-after': '2' }) });
	expect((await get(1)).error).toBeUndefined();
	expect(arrivals()[0]).toBeGreaterThanOrEqual(2000);
});

it.each([
	['the clock of who answers', 3_600_000],
	['our clock, where there is no other', undefined],
])('Retry-After as a moment by %s serves as well', async (_clock, ahead) => {
	const moment = (ms: number) => new Date(Date.now() + (ahead ?? 0) + ms).toUTCString();
	const headers = { 'retry-after': moment(3_000), date: ahead === undefined ? '-' : moment(0) };
	harness.sandbox.faults.add({ on: 'get', fault: tooMuch(headers) });
	expect((await get(1)).error).toBeUndefined();
	expect(arrivals()[0]).toBeGreaterThanOrEqual(1900);
	expect(arrivals()[0]).toBeLessThan(4500 + busyMs());
});

it('an absurdly long time is cut to the longest window', async () => {
	expect(TIMEOUTS.limitMs).toBe(60_000);
	TIMEOUTS.limitMs = 300;
	harness.sandbox.faults.add({ on: 'get', fault: rateLimited(999_999) });
	expect((await get(2)).error).toBeUndefined();
	expect(Math.max(...arrivals())).toBeLessThan(1000 + busyMs());
});

it('all calls of the run wait, not only the one that was refused', async () => {
	harness.sandbox.faults.add({ on: 'get', fault: rateLimited(1) });
	harness.sandbox.faults.add({ on: 'get', times: 2, fault: { kind: 'slow', ms: 150 } });
	const { error, json } = await get(12, 3);
	expect(error).toBeUndefined();
	expect(json('Get')).toHaveLength(12);
	expect(arrivals()).toHaveLength(12);
	expect(arrivals().filter((after) => after < 1000)).toHaveLength(2);
});

it('the longest of several pauses counts', async () => {
	harness.sandbox.faults.add({ on: 'get', fault: rateLimited(3) });
	harness.sandbox.faults.add({ on: 'get', fault: rateLimited(1) });
	expect((await get(2, 2)).error).toBeUndefined();
	expect(arrivals()).toHaveLength(3);
	expect(arrivals()[1]).toBeGreaterThanOrEqual(2800);
});

it('a copy is held back, and made once', async () => {
	harness.sandbox.faults.add({ on: 'cc', fault: rateLimited(1) });
	const { error, json } = await cc(2);
	expect(error).toBeUndefined();
	expect(json('CC')).toMatchObject([{ success: true }, { success: true }]);
	expect(harness.sandbox.calls('cc')).toHaveLength(3);
	expect(crowd.instance.timeline).toHaveLength(2);
});
