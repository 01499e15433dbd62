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

export const LIMIT: BadInput = { values: [0, -1, 2.5, 'many'], message: /^is not a whole number/ };

/** What reads lists has in common. */
export const LISTS = { returnAll: SWITCH, limit: LIMIT, simplify: SWITCH };

const NO_TIME = [
	'soon',
	20260901,
	true,
	[],
	{},
	NaN,
	'undefined',
	'2026-02-30',
	1e17,
	'{{ $now }}',
];

/** A time that may be left out. */
export const TIME: BadInput = { values: NO_TIME, message: /^is / };

export const REQUIRED_TIME: BadInput = { values: ['', null, ...NO_TIME], message: /^is / };

export const CHOICE: BadInput = {
	values: ['', 'both', null, 1],
	message: /^is not one that Feishu knows$/,
};

export const LOCALE: BadInput = {
	values: ['xx-XX', '', null, 3],
	message: /^is not one that Feishu knows$/,
};

/** Several statuses. */
export const STATUSES: BadInput = {
	values: [[], '', null, 'OPEN', ['APPROVED', 'OPEN'], 7, {}, [{}]],
	message: /^is /,
};

export const REQUIRED_TEXT: BadInput = { values: ['', null, ...TEXT.values], message: /^is / };
