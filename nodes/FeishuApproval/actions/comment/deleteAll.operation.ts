import { Problem } from '../../../../approval/problem';
import { noteOf } from '../../../../feishu/client/readBack';
import { callOf, ENDPOINTS } from '../../../../feishu/endpoints';
import { defineOperation } from '../defineOperation';
import { instanceCode } from '../fields/codes';
import { reworded } from '../fields/field';
import { userIdType } from '../fields/people';
import { CommentSearch, queryOf, type Listed } from './commentSearch';
import { author } from './fields';

/** Whether all comments from before the call are deleted. */
function findDeletion({ comments, isWhole, since, until }: Listed) {
	if (!isWhole) return undefined;
	const left = comments.filter(({ isDeleted }) => !isDeleted);
	if (left.every(({ at = 0 }) => at > until)) return {};
	// Another call would delete what somebody wrote meanwhile.
	return left.every(({ at = until }) => at < since)
		? undefined
		: new Problem('A comment is there that may have been written after the call', '');
}

/** Comment: Delete All: deletes every comment of an approval (API sheet 4.6). */
export const deleteAll = defineOperation({
	resource: 'comment',
	operation: 'deleteAll',
	title: 'Delete All Comments',
	notice: 'This deletes the comments of everybody, and they cannot be brought back.',
	option: {
		name: 'Delete All',
		action: 'Delete all comments',
		description: 'Delete the comments of everybody on an approval for good',
	},
	fields: {
		instanceCode,
		userId: reworded(author, {
			description:
				'The person in whose name the comments of everybody are deleted: an ID, email address or mobile number',
		}),
		userIdType: reworded(userIdType, { description: 'Kind of the ID in User' }),
	},
	async execute(feishu, input) {
		const path = { instance_id: input.instanceCode };
		const call = callOf(ENDPOINTS.removeComments, { path, qs: queryOf(input) });
		const search = new CommentSearch(
			feishu,
			input,
			call,
			findDeletion,
			'It is not known whether the comments were deleted',
		);
		const written = await feishu.write(call, search);
		return { deleted: true, instance_code: input.instanceCode, ...noteOf(written) };
	},
});
