/** What an expression leaves in a text where it found nothing. */
const NOTHING: ReadonlySet<string> = new Set(['undefined', 'null', 'NaN']);

/** What an expression that did not work has left in `text`, if it has. */
export function leftOver(text: string): string | undefined {
	if (NOTHING.has(text)) return `"${text}"`;
	if (text.includes('[object ')) return 'an object written as text';
	return text.includes('{{') ? 'an expression that was not evaluated' : undefined;
}

/** What `value` is, for somebody who expected text. */
export function kindOfValue(value: unknown): string {
	if (Array.isArray(value)) return 'a list';
	return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

/** Marks that nobody sees come along when something is copied from a page; no ID or code has any. */
export function withoutUnseen(text: string): string {
	return text.replace(/\p{Cf}/gu, '');
}
