import { Problem } from './problem';

/** What an expression leaves in a text where it found nothing. */
const NOTHING: ReadonlySet<string> = new Set(['undefined', 'null', 'NaN']);

/** What an expression that did not work has left in `text`, if it has. */
export function leftOver(text: string): Problem | undefined {
	if (NOTHING.has(text)) {
		return new Problem(
			`"${text}"`,
			'Check that the incoming item has what the expression asks for.',
		);
	}
	if (text.includes('[object ')) {
		return new Problem(
			'an object written as text',
			'Choose one field of the object in the expression.',
		);
	}
	if (!text.includes('{{')) return undefined;
	return new Problem(
		'an expression that was not evaluated',
		'Switch the field from Fixed to Expression.',
	);
}

/** What `value` is, for somebody who expected text. */
export function kindOfValue(value: unknown): string {
	if (Array.isArray(value)) return 'a list';
	return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

/** Removes invisible characters, which come along when something is copied from a page; no ID or code has any. */
export function stripInvisible(text: string): string {
	return text.replace(/\p{Cf}/gu, '');
}

/** The entries of a list, or of a text that names them one after another. */
export function entriesOf(value: unknown, separator: RegExp): unknown[] {
	return Array.isArray(value) ? (value as unknown[]) : String(value ?? '').split(separator);
}

/** The same for entries that hold no spaces; in a text, quotes and brackets of a list do no harm. */
export function wordsOf(value: unknown): unknown[] {
	const entries = entriesOf(value, /[\s,;，；、[\]"']+/);
	return Array.isArray(value) ? entries : entries.filter((one) => one !== '');
}
