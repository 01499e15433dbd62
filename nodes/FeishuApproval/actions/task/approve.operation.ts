import { defineOperation } from '../defineOperation';
import { optional, reworded } from '../fields/field';
import { comment, formJson, TASK_FIELDS } from '../fields/tasks';
import { ENDPOINTS } from '../../../../feishu/endpoints';
import { alreadyDecided } from './alreadyDecided';
import { decide } from './decide';
import { checkTask } from './findTask';
import { decidedOnce } from './taskSearch';

/** Task: Approve: agrees in the name of an approver (API sheet 4.4). */
export const approve = defineOperation({
	resource: 'task',
	operation: 'approve',
	title: 'Approve Task',
	notice: 'A decision cannot be taken back by this node.',
	option: {
		name: 'Approve',
		action: 'Approve a task',
		description: 'Approve a task in the name of its approver; this moves the approval on',
	},
	fields: {
		...TASK_FIELDS,
		userId: reworded(TASK_FIELDS.userId, {
			description:
				'The person in whose name it is approved, which moves the approval on: an ID, email address or mobile number',
		}),
	},
	options: { alreadyDecided, comment, formJson: optional(formJson) },
	check: checkTask,
	execute: async (feishu, { options, ...input }) =>
		await decide(feishu, input, {
			endpoint: ENDPOINTS.approveTask,
			body: { comment: options.comment || undefined, form: options.formJson },
			what: 'approved',
			judge: decidedOnce('PASS', 'APPROVED', input),
			already: options.alreadyDecided === 'continue' ? 'APPROVED' : undefined,
		}),
});
