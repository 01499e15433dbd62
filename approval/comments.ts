import type { IDataObject } from 'n8n-workflow';

import { isObject } from './json';
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
}

/** Somebody who is to be mentioned, by the name that stands in the text. */
export interface Mention {
	person: string;
	name: string;
}

const objects = (value: unknown): IDataObject[] =>
	Array.isArray(value) ? value.filter(isObject) : [];

/** The text of a comment's content, which is JSON text (API sheet 4.6); else the content as it is. */
export function textOf(content: unknown): string {
	if (typeof content !== 'string') return '';
	try {
		const parsed: unknown = JSON.parse(content);
		return isObject(parsed) && typeof parsed.text === 'string' ? parsed.text : content;
	} catch {
		return content;
	}
}

/** All comments of an answer, replies too, in one list (API sheet 4.6). */
export function commentsOf(data: IDataObject): Comment[] {
	return objects(data.comments).flatMap((comment) => [
		readComment(comment),
		...objects(comment.replies).map(readComment),
	]);
}

function readComment(comment: IDataObject): Comment {
	return {
		id: String(comment.id ?? ''),
		text: textOf(comment.content),
		by: typeof comment.commentator === 'string' ? comment.commentator : '',
		isDeleted: Number(comment.is_delete ?? 0) === 1,
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
