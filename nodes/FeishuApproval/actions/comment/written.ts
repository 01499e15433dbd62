import type { IDataObject } from 'n8n-workflow';

import { says } from '../../../../approval/commentMatch';
import { placeMentions, type Comment, type Mention } from '../../../../approval/comments';
import { Problem } from '../../../../approval/problem';
import type { ItemClient } from '../../../../feishu/client/itemClient';
import { callOf, ENDPOINTS } from '../../../../feishu/endpoints';
import { CommentMemory } from './commentMemory';
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
export function commentCall(feishu: ItemClient, input: Draft) {
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
	const { instanceCode, userId } = input;
	const said = { text, files, mentions: mentions.map(({ person }) => person) };
	// Comments of this execution with the same words are not the one whose answer was lost.
	const memory = new CommentMemory(feishu, instanceCode, userId, parentCommentId, old, said);
	const search = new CommentSearch(
		feishu,
		input,
		call,
		({ comments, since }) => {
			// A reply to a reply is listed under the comment of the first.
			const above = comments.find(({ id }) => id === parentCommentId);
			const place = above?.thread ?? parentCommentId;
			const isNew = ({ id, at = since, thread }: Comment) =>
				at >= since && thread === place && !memory.isKnown(id);
			const own = comments
				.filter((one) => !one.isDeleted && (one.by === '' || one.by === input.userId))
				.filter((one) => (old === undefined ? isNew(one) : one.id === old))
				.map((one) => {
					// Without its author and its time it may be anybody's, of any time.
					const isTold = old !== undefined || (one.by !== '' && one.at !== undefined);
					const isIt = says(one, said);
					return { id: one.id, isIt: isIt && !isTold ? undefined : isIt };
				});
			const found = own.filter(({ isIt }) => isIt);
			// A change that another item has made is the same change.
			const others = old === undefined ? memory.unclearOthers : 0;
			if (found.length > others) return { comment_id: found[0].id };
			const isAlike = found.length > 0 || own.some(({ isIt }) => isIt === undefined);
			return isAlike ? ALIKE : undefined;
		},
		'It is not known whether the comment was written',
	);
	return { call, search, memory };
}
