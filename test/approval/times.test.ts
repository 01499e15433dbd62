import { toIso } from '../../approval/times';

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
