import type { IDataObject } from 'n8n-workflow';

import { placeMentions, type Mention } from '../../../../approval/comments';
import type { ItemClient } from '../../../../feishu/client/itemClient';
import { callOf, ENDPOINTS } from '../../../../feishu/endpoints';
import { CommentSearch, queryOf, type CommentInput } from './commentSearch';

/** A comment that is to be written. */
export interface Draft extends CommentInput {
	text: string;
	options: {
		/** The comment that gets this text; none where a new one is written. */
		commentId?: string;
		parentCommentId?: string;
		files?: IDataObject[];
		mentions?: Mention[];
		disableBot?: boolean;
	};
}

/** The call that writes a comment (API sheet 4.6), and how to find out about it. */
export function commentCall(feishu: ItemClient, input: Draft, known: IDataObject) {
	const { commentId: old, parentCommentId, files = [], mentions = [], disableBot } = input.options;
	const { text, offsets } = placeMentions(input.text, mentions);
	const mentioned = mentions.map(({ person, name }, index) => ({
		user_id: person,
		name,
		offset: String(offsets[index]),
	}));
	const call = callOf(ENDPOINTS.createComment, {
		path: { instance_id: input.instanceCode },
		qs: queryOf(input),
		body: {
			content: JSON.stringify(files.length === 0 ? { text } : { text, files }),
			at_info_list: mentions.length === 0 ? undefined : mentioned,
			parent_comment_id: parentCommentId,
			comment_id: old,
			disable_bot: disableBot || undefined,
		},
	});
	const search = new CommentSearch(
		feishu,
		input,
		call,
		(comments, since) => {
			const own = comments.find(
				({ id, by, at = since, isDeleted, text: said }) =>
					!isDeleted &&
					said === text &&
					(by === '' || by === input.userId) &&
					(old === undefined ? at >= since && !Object.hasOwn(known, id) : id === old),
			);
			return own && { comment_id: own.id };
		},
		'It is not known whether the comment was written',
	);
	return { call, search };
}
