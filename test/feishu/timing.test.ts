/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { readFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';

import { TIMEOUTS } from '../../feishu/timeouts';
import {
	Cancellation,
	yieldToEventLoop,
	jittered,
	limitPauseMs,
	ExecutionCancelled,
	waitUntil,
	withTimeout,
} from '../../feishu/timing';

const pauses = (resetSeconds: number | undefined, count: number) =>
	Array.from({ length: count }, (_value, before) => limitPauseMs(resetSeconds, before));
const sum = (ms: number[]) => ms.reduce((total, pause) => total + pause, 0);

describe('the pause for a rate limit', () => {
	it('is as long as Feishu asks', () => {
		expect(limitPauseMs(52, 0)).toBe(52_000);
	});

	it('is never longer than the longest window', () => {
		expect(limitPauseMs(1e12, 0)).toBe(60_000);
		expect(limitPauseMs(undefined, 40)).toBe(60_000);
	});

	it('grows where short ones do not help', () => {
		expect(pauses(0, 8)).toEqual([1000, 1000, 1000, 1000, 1000, 2000, 4000, 8000]);
		expect(pauses(3, 8)).toEqual([3000, 3000, 3000, 3000, 3000, 3000, 4000, 8000]);
	});

	it('grows where Feishu does not say how long', () => {
		expect(pauses(undefined, 4)).toEqual([1000, 2000, 4000, 8000]);
	});

	it.each([undefined, 0, 4])('grows no further than to the next free place (reset %s)', (reset) => {
		expect(limitPauseMs(reset, 12, 9_500)).toBe(9_500);
		expect(limitPauseMs(reset, 12, 90_000)).toBe(60_000);
		expect(limitPauseMs(reset, 0, 10)).toBe(Math.max(1000, (reset ?? 0) * 1000));
	});

	it('is as long as Feishu asks, whatever place is free before', () => {
		expect(limitPauseMs(20, 12, 10)).toBe(20_000);
	});

	it.each([undefined, 0, 1])('with a reset of %s, a few outlast the longest window', (reset) => {
		expect(sum(pauses(reset, 11))).toBeGreaterThan(TIMEOUTS.limitMs);
	});
});

it('no two callers come back at once', () => {
	const waits = Array.from({ length: 1000 }, () => jittered(100));
	expect(Math.min(...waits)).toBeGreaterThanOrEqual(50);
	expect(Math.max(...waits)).toBeLessThan(150);
	expect(new Set(waits).size).toBeGreaterThan(900);
	expect(Math.max(...waits) - Math.min(...waits)).toBeGreaterThan(80);
});

const never = new Cancellation();
/** How long (ms) it takes at its best: a machine that is busy makes some of them late. */
async function shortest(work: () => Promise<unknown>): Promise<number> {
	const took: number[] = [];
	for (let round = 0; round < 5; round++) {
		const began = performance.now();
		await work();
		took.push(performance.now() - began);
	}
	return Math.min(...took);
}

describe('giving way', () => {
	it('lets the world go on', async () => {
		let isRead = false;
		void readFile(__filename).then(() => {
			isRead = true;
		});
		for (let time = 0; time < 100_000 && !isRead; time++) await yieldToEventLoop();
		expect(isRead).toBe(true);
	});

	it('leaves nothing open', async () => {
		const ports = () =>
			process.getActiveResourcesInfo().filter((kind) => kind === 'MessagePort').length;
		await wait(50);
		const before = ports();
		for (let time = 0; time < 20; time++) await yieldToEventLoop();
		await wait(50);
		expect(ports()).toBe(before);
	});
});

describe('a wait', () => {
	it.each([0, 20, 250])('of %i ms takes that long', async (ms) => {
		const took = await shortest(async () => await waitUntil(performance.now() + ms, never));
		expect(took).toBeGreaterThanOrEqual(ms);
		expect(took).toBeLessThan(ms + 140);
	});

	it('that is over before it begins sets no timer', async () => {
		const set = jest.spyOn(globalThis, 'setTimeout');
		await waitUntil(performance.now() - 1, never);
		expect(set).not.toHaveBeenCalled();
		set.mockRestore();
	});

	it('ends where nothing is to be sent any more, even if it is over', async () => {
		const ended = new Cancellation();
		ended.end();
		await expect(waitUntil(0, ended)).rejects.toThrow(ExecutionCancelled);
	});

	it('notices within its time that nothing is to be sent any more', async () => {
		const began = performance.now();
		const controller = new AbortController();
		const cancelled = new Cancellation(controller.signal);
		void wait(300).then(() => controller.abort());
		await expect(waitUntil(began + 60_000, cancelled)).rejects.toThrow(ExecutionCancelled);
		expect(performance.now() - began).toBeLessThan(5_000);
	});
});

describe('work that is not waited for any longer', () => {
	it('is given up when its time is over, and told so', async () => {
		let signal: AbortSignal | undefined;
		const endless = async (givenUp: AbortSignal) => {
			signal = givenUp;
			return await new Promise(() => {});
		};
		const took = await shortest(async () => {
			expect(await withTimeout(20, never, endless)).toBeUndefined();
			expect(signal?.aborted).toBe(true);
		});
		expect(took).toBeGreaterThanOrEqual(20);
		expect(took).toBeLessThan(150);
	});

	it('is given up in the moment in which the run ends, and told so', () => {
		const controller = new AbortController();
		let signal: AbortSignal | undefined;
		void withTimeout(60_000, new Cancellation(controller.signal), async (givenUp) => {
			signal = givenUp;
			return await new Promise(() => {});
		});
		expect(signal?.aborted).toBe(false);
		controller.abort();
		expect(signal?.aborted).toBe(true);
	});

	it('does not end what has more time', async () => {
		const later = withTimeout(60_000, never, async () => await wait(600, 'later'));
		const endless = async () => await new Promise(() => {});
		expect(await withTimeout(20, never, endless)).toBeUndefined();
		expect(await withTimeout(60_000, never, async () => await wait(50, 'sooner'))).toBe('sooner');
		expect(await later).toBe('later');
	});

	it('is forgotten by the run once it is done', async () => {
		const run = new Cancellation();
		await withTimeout(60_000, run, async () => await wait(1));
		await wait(1);
		expect(run.onEnd.size).toBe(0);
	});

	it('keeps its outcome, be it good or bad, and its signal then stays as it was', async () => {
		let signal: AbortSignal | undefined;
		const outcome = withTimeout(60_000, never, async (givenUp) => {
			signal = givenUp;
			return 'done';
		});
		expect(await outcome).toBe('done');
		const refused = withTimeout(60_000, never, async () => await Promise.reject(new Error('no')));
		await expect(refused).rejects.toThrow('no');
		expect(signal?.aborted).toBe(false);
	});

	it.each<[string, number, () => Promise<unknown>]>([
		['is done', 60_000, async () => await wait(1)],
		['is refused', 60_000, async () => await Promise.reject(new Error('no'))],
		['is given up', 20, async () => await new Promise(() => {})],
	])('is watched by no timer once it %s', async (_how, ms, work) => {
		await withTimeout(ms, never, work).catch(() => {});
		await wait(500);
		const set = jest.spyOn(globalThis, 'setTimeout');
		await wait(500);
		expect(set).not.toHaveBeenCalled();
		set.mockRestore();
	});
});

describe('the end of a run', () => {
	it("listens once to n8n's signal, however many calls there are, and lets go of it", async () => {
		const { signal } = new AbortController();
		const added = jest.spyOn(signal, 'addEventListener');
		const removed = jest.spyOn(signal, 'removeEventListener');
		const run = new Cancellation(signal);
		for (let call = 0; call < 20; call++) await withTimeout(60_000, run, async () => call);
		expect(added).toHaveBeenCalledTimes(1);
		run.end();
		expect(removed).toHaveBeenCalledTimes(1);
		expect(run.isCancelled).toBe(true);
	});
});
