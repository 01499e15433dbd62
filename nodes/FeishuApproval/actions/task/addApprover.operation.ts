import { Problem } from '../../../../approval/problem';
import { toUserIds } from '../../../../feishu/people/toUserIds';
import { ENDPOINTS } from '../../../../feishu/endpoints';
import { defineOperation } from '../defineOperation';
import { reworded } from '../fields/field';
import { people } from '../fields/people';
import { comment, TASK_FIELDS } from '../fields/tasks';
import { ADD_TYPES, addSignType, approvalMethod, METHODS } from './addApproverFields';
import { decide } from './decide';
import { checkTask } from './findTask';
import { readFirst } from '../../../../feishu/client/readFirst';

/** Task: Add Approver: others decide too, before, after or beside an approver (API sheet 4.3). */
export const addApprover = defineOperation({
	resource: 'task',
	operation: 'addApprover',
	title: 'Add Approver',
	option: {
		name: 'Add Approver',
		action: 'Add an approver to a task',
		description:
			'Add people who decide too, before, after or beside an approver; they are notified',
	},
	fields: {
		...TASK_FIELDS,
		addSignUserIds: reworded(people, {
			displayName: 'Approvers to Add',
			description:
				'The people who decide too: IDs, email addresses or mobile numbers, separated by commas, or a list from an expression. They are notified.',
		}),
		addSignType,
		approvalMethod,
	},
	options: { comment },
	check: ({ addSignType: type, approvalMethod: method, ...input }) =>
		type !== 'parallel' && method === ''
			? new Problem(
					'Approval Method is empty',
					'Say how the added people decide: any one of them, all, or one after another.',
				)
			: checkTask(input),
	async execute(feishu, { options, addSignUserIds: added, addSignType: type, ...rest }) {
		const { approvalMethod: method, ...input } = rest;
		// This endpoint takes user IDs alone.
		const ids = await readFirst(
			feishu,
			async () => await toUserIds(feishu, [input.userId, ...added], input.userIdType),
		);
		const [approver, ...others] = [input.userId, ...added].map((id) => ids.get(id)!);
		const { number, entry } = ADD_TYPES[type];
		const result = await decide(feishu, input, {
			endpoint: ENDPOINTS.addSign,
			body: {
				user_id: approver,
				add_sign_user_ids: others,
				add_sign_type: number,
				approval_method: type === 'parallel' ? undefined : METHODS[method],
				comment: options.comment || undefined,
			},
			isWithUserIds: true,
			what: 'given to more approvers',
			names: [entry, [...others].sort()],
			keepsOpen: type !== 'after',
			evidence: {
				types: [entry],
				isRepeatable: true,
				fit: ({ people: named, isIncomplete }) => {
					if (named.some((id) => !others.includes(id))) return 'no';
					const isWhole = !isIncomplete && others.every((id) => named.includes(id));
					return isWhole ? 'yes' : 'untold';
				},
			},
		});
		return { ...result, add_sign_user_ids: added };
	},
});
