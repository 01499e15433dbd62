import { ENDPOINTS } from '../../../../feishu/endpoints';
import { defineOperation } from '../defineOperation';
import { reworded } from '../fields/field';
import { comment, TASK_FIELDS } from '../fields/tasks';
import { definitionOf } from '../form/definition';
import { fillIn } from '../form/fillIn';
import { checkForm, formJson, skipCheck } from '../form/formFields';
import { decide } from './decide';
import { checkTask } from './findTask';
import { readFirst } from '../../../../feishu/client/readFirst';

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
		formJson,
	},
	options: { comment, skipCheck },
	check: (input) => checkTask(input) ?? checkForm(input),
	async execute(feishu, { options, formJson: entered, ...input }) {
		const form = options.skipCheck
			? JSON.stringify(entered)
			: await readFirst(feishu, async () => {
					const { fields } = await definitionOf(feishu, input.approvalCode);
					return await fillIn(feishu, fields, entered);
				});
		return await decide(feishu, input, {
			endpoint: ENDPOINTS.resubmitTask,
			body: {
				form,
				// Here alone the comment is JSON text.
				comment: options.comment ? JSON.stringify({ text: options.comment }) : undefined,
			},
			what: 'resubmitted',
			evidence: { types: ['START'] },
		});
	},
});
