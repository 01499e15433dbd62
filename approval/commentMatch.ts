import type { IDataObject } from 'n8n-workflow';

import type { Comment } from './comments';

/** What a comment was to say. */
export interface Said {
	text: string;
	/** In the form that a comment's content has (API sheet 4.6). */
	files: IDataObject[];
	/** The IDs of the people to mention. */
	mentions: string[];
}

const prefixOf = (id: string) => /^o[un]_/.exec(id)?.[0];

/** Links of the same file differ in their signatures. */
const pathOf = (link: unknown) => String(link ?? '').split(/[?#]/)[0];

/** One "no" decides; else all have to be certain. */
function all(parts: Array<boolean | undefined>): boolean | undefined {
	if (parts.includes(false)) return false;
	return parts.includes(undefined) ? undefined : true;
}

function isSameFile(shown: IDataObject, wanted: IDataObject): boolean | undefined {
	const isAlike = all(
		[
			[shown.title, wanted.title],
			[shown.fileSize, wanted.fileSize],
		].map(([one, other]) => (one && other ? String(one) === String(other) : undefined)),
	);
	if (isAlike === false || shown.url === wanted.url) return isAlike !== false;
	if (pathOf(shown.url) === pathOf(wanted.url)) return isAlike;
	// Feishu may keep a file at another address than that of its upload.
	return isAlike ? undefined : false;
}

function hasFiles(shown: IDataObject[], wanted: IDataObject[]): boolean | undefined {
	if (shown.length !== wanted.length) return false;
	return all(shown.map((file, index) => isSameFile(file, wanted[index])));
}

function hasMentions(shown: string[] | undefined, wanted: string[]): boolean | undefined {
	if (shown === undefined) return wanted.length === 0 ? true : undefined;
	if (shown.length !== wanted.length) return false;
	if (shown.every((id) => wanted.includes(id)) && wanted.every((id) => shown.includes(id))) {
		return true;
	}
	// IDs of two kinds cannot be compared.
	const kinds = new Set([...shown, ...wanted].map(prefixOf));
	return kinds.size > 1 ? undefined : false;
}

/** Whether a comment of the list says what was to be said; nothing if the list does not tell. */
export function says(comment: Comment, said: Said): boolean | undefined {
	return all([
		comment.text === said.text,
		hasFiles(comment.files, said.files),
		hasMentions(comment.mentions, said.mentions),
	]);
}
