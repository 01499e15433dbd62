import { DateTime } from 'luxon';

import { Problem } from '../../approval/problem';
import { readTime } from '../../approval/times';

const NOON = Date.parse('2026-09-15T12:00:00Z');
const at = (value: unknown, zone = 'UTC') => readTime(value, zone);

describe('a time that somebody entered', () => {
	it.each([
		['2026-09-15T12:00:00Z'],
		['2026-09-15T12:00:00z'],
		['2026-09-15T12:00Z'],
		['2026-09-15 12:00:00'],
		['2026-09-15T12:00'],
		[' 2026-09-15T12:00:00.000Z '],
		['2026-09-15T20:00:00+08:00'],
		['2026-09-15T20:00:00+0800'],
		['2026-09-15T20:00:00 +08'],
		['2026-09-15T08:30:00-03:30'],
		[NOON],
		[String(NOON)],
		[NOON / 1000],
		[String(NOON / 1000)],
		[new Date(NOON)],
		[DateTime.fromMillis(NOON)],
		[DateTime.fromMillis(NOON, { zone: 'Asia/Shanghai' }).toString()],
	])('is read from %j', (value) => {
		expect(at(value)).toBe(NOON);
	});

	it('without an offset is meant in the time zone of the workflow', () => {
		expect(at('2026-09-15T20:00:00', 'Asia/Shanghai')).toBe(NOON);
		expect(at('2026-09-15', 'Asia/Shanghai')).toBe(Date.parse('2026-09-14T16:00:00Z'));
		expect(at('2026-09-15T08:00:00.25', 'America/New_York')).toBe(NOON + 250);
		expect(at('2026-01-15T07:00:00', 'America/New_York')).toBe(Date.parse('2026-01-15T12:00:00Z'));
	});

	it.each([
		// Clocks go back at 01:00 UTC and forward at 01:00 UTC.
		['2026-10-25T01:30:00', '2026-10-24T23:30:00Z'],
		['2026-10-25T03:30:00', '2026-10-25T02:30:00Z'],
		['2026-03-29T01:30:00', '2026-03-29T00:30:00Z'],
		['2026-03-29T03:30:00', '2026-03-29T01:30:00Z'],
	])('around a change of the clocks: %s', (local, utc) => {
		expect(at(local, 'Europe/Berlin')).toBe(Date.parse(utc));
	});

	it.each([
		['', 'is empty'],
		['  ', 'is empty'],
		[null, 'is empty'],
		[undefined, 'is empty'],
		['undefined', 'is "undefined"'],
		['{{ $now }}', 'is an expression that was not evaluated'],
		['yesterday', 'is not a time: "yesterday"'],
		['2026-02-29', 'is not a time: "2026-02-29"'],
		['2026-13-01', 'is not a time: "2026-13-01"'],
		['2026-09-15T25:00', 'is not a time: "2026-09-15T25:00"'],
		['15.09.2026', 'is not a time: "15.09.2026"'],
		['20260915', 'is not a time: 20260915'],
		[2026, 'is not a time: 2026'],
		[-NOON, `is not a time: ${-NOON}`],
		[NOON * 1000, `is not a time: ${NOON * 1000}`],
		[NaN, 'is not a time: NaN'],
		[true, 'is not a time: a boolean'],
		[[NOON], 'is not a time: a list'],
		[{}, 'is not a time: an object'],
		[new Date(NaN), 'is not a time: an object'],
		[DateTime.invalid('test'), 'is not a time: an object'],
	])('is not read from %j', (value, message) => {
		const problem = at(value) as Problem;
		expect(problem).toBeInstanceOf(Problem);
		expect(problem.message).toBe(message);
		expect(problem.hint).toMatch(/\w/);
	});

	it('has its limits between seconds and milliseconds, and between these and what is neither', () => {
		expect(at(99_999_999_999)).toBe(99_999_999_999_000);
		expect(at(100_000_000_000)).toBe(100_000_000_000);
		expect(at(100_000_000)).toBe(100_000_000_000);
		expect(at(99_999_999)).toBeInstanceOf(Problem);
		expect(at(99_999_999_999_999)).toBe(99_999_999_999_999);
		expect(at(100_000_000_000_000)).toBeInstanceOf(Problem);
	});
});
