import fc from 'fast-check';

import { Problem } from '../../approval/problem';
import { periodProblem, windowsOf } from '../../approval/windows';

const DAY = 86_400_000;
const NAMES = { start: 'Created After', end: 'Created Before' };

describe('windows of a period', () => {
	it('are the period itself where it is short enough', () => {
		expect(windowsOf({ start: 0, end: 10 }, 10)).toEqual([{ start: 0, end: 10 }]);
		expect(windowsOf({ start: 5, end: 5 }, 10)).toEqual([{ start: 5, end: 5 }]);
	});

	it('are the newest first and overlap by a millisecond', () => {
		expect(windowsOf({ start: 0, end: 25 }, 10)).toEqual([
			{ start: 15, end: 25 },
			{ start: 6, end: 16 },
			{ start: 0, end: 7 },
		]);
	});

	it('leave no moment out, not even where their ends do not count, and none is too long', () => {
		const any = fc.tuple(fc.integer({ min: 0, max: 500 }), fc.integer({ min: 2, max: 60 }));
		fc.assert(
			fc.property(any, ([length, longest]) => {
				const windows = windowsOf({ start: 1000, end: 1000 + length }, longest);
				for (const { start, end } of windows) {
					expect(start).toBeGreaterThanOrEqual(1000);
					expect(end - start).toBeLessThanOrEqual(longest);
				}
				for (let at = 1001; at < 1000 + length; at++) {
					expect(windows.some(({ start, end }) => start < at && at < end)).toBe(true);
				}
				expect(windows[0].end).toBe(1000 + length);
				expect(windows[windows.length - 1].start).toBe(1000);
				expect(windows.length).toBe(Math.max(1, Math.ceil((length - 1) / (longest - 1))));
			}),
		);
	});
});

describe('a period', () => {
	const now = 5000 * DAY;
	const problem = (start: number, end: number) => periodProblem({ start, end }, NAMES, now);

	it.each([
		[now - DAY, now],
		[now, now],
		[now - DAY, now - DAY],
		[now - DAY, now + DAY],
		[now - 3652 * DAY, now],
	])('from %d to %d is one', (start, end) => {
		expect(problem(start, end)).toBeUndefined();
	});

	it.each([
		[now + 1, now + 2, 'Created After lies in the future'],
		[now - 1, now - 2, 'Created Before lies before Created After'],
		[now - 3653 * DAY, now, 'Created After lies more than 10 years before Created Before'],
	])('from %d to %d is none', (start, end, message) => {
		expect(problem(start, end)).toBeInstanceOf(Problem);
		expect(problem(start, end)?.message).toBe(message);
	});
});
