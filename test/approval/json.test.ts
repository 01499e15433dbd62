import fc from 'fast-check';

import { parseJson } from '../../approval/json';
import { expectNothingPolluted, GENERATED } from '../hostile/judge';
import { anyJson, hostileText } from '../hostile/values';

describe('a number', () => {
	it.each([
		'6222021234567890123',
		'-6222021234567890123',
		'9007199254740993',
		'12345678.901234567890',
		'0.12345678901234567891',
		'1e400',
		'-1E+400',
		'1e-400',
		'1.00000000000000000001e5',
		'123456789012345678901234567890',
	])('that would change is text, wherever it stands: %s', (number) => {
		expect(parseJson(number)).toBe(number);
		expect(parseJson(` ${number} `)).toBe(number);
		expect(parseJson(`[1,${number},-2]`)).toEqual([1, number, -2]);
		expect(parseJson(`{"a":${number},"b":{"c": [\n${number}]}}`)).toEqual({
			a: number,
			b: { c: [number] },
		});
		expect(parseJson(`[[[${number},"${number}"]]]`)).toEqual([[[number, number]]]);
	});

	it.each([
		'9007199254740991',
		'9007199254740992',
		'6222021234567890000',
		'100000000000000000000',
		'0.30000000000000004',
		'1.7976931348623157e308',
		'5e-324',
		'1.50000000000000000000',
		'0.00000000000000000000',
		'-0.0000000000000000000',
		'0e999',
		'1E5',
		'1000000000000000e-15',
		'1234.560000000000000e-2',
	])('that keeps its digits stays a number: %s', (number) => {
		expect(parseJson(number)).toBe(JSON.parse(number));
		expect(parseJson(`{"a":${number}}`)).toEqual(JSON.parse(`{"a":${number}}`));
	});

	it.each([
		'card 6222021234567890123',
		'a,6222021234567890123',
		'say \\"6222021234567890123\\", twice',
		'\\\\',
		'\\\\\\"',
		'[6222021234567890123]',
		'\\u0022:6222021234567890123',
		'{\\"value\\":6222021234567890123}',
	])('within a text stays as it is: %s', (inner) => {
		const text = `{"a":"${inner}","b":6222021234567890123,"6222021234567890123":"${inner}"}`;
		expect(parseJson(text)).toEqual({ ...JSON.parse(text), b: '6222021234567890123' });
	});
});

/** What came of parsing, or how it was refused. */
function outcome(parse: (text: string) => unknown, text: string): unknown {
	try {
		return { value: parse(text) };
	} catch (error) {
		return { name: (error as Error).name, message: (error as Error).message };
	}
}

describe('everything else is as JSON.parse has it', () => {
	it.each([
		'',
		' ',
		'"',
		'\\',
		'"\\"',
		'[6222021234567890123',
		'6222021234567890123 4',
		'{6222021234567890123:1}',
		'[06222021234567890123]',
		'[+6222021234567890123]',
		'[6222021234567890123.]',
		'[6222021234567890123e]',
		'"6222021234567890123',
		'[NaN]',
		'[1e400,Infinity]',
		'{"__proto__":{"polluted":1},"n":1.5}',
		'{"a":1,"a":2}',
	])('%j', (text) => {
		expect(outcome(parseJson, text)).toEqual(outcome(JSON.parse, text));
		expectNothingPolluted();
	});

	it('what JavaScript wrote, in any layout', () => {
		const numbers = fc.array(fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true })));
		const json = fc.tuple(fc.oneof(anyJson, numbers), fc.constantFrom(undefined, 1, '\t'));
		fc.assert(
			fc.property(json, ([value, layout]) => {
				const text = JSON.stringify(value, null, layout);
				expect(parseJson(text)).toEqual(JSON.parse(text));
			}),
			GENERATED,
		);
		expectNothingPolluted();
	});

	it('what is no JSON, or JSON cut off', () => {
		const cut = fc
			.tuple(anyJson, fc.nat())
			.map(([value, at]) => JSON.stringify([value, 1e-7, 2e20, 'end']).slice(0, at % 80));
		// A text of digits alone is a long number, of which the tests above tell.
		const odd = hostileText.filter((text) => !/^\s*-?\d/.test(text));
		fc.assert(
			fc.property(fc.oneof(odd, cut), (text) => {
				expect(outcome(parseJson, text)).toEqual(outcome(JSON.parse, text));
			}),
			GENERATED,
		);
	});

	it('and long numbers among all that are the only difference', () => {
		const long = fc
			.tuple(fc.constantFrom('', '-'), fc.bigInt({ min: 10n ** 18n, max: 10n ** 40n }))
			.map(([sign, digits]) => `${sign}${digits}7`);
		const entry = fc.tuple(hostileText, anyJson, long);
		fc.assert(
			fc.property(fc.array(entry, { maxLength: 5 }), (entries) => {
				const text = entries
					.map(([key, value, number]) =>
						[JSON.stringify(key), JSON.stringify(value), number].join(','),
					)
					.join(',');
				const expected = entries.flatMap(([key, value, number]) => [
					key,
					JSON.parse(JSON.stringify(value)) as unknown,
					number,
				]);
				expect(parseJson(`[${text}]`)).toEqual(expected);
			}),
			GENERATED,
		);
	});
});

describe('two megabytes', () => {
	const LONG = '6222021234567890123';

	it.each([
		['deep nesting', '['.repeat(400_000) + LONG + ']'.repeat(400_000)],
		['escapes', `["${'\\\\'.repeat(1_000_000)}",${LONG}]`],
		['escaped quotes', `["${'\\"'.repeat(1_000_000)}",${LONG}]`],
		['short texts', `[${'"",'.repeat(600_000)}${LONG}]`],
		['long numbers', `[${`${LONG},`.repeat(100_000)}1]`],
		['one number', `[1${'0'.repeat(1_000_000)}1${'0'.repeat(1_000_000)}]`],
		['one fraction', `[0.${'0'.repeat(1_000_000)}1${'0'.repeat(1_000_000)}1]`],
		['digits in a text', `["${'7'.repeat(2_000_000)}",${LONG}]`],
		['almost long numbers', `[${'123456789012345,'.repeat(120_000)}${LONG}]`],
	])('of %s are read in a moment', (_name, text) => {
		const begun = performance.now();
		const value = parseJson(text);
		expect(performance.now() - begun).toBeLessThan(10_000);
		expect(Array.isArray(value)).toBe(true);
	});

	it.each([
		['opened and never closed', '['.repeat(2_000_000)],
		['lone quotes', `[6222021234567890123,${'"'.repeat(1_999_999)}`],
		['lone backslashes', `[6222021234567890123,"${'\\'.repeat(1_999_999)}`],
	])('that are %s are refused in a moment', (_name, text) => {
		const begun = performance.now();
		expect(() => parseJson(text)).toThrow(SyntaxError);
		expect(performance.now() - begun).toBeLessThan(10_000);
	});
});
