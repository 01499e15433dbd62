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
		['', 'it names nobody'],
		[' ,，、;；\n ', 'it names nobody'],
		[undefined, 'it names nobody'],
		[null, 'it names nobody'],
		[[], 'it names nobody'],
		[[' ', ' , '], 'it names nobody'],
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
		[`[Array: ["${A}"]], ${B}`, 'one of the IDs holds brackets or quotes'],
		['[object Object]', 'one of the IDs holds brackets or quotes'],
	])('are refused: %j', (value, complaint) => {
		expect(readRecipients(value)).toEqual({ complaint });
	});
});

it('marks that nobody sees are taken off', () => {
	expect(readRecipients('\u200bou_1\u200b, \ufeffou_2')).toEqual({ ids: ['ou_1', 'ou_2'] });
});
