import { RateLimiter } from '../../../feishu/client/rateLimiter';

describe('the next place that is free', () => {
	let now = 1_000;
	beforeEach(() => {
		now = 1_000;
		jest.spyOn(performance, 'now').mockImplementation(() => now);
	});
	afterEach(() => jest.restoreAllMocks());
	/** A limiter that counted calls at these moments, and a look at it later. */
	const freeInMs = (windows: Array<[number, number]>, counted: number[], later: number) => {
		const limiter = new RateLimiter(windows.map(([calls, ms]) => ({ calls, ms })));
		for (const at of counted) {
			now = at;
			limiter.count();
		}
		now = later;
		return limiter.freeInMs;
	};

	it.each<[string, Array<[number, number]>, number[], number, number]>([
		['is not known without calls', [[2, 900]], [], 1_000, Infinity],
		['is that of the oldest call', [[2, 900]], [1_000, 1_300], 1_400, 500],
		['is that of the oldest which still counts', [[2, 900]], [1_000, 1_300], 1_950, 250],
		['is not known when none counts any more', [[2, 900]], [1_000], 1_900, Infinity],
		['is that of a call which the window still holds', [[1, 900]], [1_000, 1_300], 1_400, 800],
		[
			'goes by the widest window, the last',
			[
				[9, 100],
				[2, 900],
			],
			[1_000],
			1_400,
			500,
		],
		[
			'goes by the widest window, the first',
			[
				[2, 900],
				[9, 100],
			],
			[1_000],
			1_400,
			500,
		],
	])('%s', (_what, windows, counted, later, free) => {
		expect(freeInMs(windows, counted, later)).toBe(free);
	});
});
