import type { IDataObject } from 'n8n-workflow';

import { objectsIn, orNull } from '../../../../approval/json';
import { Problem } from '../../../../approval/problem';
import { callOf, ENDPOINTS } from '../../../../feishu/endpoints';
import { defineOperation } from '../defineOperation';
import { choiceField } from '../fields/choices';
import { enteredApprovalCode, instanceCode } from '../fields/codes';
import { optional, optionalText, reworded } from '../fields/field';
import { person, userIdType } from '../fields/people';
import { locale } from '../fields/simple';
import { taskId } from '../fields/tasks';
import { definitionOf } from '../form/definition';
import { fillIn } from '../form/fillIn';
import { namingField } from '../form/namedField';
import { checkForm, departmentId, formFieldsShown } from '../form/formFields';

const OF_FORM = { previewOf: ['form'] };
const OF_TASK = { show: { previewOf: ['task'] } };

/** What would happen is asked before it is submitted, or while a task is open. */
const previewOf = choiceField(
	[
		{ name: 'A New Approval', value: 'form' },
		{ name: 'An Open Task', value: 'task' },
	],
	{
		displayName: 'Preview Of',
		default: 'form',
		description: 'Whether to ask before it is submitted, or what comes after an open task',
	},
);

const orEmpty = (value: unknown) => orNull(value) as string | null;

function nodeOf(node: IDataObject): IDataObject {
	return {
		node_id: orEmpty(node.node_id),
		custom_node_id: orEmpty(node.custom_node_id),
		node_name: orEmpty(node.node_name),
		node_type: orEmpty(node.node_type),
		user_ids: node.user_id_list ?? [],
		cc_user_ids: node.end_cc_id_list ?? [],
		is_empty: node.is_empty_logic === true,
		is_free_choice: node.is_approver_type_free === true,
	};
}

/** Instance: Preview: who would decide and who would be copied; nothing is submitted (API sheet 4.3). */
export const preview = defineOperation({
	resource: 'instance',
	operation: 'preview',
	title: 'Preview Instance',
	option: {
		name: 'Preview',
		action: 'Preview approval instance',
		description: 'See who would decide an approval and who would be copied; nothing is submitted',
	},
	fields: {
		previewOf,
		approvalCode: reworded(optionalText(enteredApprovalCode), {
			required: false,
			displayOptions: { show: OF_FORM },
		}),
		instanceCode: reworded(optionalText(instanceCode), {
			required: false,
			displayOptions: OF_TASK,
		}),
		userId: reworded(person, {
			displayName: 'Person',
			default: '',
			description:
				'Who would submit it, or whose task it is: an ID, email address or mobile number',
		}),
		userIdType: reworded(userIdType, { description: 'Kind of the IDs to ask by and to return' }),
		taskId: reworded(taskId, {
			description: 'An open task of this person, as Get Instance or an event gives it',
			displayOptions: OF_TASK,
		}),
		...formFieldsShown('fields', OF_FORM),
	},
	options: {
		departmentId,
		locale: optional(locale),
	},
	concurrency: () => 3,
	check(input) {
		const empty = (name: string) =>
			new Problem(
				`${name} is empty`,
				`Enter a value for ${name}. If it is an expression, check that the incoming item has that field.`,
			);
		if (input.previewOf === 'form') {
			if (input.approvalCode === undefined) return empty('Approval Code');
			return checkForm(input);
		}
		if (input.instanceCode === undefined) return empty('Instance Code');
		return input.taskId === '' ? empty('Task ID') : undefined;
	},
	async execute(feishu, input) {
		const { options, userId, userIdType: kind } = input;
		const common = { user_id: userId, locale: options.locale };
		const isNew = input.previewOf === 'form';
		const { fields } = isNew ? await definitionOf(feishu, input.approvalCode!) : { fields: [] };
		const body: IDataObject = isNew
			? {
					...common,
					approval_code: input.approvalCode,
					department_id: options.departmentId || undefined,
					form: await fillIn(feishu, fields, input),
				}
			: { ...common, instance_code: input.instanceCode, task_id: input.taskId };
		const call = callOf(ENDPOINTS.previewInstance, { qs: { user_id_type: kind }, body });
		const data = await namingField(fields, async () => await feishu.read(call));
		return { nodes: objectsIn(data.preview_nodes).map(nodeOf) };
	},
});
