import { readRecipients } from '../../../../nodes/FeishuApproval/approval/recipients';

const A = 'ou_a';
const B = 'ou_b';
const C = 'ou_c';

describe('recipients', () => {
	it.each([
		['one ID', 'ou_a', [A]],
		['commas', 'ou_a,ou_b,ou_c', [A, B, C]],
		['Chinese commas', 'ou_a，ou_b、ou_c', [A, B, C]],
		['semicolons', 'ou_a;ou_b；ou_c', [A, B, C]],
		['blanks', 'ou_a ou_b\tou_c', [A, B, C]],
		['Chinese blanks', 'ou_a\u3000ou_b\u00a0ou_c', [A, B, C]],
		['lines', 'ou_a\nou_b\r\nou_c\n', [A, B, C]],
		['all of them at once', ' ,ou_a ,，\n ou_b；;、ou_c;; ', [A, B, C]],
		['a list', [A, B, C], [A, B, C]],
		['a list with texts that need trimming', [' ou_a ', 'ou_b\n'], [A, B]],
		['a list whose texts hold several', ['ou_a, ou_b', 'ou_c'], [A, B, C]],
		['duplicates', 'ou_b, ou_a, ou_b', [B, A]],
		['duplicates in a list', [A, 'ou_b,ou_a', B], [A, B]],
	])('are read from %s', (_case, value, ids) => {
		expect(readRecipients(value)).toEqual({ ids });
	});

	it.each([
		['', 'nobody is named'],
		[' ,，、;；\n ', 'nobody is named'],
		[undefined, 'nobody is named'],
		[null, 'nobody is named'],
		[[], 'nobody is named'],
		[[' ', ' , '], 'nobody is named'],
		[['ou_1', ''], 'one of the IDs is empty'],
		['ou_1;null', 'one of the IDs is "null"'],
		['NaN', 'one of the IDs is "NaN"'],
		[[A, null], 'one of the IDs is empty'],
		[[undefined, A], 'one of the IDs is empty'],
		[7, 'an ID has to be text, but one is a number'],
		[[A, 7], 'an ID has to be text, but one is a number'],
		[true, 'an ID has to be text, but one is a boolean'],
		[{ open_id: A }, 'an ID has to be text, but one is an object'],
		[[{ open_id: A }], 'an ID has to be text, but one is an object'],
		[[[A]], 'an ID has to be text, but one is a list'],
		[
			`[Array: ["${A}"]], ${B}`,
			'one of the IDs cannot be right: it holds the character [, which no ID has',
		],
		['[object Object]', 'one of the IDs is an object written as text'],
		[`${A}, [object Object]`, 'one of the IDs is an object written as text'],
		['{{ $json.people }}', 'one of the IDs is an expression that was not evaluated'],
		[`${A}|${B}`, 'one of the IDs cannot be right: it holds the character |, which no ID has'],
		['x'.repeat(257), 'one of the IDs cannot be right: it is longer than 256 characters'],
	])('are refused: %j', (value, complaint) => {
		expect(readRecipients(value)).toEqual({
			complaint,
			cure: expect.stringMatching(/^(Enter|Take)/),
		});
	});
});

it('marks that nobody sees are taken off', () => {
	expect(readRecipients('\u200bou_1\u200b, \ufeffou_2')).toEqual({ ids: ['ou_1', 'ou_2'] });
});

it('a list of objects says how to take the IDs out', () => {
	for (const value of [{ open_id: A }, [A, { open_id: B }]]) {
		expect(readRecipients(value)).toMatchObject({ cure: expect.stringContaining('.map(') });
	}
	expect(readRecipients([7])).toMatchObject({ cure: expect.not.stringContaining('.map(') });
});
