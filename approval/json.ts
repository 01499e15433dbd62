import type { IDataObject } from 'n8n-workflow';

/**
 * Where a number may stand that does not go through a double: sixteen digits or more, or an
 * exponent. Texts in quotes do not begin with what stands before a number, so that IDs in quotes
 * do not count.
 */
const LONG_NUMBER = /(?:^|[[,:])\s*-?(?:[\d.]{16}|[\d.]+[eE])/;

const NUMBER = /-?\d[\d.eE+-]*/g;

/** So many characters any number that changes has at least. */
const SHORTEST = '1e999'.length;

/** The digits of a number without zeros at either end, and the power of ten of the last one. */
function digitsOf(number: string): string {
	const [mantissa, exponent = '0'] = number.split(/e/i);
	const [whole, fraction = ''] = mantissa.split('.');
	const digits = whole + fraction;
	let start = 0;
	let end = digits.length;
	while (digits[start] === '0') start++;
	// A pattern for the zeros at the end would begin anew at every zero within.
	while (end > start && digits[end - 1] === '0') end--;
	if (start === end) return '0';
	const power = Number(exponent) - fraction.length + digits.length - end;
	return `${digits.slice(start, end)}e${power}`;
}

function survives(literal: string): boolean {
	// A minus is cut away as the sign only, not that of an exponent.
	const unsigned = literal.startsWith('-') ? literal.slice(1) : literal;
	return digitsOf(unsigned) === digitsOf(String(Number(unsigned)));
}

/** Where the text in quotes that begins at `open` ends. */
function endOfString(text: string, open: number): number {
	for (let quote = text.indexOf('"', open + 1); ; quote = text.indexOf('"', quote + 1)) {
		let escapes = 0;
		while (text[quote - 1 - escapes] === '\\') escapes++;
		if (escapes % 2 === 0) return quote;
	}
}

/** `text`, which is JSON, with quotes around the numbers that would change. */
function quoteNumbers(text: string): string {
	const parts: string[] = [];
	for (let at = 0; at < text.length;) {
		const open = text.indexOf('"', at);
		const between = text.slice(at, open === -1 ? text.length : open);
		parts.push(
			between.length < SHORTEST
				? between
				: between.replace(NUMBER, (number) => (survives(number) ? number : `"${number}"`)),
		);
		if (open === -1) break;
		at = endOfString(text, open) + 1;
		parts.push(text.slice(open, at));
	}
	return parts.join('');
}

/**
 * What `text` says as JSON, like `JSON.parse`, which it throws like. Only a number whose digits a
 * double would change (a card number of nineteen digits, say) comes back as its text: Feishu's
 * fields of numbers hold such ones (API sheet 5.2). A number that JavaScript itself wrote stays one.
 */
export function parseJson(text: string): unknown {
	const value: unknown = JSON.parse(text);
	if (!LONG_NUMBER.test(text)) return value;
	const kept = quoteNumbers(text);
	return kept.length === text.length ? value : JSON.parse(kept);
}

/** True for plain objects as JSON knows them. */
export function isObject(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The objects in a list; none where there is no list. */
export function objectsIn(value: unknown): IDataObject[] {
	return Array.isArray(value) ? value.filter(isObject) : [];
}

/** What a JSON text holds; nothing for what is no JSON text. */
export function readJson(text: unknown): unknown {
	if (typeof text !== 'string') return undefined;
	try {
		return parseJson(text);
	} catch {
		return undefined;
	}
}

/** The value, or null where it is missing or an empty text. */
export function orNull(value: unknown): unknown {
	return value === '' ? null : (value ?? null);
}
