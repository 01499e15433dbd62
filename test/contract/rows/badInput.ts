import type { BadInput } from '../row';

/** What an expression gives that found nothing, or that found something else. */
const NO_TEXT = [true, ['a'], { a: 1 }, NaN, 'undefined', '[object Object]', '{{ $json.a }}'];

export const CODE: BadInput = {
	values: ['', ' ', null, undefined, ...NO_TEXT, '..', 'a\u0000b', '"a"', 'x'.repeat(300)],
	message: /^(is |cannot be right: )/,
};

export const SWITCH: BadInput = {
	values: ['yes', '', 0, 1, null, {}, []],
	message: /^is neither true nor false$/,
};

export const USER_ID_TYPE: BadInput = {
	values: ['email', 'Open ID', '', null, 0],
	message: /^is not one that Feishu knows$/,
};

/** A person who may be left out. */
export const PERSON: BadInput = {
	values: [...NO_TEXT, 'ou_1,ou_2', 'ou_1|2', 'x'.repeat(300)],
	message: /^(is |cannot be right: )/,
};

export const REQUIRED_PERSON: BadInput = {
	values: ['', ' ', null, undefined, ...PERSON.values],
	message: PERSON.message,
};

export const PEOPLE: BadInput = {
	values: ['', ',', null, undefined, [], [''], ['ou_1', ' '], 7, [7], {}, [{}], [['ou_1']], 'a|b'],
	message: /^cannot be used: /,
};

export const TEXT: BadInput = { values: NO_TEXT, message: /^is / };

export const JSON_OBJECT: BadInput = {
	values: ['{', '[1]', '7', '"a"', [1], true, '{"id":12345678901234567890}'],
	message: /^(is not |holds a number)/,
};
