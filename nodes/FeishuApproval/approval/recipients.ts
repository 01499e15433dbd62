import { LEFT_OVER } from './leftOver';

const SEPARATORS = /[,，、;；\s]/u;

/** Left over where a list or an object was written into a text. */
const NOT_IN_IDS = /[[\]{}"'<>]/;

/** Recipients, or what is wrong with them. */
export type Recipients = { ids: string[] } | { complaint: string };

/**
 * The people named by an array of IDs, or by text that separates them by commas (also Chinese ones),
 * semicolons, blanks or lines. Trimmed; an ID given twice counts once.
 */
export function readRecipients(value: unknown): Recipients {
	const list = Array.isArray(value) ? value : [value];
	const ids = new Set<string>();
	for (const entry of list) {
		if (entry === undefined || entry === null || entry === '') {
			if (Array.isArray(value)) return { complaint: 'one of the IDs is empty' };
			continue;
		}
		if (typeof entry !== 'string') {
			return { complaint: `an ID has to be text, but one is ${describe(entry)}` };
		}
		// Marks that nobody sees come along when an ID is copied from a page.
		for (const id of entry.replace(/\p{Cf}/gu, '').split(SEPARATORS)) {
			if (LEFT_OVER.has(id)) return { complaint: `one of the IDs is "${id}"` };
			if (NOT_IN_IDS.test(id)) return { complaint: 'one of the IDs holds brackets or quotes' };
			if (id !== '') ids.add(id);
		}
	}
	return ids.size === 0 ? { complaint: 'it names nobody' } : { ids: [...ids] };
}

function describe(value: unknown): string {
	if (Array.isArray(value)) return 'a list';
	return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
