import type { IDataObject } from 'n8n-workflow';

import { says } from '../../../../approval/commentMatch';
import { placeMentions, type Comment, type Mention } from '../../../../approval/comments';
import { Problem } from '../../../../approval/problem';
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

const ALIKE = new Problem('A comment with the same text is there, which may be this one', '');

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
		({ comments, since }) => {
			// A reply to a reply is listed under the comment of the first.
			const above = comments.find(({ id }) => id === parentCommentId);
			const place = above?.thread ?? parentCommentId;
			const isNew = ({ id, at = since, thread }: Comment) =>
				at >= since && thread === place && !Object.hasOwn(known, id);
			const said = { text, files, mentions: mentions.map(({ person }) => person) };
			const own = comments
				.filter((one) => !one.isDeleted && (one.by === '' || one.by === input.userId))
				.filter((one) => (old === undefined ? isNew(one) : one.id === old))
				.map(({ id, ...one }) => ({ id, isIt: says({ id, ...one }, said) }));
			const found = own.find(({ isIt }) => isIt);
			if (found !== undefined) return { comment_id: found.id };
			return own.some(({ isIt }) => isIt === undefined) ? ALIKE : undefined;
		},
		'It is not known whether the comment was written',
	);
	return { call, search };
}
