import { epochMs, toIso } from '../../approval/times';

describe('times', () => {
	it.each([
		['1564590532967', '2019-07-31T16:28:52.967Z'],
		[1564590532967, '2019-07-31T16:28:52.967Z'],
		['1768443600000', '2026-01-15T02:20:00.000Z'],
	])('%j is %s', (time, iso) => {
		expect(toIso(time)).toBe(iso);
	});

	it.each(['0', 0, '', null, undefined])('%j is "not yet"', (time) => {
		expect(toIso(time)).toBeNull();
	});

	it.each(['2019-07-31', 'soon', '99999999999999999999', true, [0]])(
		'%j comes back as it is',
		(time) => {
			expect(toIso(time)).toBe(time);
		},
	);
});

describe('a time in seconds or milliseconds', () => {
	it.each([
		['1564590532967', 1564590532967],
		[1564590532967, 1564590532967],
		['1564590532', 1564590532000],
		[1564590532, 1564590532000],
		['1502199207.7171419', 1502199207717],
		[99_999_999_999, 99_999_999_999_000],
		[100_000_000_000, 100_000_000_000],
		[99_999_999_999_999, 99_999_999_999_999],
	])('%j is %j ms', (time, ms) => {
		expect(epochMs(time)).toBe(ms);
	});

	it.each([
		...['0', 0, '', ' ', -1, '-1', NaN, Infinity, 'soon', '2019-07-31', 100_000_000_000_000],
		...[0.0001, '1e-9', true, null, undefined, {}, ['1564590532']],
	])('%j is none', (time) => {
		expect(epochMs(time)).toBeUndefined();
	});
});
