import type { IDataObject } from 'n8n-workflow';

import { textOf } from './comments';
import { isObject } from './json';
import { toIso } from './times';

/** Which comments are wanted besides the plain ones. */
export interface CommentChoice {
	includeDeleted?: boolean;
	includeReplies?: boolean;
}

const objects = (value: unknown): IDataObject[] =>
	Array.isArray(value) ? value.filter(isObject) : [];

const isDeleted = ({ is_delete: mark }: IDataObject): boolean =>
	mark === true || Number(mark) === 1;

/**
 * The comments of one page, as they came; with `includeReplies` each is followed by its replies, which
 * are named after it in `parent_comment_id`.
 */
export function chooseComments(
	comments: unknown,
	{ includeDeleted = false, includeReplies = false }: CommentChoice,
): IDataObject[] {
	return objects(comments)
		.flatMap((comment) => [
			comment,
			...(includeReplies
				? objects(comment.replies).map((reply) => ({ ...reply, parent_comment_id: comment.id }))
				: []),
		])
		.filter((comment) => includeDeleted || !isDeleted(comment));
}

/** The files of a comment's content, which is JSON text (API sheet 4.6). */
function filesOf(content: unknown): IDataObject[] {
	try {
		const parsed: unknown = JSON.parse(String(content));
		return objects(isObject(parsed) ? parsed.files : undefined).map((file) => ({
			url: file.url ?? null,
			name: file.title ?? null,
			size: file.fileSize ?? null,
			file_type: file.type ?? null,
		}));
	} catch {
		return [];
	}
}

/** A comment or a reply without what few need (API sheet 4.6). */
export function simplifyComment(comment: IDataObject, instanceCode: string): IDataObject {
	return {
		comment_id: comment.id ?? null,
		parent_comment_id: comment.parent_comment_id ?? null,
		instance_code: instanceCode,
		user_id: comment.commentator || null,
		text: textOf(comment.content),
		files: filesOf(comment.content),
		mentions: objects(comment.at_info_list).map(({ user_id, name }) => ({ user_id, name })),
		reply_count: objects(comment.replies).filter((reply) => !isDeleted(reply)).length,
		create_time: toIso(comment.create_time),
		update_time: toIso(comment.update_time),
		is_deleted: isDeleted(comment),
	} as IDataObject;
}
