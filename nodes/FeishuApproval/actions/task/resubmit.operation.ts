import { ENDPOINTS } from '../../../../feishu/endpoints';
import { defineOperation } from '../defineOperation';
import { comment, formJson, TASK_FIELDS } from '../fields/tasks';
import { reworded } from '../fields/field';
import { decide } from './decide';
import { checkTask } from './findTask';

/** Task: Resubmit: submits an approval again that was sent back to its initiator (API sheet 4.4). */
export const resubmit = defineOperation({
	resource: 'task',
	operation: 'resubmit',
	title: 'Resubmit Task',
	option: {
		name: 'Resubmit',
		action: 'Resubmit a task',
		description: 'Submit an approval again, with a new form, that was sent back to its initiator',
	},
	fields: {
		...TASK_FIELDS,
		userId: reworded(TASK_FIELDS.userId, {
			displayName: 'Initiator',
			description:
				'The person to whom the approval was sent back: an ID, email address or mobile number',
		}),
		formJson: reworded(formJson, { required: true }),
	},
	options: { comment },
	check: checkTask,
	execute: async (feishu, { options, formJson: form, ...input }) =>
		await decide(feishu, input, {
			endpoint: ENDPOINTS.resubmitTask,
			body: {
				form,
				// Here alone the comment is JSON text.
				comment: options.comment ? JSON.stringify({ text: options.comment }) : undefined,
			},
			what: 'resubmitted',
			evidence: { types: ['START'] },
		}),
});
