import type { IDataObject } from 'n8n-workflow';

import { isObject, objectsIn, readJson } from './json';
import { timeOf } from './timeline';

/** A comment or a reply, as far as it tells who wrote what. */
export interface Comment {
	id: string;
	text: string;
	/** By the kind of ID that was asked for; empty if the answer does not tell. */
	by: string;
	isDeleted: boolean;
	/** Epoch ms on Feishu's clock; nothing if it cannot be read. */
	at: number | undefined;
	/** The ID of the comment that a reply is listed under; nothing for a comment. */
	thread: string | undefined;
	files: IDataObject[];
	/** Who is mentioned; nothing if the answer does not tell. */
	mentions: string[] | undefined;
}

/** A person to mention, and the name that the text shows for them. */
export interface Mention {
	person: string;
	name: string;
}

/** What a comment's content holds, which is JSON text (API sheet 4.6): its text and its files. */
export function readContent(content: unknown): { text: string; files: IDataObject[] } {
	const parsed = readJson(content);
	const { text, files } = isObject(parsed) ? parsed : ({} as IDataObject);
	const asItIs = typeof content === 'string' ? content : '';
	return { text: typeof text === 'string' ? text : asItIs, files: objectsIn(files) };
}

/** Whether a comment or a reply was deleted: the list keeps it, marked. */
export const isDeleted = ({ is_delete: mark }: IDataObject): boolean => Number(mark) === 1;

/** All comments of an answer, replies too, in one list (API sheet 4.6). */
export function commentsOf(data: IDataObject): Comment[] {
	return objectsIn(data.comments).flatMap((comment) => [
		readComment(comment),
		...objectsIn(comment.replies).map((reply) => readComment(reply, String(comment.id ?? ''))),
	]);
}

function readComment(comment: IDataObject, thread?: string): Comment {
	const { at_info_list: mentions } = comment;
	return {
		id: String(comment.id ?? ''),
		thread,
		...readContent(comment.content),
		mentions: Array.isArray(mentions)
			? objectsIn(mentions).map(({ user_id: person }) => String(person ?? ''))
			: undefined,
		by: typeof comment.commentator === 'string' ? comment.commentator : '',
		isDeleted: isDeleted(comment),
		at: timeOf(comment),
	};
}

/**
 * Finds the places of mentions: each name after an "@", or else at the end, where it is added. Places
 * are counted as JavaScript counts characters (UTF-16): Chinese characters are one, most emoji two.
 */
export function placeMentions(
	text: string,
	mentions: Mention[],
): { text: string; offsets: number[] } {
	const taken = new Set<number>();
	let whole = text;
	const offsets = mentions.map(({ name }) => {
		const mark = `@${name}`;
		let place = whole.indexOf(mark);
		while (taken.has(place)) place = whole.indexOf(mark, place + 1);
		if (place === -1) {
			if (whole !== '' && !/\s$/.test(whole)) whole += ' ';
			place = whole.length;
			whole += mark;
		}
		taken.add(place);
		return place;
	});
	return { text: whole, offsets };
}
