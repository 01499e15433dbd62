import { noteOf } from '../../../../feishu/client/readBack';
import { callOf, ENDPOINTS } from '../../../../feishu/endpoints';
import { defineOperation } from '../defineOperation';
import { instanceCode } from '../fields/codes';
import { commentId } from '../fields/comments';
import { reworded } from '../fields/field';
import { userIdType } from '../fields/people';
import { CommentSearch, queryOf } from './commentSearch';
import { author } from './fields';

/** Comment: Delete: deletes one comment of a person (API sheet 4.6). */
export const deleteOne = defineOperation({
	resource: 'comment',
	operation: 'delete',
	title: 'Delete Comment',
	notice: 'A deleted comment cannot be brought back.',
	option: {
		name: 'Delete',
		action: 'Delete a comment',
		description: 'Delete one comment of an approval for good, in the name of its author',
	},
	fields: {
		instanceCode,
		commentId: reworded(commentId, {
			description:
				'ID of the comment to delete for good. After Create Comment or Get Many the default is right.',
		}),
		userId: author,
		userIdType: reworded(userIdType, { description: 'Kind of the ID in User' }),
	},
	async execute(feishu, { commentId: id, ...input }) {
		const path = { instance_id: input.instanceCode, comment_id: id };
		const call = callOf(ENDPOINTS.deleteComment, { path, qs: queryOf(input) });
		const search = new CommentSearch(
			feishu,
			input,
			call,
			({ comments }) => (comments.some((one) => one.id === id && one.isDeleted) ? {} : undefined),
			'It is not known whether the comment was deleted',
			true,
		);
		const written = await feishu.write(call, search);
		return { deleted: true, comment_id: id, instance_code: input.instanceCode, ...noteOf(written) };
	},
});
