import { PATIENCE } from '../../../../nodes/FeishuApproval/transport/endpoints';
import { jittered, limitPauseMs } from '../../../../nodes/FeishuApproval/transport/waiting';

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
		expect(sum(pauses(reset, 11))).toBeGreaterThan(PATIENCE.limitMs);
	});
});

it('no two callers come back at once', () => {
	const waits = Array.from({ length: 1000 }, () => jittered(100));
	expect(Math.min(...waits)).toBeGreaterThanOrEqual(50);
	expect(Math.max(...waits)).toBeLessThan(150);
	expect(new Set(waits).size).toBeGreaterThan(900);
	expect(Math.max(...waits) - Math.min(...waits)).toBeGreaterThan(80);
});
