import { ENDPOINTS } from '../../../../feishu/endpoints';
import { defineOperation } from '../defineOperation';
import { reworded } from '../fields/field';
import { person } from '../fields/people';
import { comment, TASK_FIELDS } from '../fields/tasks';
import { decide } from './decide';
import { checkTask } from './findTask';

/** Task: Transfer: hands a task over to somebody else (API sheet 4.4). */
export const transfer = defineOperation({
	resource: 'task',
	operation: 'transfer',
	title: 'Transfer Task',
	option: {
		name: 'Transfer',
		action: 'Transfer a task',
		description: 'Hand a task over to another person, who decides instead and is notified',
	},
	fields: {
		...TASK_FIELDS,
		transferUserId: reworded(person, {
			displayName: 'Transfer To',
			default: '',
			description:
				'The person who decides instead and is notified: an ID, email address or mobile number',
		}),
	},
	options: { comment },
	check: checkTask,
	execute: async (feishu, { options, transferUserId, ...input }) => {
		const result = await decide(feishu, input, {
			endpoint: ENDPOINTS.transferTask,
			body: { transfer_user_id: transferUserId, comment: options.comment || undefined },
			what: 'transferred',
			names: transferUserId,
			evidence: {
				types: ['TRANSFER'],
				status: 'TRANSFERRED',
				fit: ({ people, isIncomplete }) => {
					if (people.includes(transferUserId)) return 'yes';
					return isIncomplete ? 'untold' : 'no';
				},
			},
		});
		return { ...result, transfer_user_id: transferUserId };
	},
});
