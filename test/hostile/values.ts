import fc from 'fast-check';

/** Names that every object has already, or that lead to what all objects share. */
export const PROTOTYPE_NAMES = [
	'__proto__',
	'constructor',
	'prototype',
	'toString',
	'valueOf',
	'toJSON',
	'hasOwnProperty',
	'__defineGetter__',
] as const;

/** Pieces of texts that lead elsewhere in a path, a query, a header or an expression. */
const TRICKS = [
	...['.', '..', '../', '..\\', '/', '//', '\\', '%2e', '%2E%2e', '%2f', '%5c', '%00', '%'],
	...['?', '#', '&', '=', ';', '@', ':', '+', '*', '?user_id_type=union_id', '#top'],
	...['http://evil.example/', '//evil.example', 'javascript:alert(1)', '<script>', '"', "'"],
	...[
		'\0',
		'\r\n',
		'\n',
		'\t',
		'\u007f',
		'\u0085',
		'\u2028',
		'\ufeff',
		'\u200b',
		'\u202e',
		'\u3000',
	],
	...['{{ $json }}', '={{ 1 }}', '${1}', '[object Object]', 'null', 'undefined', 'NaN', 'true'],
	...[
		'cc',
		'query',
		'search_cc',
		',',
		'，',
		'、',
		'；',
		'[',
		']',
		'{',
		'}',
		'审批',
		'🙂',
		'é',
		'e\u0301',
	],
];

const halfCharacters = fc
	.array(fc.integer({ min: 0xd7f0, max: 0xe010 }), { minLength: 1, maxLength: 6 })
	.map((units) => String.fromCharCode(...units));
const controlCharacters = fc
	.array(fc.integer({ min: 0, max: 0xa0 }), { minLength: 1, maxLength: 8 })
	.map((units) => String.fromCharCode(...units));
const longTexts = fc
	.tuple(fc.constantFrom('A', '7', '/', '.', '审', '🙂', ' '), fc.constantFrom(200, 256, 257, 5000))
	.map(([unit, length]) => unit.repeat(length));

/** Texts that nobody should enter, and that somebody will. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
	fc.string(),
	fc.string({ unit: 'binary' }),
	fc
		.array(fc.constantFrom(...TRICKS), { minLength: 1, maxLength: 5 })
		.map((tricks) => tricks.join('')),
	fc.tuple(fc.constantFrom(...TRICKS), fc.uuid()).map(([trick, code]) => code + trick),
	fc.constantFrom(...PROTOTYPE_NAMES),
	halfCharacters,
	controlCharacters,
	{ arbitrary: longTexts, weight: 1 },
);

const key = fc.oneof(fc.constantFrom(...PROTOTYPE_NAMES), fc.string({ maxLength: 5 }));

/** Anything that JSON can say, prototype names as keys included. */
export const anyJson: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
	value: fc.oneof(
		{ depthSize: 'small', withCrossShrink: true },
		fc.constantFrom(null, true, false),
		fc.integer(),
		fc.double({ noNaN: true, noDefaultInfinity: true }),
		hostileText,
		fc.array(tie('value'), { maxLength: 4 }),
		fc.dictionary(key, tie('value'), { maxKeys: 4, noNullPrototype: true }),
	),
})).value;

/** Anything that an expression can give. */
export const anyValue: fc.Arbitrary<unknown> = fc.oneof(
	{ arbitrary: hostileText, weight: 4 },
	{ arbitrary: anyJson, weight: 2 },
	fc.constantFrom(undefined, null, '', ' ', NaN, Infinity, -0, 0, 1, true, false),
	fc.date(),
	fc.array(hostileText, { maxLength: 4 }),
);
