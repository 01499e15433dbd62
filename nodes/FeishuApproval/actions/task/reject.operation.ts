import { defineOperation } from '../defineOperation';
import { optional, reworded } from '../fields/field';
import { comment, formJson, TASK_FIELDS } from '../fields/tasks';
import { ENDPOINTS } from '../../../../feishu/endpoints';
import { alreadyDecided } from './alreadyDecided';
import { decide } from './decide';
import { checkTask } from './findTask';
import { decidedOnce } from './taskSearch';

/** Task: Reject: says no in the name of an approver (API sheet 4.4). */
export const reject = defineOperation({
	resource: 'task',
	operation: 'reject',
	title: 'Reject Task',
	notice: 'A decision cannot be taken back by this node.',
	option: {
		name: 'Reject',
		action: 'Reject a task',
		description: 'Reject a task in the name of its approver; this ends the approval',
	},
	fields: {
		...TASK_FIELDS,
		userId: reworded(TASK_FIELDS.userId, {
			description:
				'The person in whose name it is rejected, which ends the approval: an ID, email address or mobile number',
		}),
	},
	options: { alreadyDecided, comment, formJson: optional(formJson) },
	check: checkTask,
	execute: async (feishu, { options, ...input }) =>
		await decide(feishu, input, {
			endpoint: ENDPOINTS.rejectTask,
			body: { comment: options.comment || undefined, form: options.formJson },
			what: 'rejected',
			judge: decidedOnce('REJECT', 'REJECTED', input),
			already: options.alreadyDecided === 'continue' ? 'REJECTED' : undefined,
		}),
});
