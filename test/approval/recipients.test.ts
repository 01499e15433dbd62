import { readRecipients } from '../../approval/recipients';

const A = 'ou_a';
const B = 'ou_b';
const C = 'ou_c';

describe('recipients', () => {
	it.each([
		['one ID', 'ou_a', [A]],
		['commas', 'ou_a,ou_b,ou_c', [A, B, C]],
		['Chinese commas', 'ou_a，ou_b、ou_c', [A, B, C]],
		['semicolons', 'ou_a;ou_b；ou_c', [A, B, C]],
		['spaces', 'ou_a ou_b\tou_c', [A, B, C]],
		['Chinese spaces', 'ou_a\u3000ou_b\u00a0ou_c', [A, B, C]],
		['lines', 'ou_a\nou_b\r\nou_c\n', [A, B, C]],
		['all of them at once', ' ,ou_a ,，\n ou_b；;、ou_c;; ', [A, B, C]],
		['a list', [A, B, C], [A, B, C]],
		['a list with texts that need trimming', [' ou_a ', 'ou_b\n'], [A, B]],
		['a list whose texts hold several', ['ou_a, ou_b', 'ou_c'], [A, B, C]],
		['duplicates', 'ou_b, ou_a, ou_b', [B, A]],
		['duplicates in a list', [A, 'ou_b,ou_a', B], [A, B]],
	])('are read from %s', (_case, value, ids) => {
		expect(readRecipients(value)).toEqual(ids);
	});

	it.each([
		['', 'nobody is named', 'Enter at least one ID'],
		[' ,，、;；\n ', 'nobody is named', 'Enter at least one ID'],
		[undefined, 'nobody is named', 'the incoming item has that field'],
		[null, 'nobody is named', 'not empty'],
		[[], 'nobody is named', 'not empty'],
		[[' ', ' , '], 'one of the IDs is empty', '.filter(Boolean)'],
		[[A, ' '], 'one of the IDs is empty', '.filter(Boolean)'],
		[[A, '\u200b'], 'one of the IDs is empty', '.filter(Boolean)'],
		[['ou_1', ''], 'one of the IDs is empty', '.filter(Boolean)'],
		[[A, null], 'one of the IDs is empty', '.filter(Boolean)'],
		[[undefined, A], 'one of the IDs is empty', '.filter(Boolean)'],
		['ou_1;null', 'one of the IDs is "null"', 'what the expression asks for'],
		['NaN', 'one of the IDs is "NaN"', 'what the expression asks for'],
		[7, 'an ID has to be text, but it is a number', 'String(…)'],
		[[A, 7], 'an ID has to be text, but one is a number', 'String(…)'],
		[true, 'an ID has to be text, but it is a boolean', 'String(…)'],
		[{ open_id: A }, 'an ID has to be text, but it is an object', 'example .open_id'],
		[[{ open_id: A }], 'an ID has to be text, but one is an object', '.map('],
		[[[A]], 'an ID has to be text, but one is a list', '.flat()'],
		[
			`[Array: ["${A}"]], ${B}`,
			'"[Array:" cannot be an ID: it holds "[", which no ID has',
			'without quotes or brackets',
		],
		['[object Object]', 'one of the IDs is an object written as text', 'one field of the object'],
		[`${A}, [object Object]`, 'one of the IDs is an object written as text', 'one field'],
		['{{ $json.to }}', 'one of the IDs is an expression that was not evaluated', 'from Fixed to'],
		[`${A}|b`, `"${A}|b" cannot be an ID: it holds "|", which no ID has`, 'by commas'],
		[`${A}${B}`, `"${A}${B}" cannot be an ID: it is more than one ID`, 'by commas'],
		[`"${A}"`, `""${A}"" cannot be an ID: it holds quotes, which no ID has`, 'without quotes'],
		[
			'x'.repeat(257),
			`"${'x'.repeat(40)}…" cannot be an ID: it is longer than 256 characters`,
			'and nothing else',
		],
		[
			`${'x'.repeat(39)}|`,
			`"${'x'.repeat(39)}|" cannot be an ID: it holds "|", which no ID has`,
			'',
		],
	])('are refused: %j', (value, message, hint) => {
		expect(readRecipients(value)).toMatchObject({
			message: `cannot be used: ${message}`,
			hint: expect.stringContaining(hint),
		});
	});
});

it('marks that nobody sees are taken off', () => {
	expect(readRecipients('\u200bou_1\u200b, \ufeffou_2')).toEqual(['ou_1', 'ou_2']);
});
