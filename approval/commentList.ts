import type { IDataObject } from 'n8n-workflow';

import { isDeleted, readContent } from './comments';
import { objectsIn } from './json';
import { toIso } from './times';

/** Which comments are wanted besides the plain ones. */
export interface CommentChoice {
	includeDeleted?: boolean;
	includeReplies?: boolean;
}

/**
 * The comments of one page, as they came; with `includeReplies` each is followed by its replies, which
 * are named after it in `parent_comment_id`.
 */
export function chooseComments(
	comments: unknown,
	{ includeDeleted = false, includeReplies = false }: CommentChoice,
): IDataObject[] {
	return objectsIn(comments)
		.flatMap((comment) => [
			comment,
			...(includeReplies
				? objectsIn(comment.replies).map((reply) => ({ ...reply, parent_comment_id: comment.id }))
				: []),
		])
		.filter((comment) => includeDeleted || !isDeleted(comment));
}

/** A comment or a reply without what few need (API sheet 4.6). */
export function simplifyComment(comment: IDataObject, instanceCode: string): IDataObject {
	const { text, files } = readContent(comment.content);
	return {
		comment_id: comment.id ?? null,
		parent_comment_id: comment.parent_comment_id ?? null,
		instance_code: instanceCode,
		user_id: comment.commentator || null,
		text,
		files: files.map((file) => ({
			url: file.url ?? null,
			name: file.title ?? null,
			size: file.fileSize ?? null,
			file_type: file.type ?? null,
		})),
		mentions: objectsIn(comment.at_info_list).map(({ user_id, name }) => ({ user_id, name })),
		reply_count: objectsIn(comment.replies).filter((reply) => !isDeleted(reply)).length,
		create_time: toIso(comment.create_time),
		update_time: toIso(comment.update_time),
		is_deleted: isDeleted(comment),
	} as IDataObject;
}
