import type { Entry, Widget } from './formWidget';

/** A link that was decoded once too few still holds the escape itself (API sheet 5.4). */
export const decodeLink = (link: string): string => link.replaceAll('\\u0026', '&');

const link = (value: unknown): unknown => (typeof value === 'string' ? decodeLink(value) : value);

/** The links of a field of files. A link may hold a comma, so that a text is split before a link. */
function links(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(link);
	if (typeof value !== 'string' || !/^\s*https?:\/\//i.test(value)) return link(value);
	return value.split(/,\s*(?=https?:\/\/)/i).map((part) => link(part.trim()));
}

function isQuoted(text: string): boolean {
	return text.length > 1 && text.startsWith('"') && text.endsWith('"');
}

/** A name may hold commas and quotes, so that only as many names as there are files are certain. */
function names(ext: string, count: number): string[] | null {
	const text = ext.trim();
	if (isQuoted(text)) {
		const quoted = text.slice(1, -1).split(/"\s*,\s*"/);
		if (quoted.length === count) return quoted;
		if (count === 1) return null;
	}
	if (count === 1) return [text];
	const plain = text.split(',').map((name) => name.trim());
	if (plain.length !== count) return null;
	return plain.map((name) => (isQuoted(name) ? name.slice(1, -1) : name));
}

/**
 * The entries of a field of files (API sheet 5.2 and 5.4): the list of their links, and where their
 * names came along, those in the same order under `<key> names`; null if they cannot be told apart.
 */
export function fileEntries(key: string, { value = null, ext }: Widget): Entry[] {
	const files = links(value);
	if (typeof ext !== 'string' || ext.trim() === '') return [[key, files]];
	const count = Array.isArray(files) ? files.length : 0;
	return [
		[key, files],
		[`${key} names`, names(ext, count)],
	];
}
