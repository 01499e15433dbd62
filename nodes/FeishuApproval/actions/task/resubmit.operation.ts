import { ENDPOINTS } from '../../../../feishu/endpoints';
import { defineOperation } from '../defineOperation';
import { reworded } from '../fields/field';
import { comment, TASK_FIELDS } from '../fields/tasks';
import { definitionOf } from '../form/definition';
import { fillIn } from '../form/fillIn';
import { namingField } from '../form/namedField';
import { checkForm, formFieldsShown, skipCheck } from '../form/formFields';
import { prepareForms } from '../form/prepareForms';
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
		// The code comes with the item as a rule: the panel has no fields to show then.
		...formFieldsShown('json'),
	},
	options: { comment, skipCheck },
	check: (input) => checkTask(input) ?? checkForm(input, input.options.skipCheck),
	prepare: async (items) => await prepareForms(items),
	async execute(feishu, input) {
		const { options } = input;
		const { form, fields } = options.skipCheck
			? { form: JSON.stringify(input.formJson), fields: [] }
			: await readFirst(feishu, async () => {
					const { fields } = await definitionOf(feishu, input.approvalCode);
					return { fields, form: await fillIn(feishu, fields, input) };
				});
		const resubmitted = {
			endpoint: ENDPOINTS.resubmitTask,
			body: {
				form,
				// Here alone the comment is JSON text.
				comment: options.comment ? JSON.stringify({ text: options.comment }) : undefined,
			},
			what: 'resubmitted',
			evidence: { types: ['START'] },
		};
		return await namingField(fields, async () => await decide(feishu, input, resubmitted));
	},
});
