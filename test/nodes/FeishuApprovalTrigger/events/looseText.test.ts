import { readLoose } from '../../../../nodes/FeishuApprovalTrigger/events/looseText';
import { expectNothingPolluted } from '../../../hostile/judge';

it.each([
	['[[2026-09-05 13:30:00,2026-09-05 18:00:00]]', [['2026-09-05 13:30:00', '2026-09-05 18:00:00']]],
	['[a, b,c]', ['a', 'b', 'c']],
	['[]', []],
	['[ ]', []],
	['{}', {}],
	['{a=1, b=}', { a: '1', b: '' }],
	['{a=b=c}', { a: 'b=c' }],
	['{a=x, y, b=z}', { a: 'x, y', b: 'z' }],
	['{a=[1,2],b={c=d}}', { a: ['1', '2'], b: { c: 'd' } }],
	['[{a=1},{a=2}]', [{ a: '1' }, { a: '2' }]],
	[' [x] ', ['x']],
	['[1,"2"]', [1, '2']],
	['{"a":[6222021234567890123]}', { a: ['6222021234567890123'] }],
])('%s is read', (text, expected) => {
	expect(readLoose(text)).toEqual(expected);
});

it.each([
	'',
	'words',
	'a=b',
	'[',
	'[a',
	'[a,',
	'{',
	'{a}',
	'{a=1',
	'{a=1}}',
	'[a]b',
	'[[a]b]',
	'{a=[1]b=2}',
	'{=1}',
	'{[a]=1}',
	`${'['.repeat(17)}${']'.repeat(17)}x`,
	'{"a":1',
])('%j stays as it is', (text) => {
	expect(readLoose(text)).toBe(text);
});

it.each([[undefined], [null], [7], [true], [['[a]']]])(
	'%j is no text and stays as it is',
	(value) => {
		expect(readLoose(value)).toBe(value);
	},
);

it('a text nested too deeply stays as it is, in both ways of writing', () => {
	const deep = (inner: string) => '['.repeat(100) + inner + ']'.repeat(100);
	for (const text of ['['.repeat(1_000_000), deep('a'), deep('1')]) {
		expect(readLoose(text)).toBe(text);
	}
});

it('names that all objects share do no harm', () => {
	expect(Object.keys(readLoose('{__proto__=1,constructor=2}') as object)).toEqual([
		'__proto__',
		'constructor',
	]);
	expectNothingPolluted();
});

it.each([
	['commas', `{a=${','.repeat(500_000)}}`],
	['entries', `[${'{a=1},'.repeat(100_000)}{a=1}]`],
	['equals signs', `{a=${'='.repeat(500_000)}}`],
	['keys that never come', `{a=${',b'.repeat(200_000)}}`],
])('many %s are read in a moment', (_name, text) => {
	const begun = performance.now();
	readLoose(text);
	expect(performance.now() - begun).toBeLessThan(10_000);
});
