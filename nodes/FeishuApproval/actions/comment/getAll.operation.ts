import type { IDataObject } from 'n8n-workflow';

import { chooseComments, simplifyComment } from '../../../../approval/commentList';
import { readLists } from '../../../../feishu/client/pages';
import { defineOperation } from '../defineOperation';
import { instanceCode } from '../fields/codes';
import { reworded } from '../fields/field';
import { countOf, limit, returnAll } from '../fields/lists';
import { userIdType } from '../fields/people';
import { simplify, switchField } from '../fields/simple';
import { collect, type Batches } from '../parallel';
import { listCall } from './commentSearch';
import { author } from './fields';

/** Comment: Get Many: what was said about an instance (API sheet 4.6). */
export const getAll = defineOperation({
	resource: 'comment',
	operation: 'getAll',
	title: 'Get Many Comments',
	option: {
		name: 'Get Many',
		action: 'Get many approval comments',
		description: 'Read the comments of an approval instance',
	},
	fields: {
		instanceCode,
		userId: author,
		userIdType: reworded(userIdType, { description: 'Kind of the IDs to ask by and to return' }),
		returnAll,
		limit,
		simplify,
	},
	options: {
		includeDeleted: switchField({
			displayName: 'Include Deleted',
			description: 'Whether to return comments, too, that were deleted since',
		}),
		includeReplies: switchField({
			displayName: 'Include Replies',
			description: 'Whether to return each reply after its comment, as an item of its own',
		}),
	},
	concurrency: () => 10,
	asksOnce: true,
	async execute(feishu, input) {
		const { instanceCode: code, options } = input;
		const pages = readLists(feishu, listCall(input), 'comments');
		const chosen = async function* (): Batches<IDataObject> {
			for await (const comments of pages) yield chooseComments(comments, options);
		};
		return await collect(chosen(), { atOnce: 1, most: countOf(input) }, async (comment) => ({
			json: input.simplify ? simplifyComment(comment, code) : comment,
		}));
	},
});
