import { readForm } from '../../approval/form';

const form = (names: string[]) =>
	names.map((name, index) => ({ id: `widget${index}`, name, type: 'input', value: index }));

/** The keys by the plain rule: the lowest number that is free. */
function keysByRule(names: string[]): string[] {
	const taken: string[] = [];
	for (const name of names) {
		let free = name;
		for (let count = 2; taken.includes(free); count++) free = `${name} (${count})`;
		taken.push(free);
	}
	return taken;
}

it.each([
	['one name', ['a', 'a', 'a', 'a']],
	['names that look numbered, before', ['a (2)', 'a (3)', 'a', 'a', 'a', 'a (2)', 'a (2)']],
	['names that look numbered, after', ['a', 'a', 'a (2)', 'a (2) (2)', 'a (2)', 'a (4)', 'a', 'a']],
	['a gap', ['a', 'a (3)', 'a', 'a', 'a', 'a (5)', 'a']],
])('fields get the lowest number that is free: %s', (_case, names) => {
	const { values } = readForm(form(names));
	expect(Object.keys(values)).toEqual(keysByRule(names));
	expect(Object.values(values)).toEqual(names.map((_name, index) => index));
});

it.each([
	['of one name', (count: number) => new Array<string>(count).fill('Note')],
	[
		'that take the numbers of another',
		(count: number) =>
			Array.from({ length: count }, (_item, index) => (index % 2 ? 'a' : `a (${index + 2})`)),
	],
])('twenty thousand fields %s are read in a moment', (_case, named) => {
	const widgets = form(named(20_000));
	const begun = performance.now();
	const { values } = readForm(widgets);
	// Counted from 2 for each, these took twenty seconds.
	expect(performance.now() - begun).toBeLessThan(2000);
	expect(Object.keys(values)).toHaveLength(20_000);
});
