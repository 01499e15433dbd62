import { placeMentions } from '../../../../approval/comments';
import { callOf, ENDPOINTS } from '../../../../feishu/endpoints';
import { defineOperation } from '../defineOperation';
import { instanceCode } from '../fields/codes';
import { commentFiles, commentId, commentText, mentions } from '../fields/comments';
import { reworded } from '../fields/field';
import { userIdType } from '../fields/people';
import { switchField } from '../fields/simple';
import { CommentSearch, queryOf } from './commentSearch';
import { author } from './fields';

/** Comment: Create: comments on an approval, replies, or changes a comment (API sheet 4.6). */
export const create = defineOperation({
	resource: 'comment',
	operation: 'create',
	title: 'Create Comment',
	option: {
		name: 'Create',
		action: 'Create a comment',
		description: 'Comment on an approval in the name of a person; who is mentioned is notified',
	},
	fields: {
		instanceCode,
		userId: author,
		userIdType: reworded(userIdType, { description: 'Kind of the IDs in this node' }),
		text: commentText,
	},
	options: {
		commentId: reworded(commentId, {
			displayName: 'Comment to Edit',
			default: '',
			required: false,
			description: 'ID of a comment of this person that gets this text, instead of a new comment',
		}),
		disableBot: switchField({
			displayName: 'Do Not Notify',
			description: 'Whether to write the comment without a message of the approval bot',
		}),
		files: commentFiles,
		mentions,
		parentCommentId: reworded(commentId, {
			displayName: 'Reply To',
			default: '',
			required: false,
			description: 'ID of the comment to reply to',
		}),
	},
	async execute(feishu, { options, text: entered, ...input }) {
		const people = options.mentions ?? [];
		const { text, offsets } = placeMentions(entered, people);
		const { commentId: old, parentCommentId: parent, files = [] } = options;
		const call = callOf(ENDPOINTS.createComment, {
			path: { instance_id: input.instanceCode },
			qs: queryOf(input),
			body: {
				content: JSON.stringify(files.length === 0 ? { text } : { text, files }),
				at_info_list:
					people.length === 0
						? undefined
						: people.map(({ person, name }, index) => ({
								user_id: person,
								name,
								offset: String(offsets[index]),
							})),
				parent_comment_id: parent,
				comment_id: old,
				disable_bot: options.disableBot || undefined,
			},
		});
		// Comments of this execution with the same words are not the one whose answer was lost.
		const known = feishu.notes('comments');
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
		const { data, note } = await feishu.write(call, search);
		const id = String(data.comment_id ?? old ?? '');
		known[id] = true;
		return {
			success: true,
			comment_id: id,
			instance_code: input.instanceCode,
			user_id: input.userId,
			user_id_type: input.userIdType,
			...(note === undefined ? {} : { note }),
		};
	},
});
