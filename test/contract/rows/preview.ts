import type { Row, Variant } from '../row';
import { CHOICE, CODE, LOCALE, REQUIRED_PERSON, TEXT, USER_ID_TYPE } from './badInput';
import { FORM_FIELDS, startable } from './create';
import { post } from './wires';

const PREVIEW = '/open-apis/approval/v4/instances/preview';
const params = { user_id_type: 'union_id' } as const;

export const preview: Row = {
	resource: 'instance',
	operation: 'preview',
	variants: [
		...(['fields', 'json'] as const).map((how): Variant => ({
			title: how === 'fields' ? 'of a form, field by field' : 'of a form as JSON',
			endpoint: 'preview',
			afterLoss: 'repeats',
			make(sandbox) {
				const { approval_code, person, sent, definition, ...form } = startable(sandbox);
				const data = {
					user_id: person.union_id,
					locale: 'en-US' as const,
					approval_code,
					department_id: '9293493ccacbdb9a',
					form: sent,
				};
				return {
					sample: {
						previewOf: 'form',
						approvalCode: approval_code,
						userId: person.union_id,
						userIdType: 'union_id',
						...form[how],
						options: { departmentId: '9293493ccacbdb9a', locale: 'en-US' },
					},
					requests: [definition, post(PREVIEW, params, data)],
					sdk: async ({ approval: { v4 } }) => {
						await v4.approval.get({ path: { approval_code }, params: { with_option: true } });
						await v4.instance.preview({ params, data });
					},
				};
			},
			refusal: {
				code: 1390002,
				msg: 'approval code not found',
				status: 400,
				words: /not found/,
			},
		})),
		{
			title: 'of a task',
			endpoint: 'preview',
			afterLoss: 'repeats',
			make(sandbox) {
				const { person } = startable(sandbox);
				const { open_id, user_id, union_id } = person;
				const task = { start_time: '1', end_time: '0', node_id: 'n', node_name: 'N', type: 'AND' };
				const id = `7${user_id}`;
				const { instance_code } = sandbox.addInstance({
					task_list: [{ id, open_id, user_id, status: 'PENDING', ...task }],
				});
				const data = { user_id: union_id, instance_code, task_id: id };
				return {
					sample: {
						previewOf: 'task',
						instanceCode: instance_code,
						userId: union_id,
						userIdType: 'union_id',
						taskId: id,
					},
					requests: [post(PREVIEW, params, data)],
					sdk: async ({ approval: { v4 } }) => await v4.instance.preview({ params, data }),
				};
			},
			refusal: { code: 1390003, msg: 'instance code not found', status: 400, words: /not found/ },
		},
	],
	badInput: {
		previewOf: CHOICE,
		approvalCode: CODE,
		instanceCode: CODE,
		userId: REQUIRED_PERSON,
		userIdType: USER_ID_TYPE,
		taskId: TEXT,
		...FORM_FIELDS,
		departmentId: TEXT,
		locale: LOCALE,
	},
	words: /nothing is submitted/,
};
