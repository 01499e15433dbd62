import { isObject } from '../json';
import { leftOver } from '../inputText';
import { Problem } from '../problem';
import { misfit, type Fill } from './filling';

const HINT = 'Enter text. If it is an expression, choose one field of the object.';

/** The pieces of a text as a Base has them in its cells. */
function segments(value: unknown): string | undefined {
	const pieces = Array.isArray(value) ? (value as unknown[]) : [value];
	const texts = pieces.map((piece) => (isObject(piece) ? piece.text : piece));
	return texts.every((one) => typeof one === 'string') ? texts.join('') : undefined;
}

/** A text as it was entered; numbers, moments and the cells of a Base become text. */
export function textOf(value: unknown): string | Problem {
	if (typeof value === 'number' || typeof value === 'boolean') return String(value);
	const iso = (value as { toISO?: () => unknown }).toISO?.();
	if (typeof iso === 'string') return iso;
	if (Object.prototype.toString.call(value) === '[object Date]')
		return (value as Date).toISOString();
	const text = segments(value);
	if (text === undefined) return misfit(value, 'text', HINT);
	const left = leftOver(text.trim());
	return left === undefined ? text : new Problem(`is ${left.message}`, left.hint);
}

/** A line or several of text. */
export const fillText: Fill = ({ value }) => {
	const text = textOf(value);
	return text instanceof Problem ? text : { value: text };
};

/** Kinds that Feishu does not describe go out as they were entered. */
export const fillUnknown: Fill = ({ value }) => ({ value });
