/** What an expression leaves in a text where it found nothing. */
const NOTHING: ReadonlySet<string> = new Set(['undefined', 'null', 'NaN']);

/** What is wrong with a text, and how to mend it. */
export interface Complaint {
	complaint: string;
	cure: string;
}

/** What an expression that did not work has left in `text`, if it has. */
export function leftOver(text: string): Complaint | undefined {
	if (NOTHING.has(text)) {
		return {
			complaint: `"${text}"`,
			cure: 'Check that the incoming item has what the expression asks for.',
		};
	}
	if (text.includes('[object ')) {
		return {
			complaint: 'an object written as text',
			cure: 'Choose one field of the object in the expression.',
		};
	}
	if (!text.includes('{{')) return undefined;
	return {
		complaint: 'an expression that was not evaluated',
		cure: 'Switch the field from Fixed to Expression.',
	};
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
