import {
	fileNames,
	from,
	isNamed,
	maxSize,
} from '../../../../../nodes/FeishuApproval/actions/file/fields';

const read = <T>(field: { parse(value: unknown, name: string, zone: string): T }, value: unknown) =>
	field.parse(value, 'Field', 'UTC');

it.each<[string, string, boolean]>([
	['a.pdf', 'a.pdf', true],
	['a.pdf', 'A.PDF', true],
	['a.pdf', '*.pdf', true],
	['a.pdf', 'a*', true],
	['a.pdf', '*', true],
	['a.pdf', '**', true],
	['a.pdf', 'a.pdf*', true],
	['report-2026-final.pdf', 'report*2026*.pdf', true],
	['a.pdf', 'a.pd', false],
	['a.pdf', '.pdf', false],
	['axpdf', 'a.pdf', false],
	['a.pdf', 'b*', false],
	['ab', 'ab*b', false],
	['report.pdf', 'report*2026*.pdf', false],
	['caf\u00e9.pdf', 'cafe\u0301.pdf', true],
	['a(1).pdf', 'a(1).pdf', true],
])('the name %j fits %j: %j', (name, pattern, fits) => {
	expect(isNamed(name, [pattern])).toBe(fits);
	expect(isNamed(name, ['x', pattern])).toBe(fits);
});

it('many stars cost no time', () => {
	const begun = performance.now();
	for (const pattern of ['*a*a*a*a*b', `${'*a'.repeat(500)}*b`, `*${'a'.repeat(5_000)}b*`]) {
		expect(isNamed('a'.repeat(10_000), [pattern])).toBe(false);
	}
	expect(performance.now() - begun).toBeLessThan(1_000);
});

it('takes lists and texts', () => {
	expect(read(fileNames, 'a.pdf， *.jpg')).toEqual(['a.pdf', '*.jpg']);
	expect(read(fileNames, ['a, b.pdf'])).toEqual(['a, b.pdf']);
	expect(read(from, 'timeline, form')).toEqual(['form', 'timeline']);
	expect(read(from, ['comments', 'comments'])).toEqual(['comments']);
	expect(read(maxSize, '1.5')).toBe(1_500_000);
});
