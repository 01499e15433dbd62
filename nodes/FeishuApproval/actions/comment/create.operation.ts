import { noteOf } from '../../../../feishu/client/readBack';
import { FeishuCallError } from '../../../../feishu/errors/callError';
import { defineOperation } from '../defineOperation';
import { instanceCode } from '../fields/codes';
import { commentFiles, commentId, commentText, mentions } from '../fields/comments';
import { reworded } from '../fields/field';
import { userIdType } from '../fields/people';
import { switchField } from '../fields/simple';
import { author } from './fields';
import { commentCall } from './written';

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
	async execute(feishu, input) {
		const { call, search, memory } = commentCall(feishu, input);
		memory.begin();
		const written = await feishu.write(call, search).catch((error: unknown) => {
			if (error instanceof FeishuCallError && error.failure.carriedOut === 'no') memory.forget();
			throw error;
		});
		const id = String(written.data.comment_id ?? input.options.commentId ?? '');
		memory.finish(id);
		return {
			success: true,
			comment_id: id,
			instance_code: input.instanceCode,
			user_id: input.userId,
			user_id_type: input.userIdType,
			...noteOf(written),
		};
	},
});
