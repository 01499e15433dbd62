import type { ResourceMapperValue } from 'n8n-workflow';
import { randomUUID } from 'node:crypto';

import { ACCOUNTANT, COLLEAGUE, type Sandbox } from '../../../sandbox';
import type { BadInput, Case, Row } from '../row';
import { CHOICE, CODE, LOCALE, REQUIRED_PERSON, SWITCH, TEXT, USER_ID_TYPE } from './badInput';
import { addPerson } from './people';
import { get, post } from './wires';

const APPROVAL = '/open-apis/approval/v4';
const ACCOUNTING = '3f2a1b9c8d7e6f504132435465768798';
const MANAGER = 'b078ffd28db767c502ac367053f6e0ac';

/** What the fields of a form refuse. */
const FORM: BadInput = {
	values: ['', '{}', '{', '[]', '7', 7, true, null],
	message: /^(is neither an object nor a list|is empty|is not valid JSON)/,
};

const NODES: BadInput = {
	values: ['', ' ', '{{ $json.a }}', 'undefined'],
	message: /^number 1: Node is /,
	within: (node) => ({ node: [{ node, people: COLLEAGUE.user_id }] }),
};

const MAPPED: BadInput = {
	values: ['text', 7, true],
	message: /^holds no values by the names of fields/,
	within: (value) => mapped(value as never),
};

/** Bad input for the fields of a form. */
export const FORM_FIELDS = {
	formMode: { ...CHOICE, values: ['none', null, 1] },
	formFields: MAPPED,
	formJson: FORM,
};

/** What the editor stores for the fields of a form. */
export const mapped = (value: ResourceMapperValue['value']): ResourceMapperValue => ({
	mappingMode: 'defineBelow',
	value,
	matchingColumns: [],
	schema: [],
	attemptToConvertTypes: false,
	convertFieldsToString: false,
});

/** A definition with one field, and a person who may start it. */
export function startable(sandbox: Sandbox) {
	const text = `about ${randomUUID()}`;
	const form = [{ id: 'widget1', type: 'input', name: 'Subject' }];
	const { approval_code } = sandbox.addDefinition({ form });
	return {
		approval_code,
		person: addPerson(sandbox),
		fields: { formMode: 'fields', formFields: mapped({ Subject: text }) },
		json: { formMode: 'json', formJson: JSON.stringify({ Subject: text }) },
		sent: JSON.stringify([{ id: 'widget1', type: 'input', value: text }]),
		definition: get(`${APPROVAL}/approvals/${approval_code}`, { with_option: 'true' }),
	};
}

function createCase(sandbox: Sandbox, how: 'fields' | 'json'): Case {
	const { approval_code, person, sent, definition, ...form } = startable(sandbox);
	const uuid = randomUUID();
	const data = {
		approval_code,
		user_id: person.user_id,
		department_id: '9293493ccacbdb9a',
		form: sent,
		uuid,
		node_approver_user_id_list: [{ key: ACCOUNTING, value: [ACCOUNTANT.user_id] }],
		node_cc_user_id_list: [{ key: MANAGER, value: [COLLEAGUE.user_id] }],
		node_auto_approval_list: [{ node_id_type: 'NON_CUSTOM' as const, node_id: MANAGER }],
		allow_resubmit: true,
		allow_submit_again: true,
		cancel_bot_notification: '5',
		forbid_revoke: true,
		title: '@i18n@title',
		title_display_method: 1,
		i18n_resources: [
			{
				locale: 'en-US' as const,
				is_default: true,
				texts: [{ key: '@i18n@title', value: `My ${uuid}` }],
			},
		],
		with_link: true,
	};
	return {
		sample: {
			approvalCode: approval_code,
			userId: person.user_id,
			userIdType: 'user_id',
			...form[how],
			options: {
				allowResubmit: true,
				allowSubmitAgain: true,
				autoApproveNodes: 'Manager',
				departmentId: '9293493ccacbdb9a',
				forbidRevoke: true,
				locale: 'en-US',
				muteBot: 'approved, withdrawn',
				nodeApprovers: { node: [{ node: 'Accounting', people: ACCOUNTANT.user_id }] },
				nodeCcs: { node: [{ node: 'manager', people: COLLEAGUE.user_id }] },
				skipCheck: false,
				title: `My ${uuid}`,
				titleDisplayMethod: 'titleOnly',
				uuid,
			},
		},
		requests: [definition, post(`${APPROVAL}/instances`, {}, data)],
		sdk: async ({ approval: { v4 } }) => {
			await v4.approval.get({ path: { approval_code }, params: { with_option: true } });
			await v4.instance.create({ data });
		},
		effects: () => [[...sandbox.instances.values()].filter((one) => one.uuid === uuid).length],
	};
}

const REFUSED = {
	code: 1390015,
	msg: 'approval is not active',
	status: 400,
	words: /is disabled/,
};

export const createInstance: Row = {
	resource: 'instance',
	operation: 'create',
	variants: (['fields', 'json'] as const).map((how) => ({
		title: how === 'fields' ? 'field by field' : 'as JSON',
		endpoint: 'create',
		afterLoss: 'reads back',
		differs: ['instance_link'],
		make: (sandbox) => createCase(sandbox, how),
		refusal: REFUSED,
	})),
	badInput: {
		approvalCode: CODE,
		userId: REQUIRED_PERSON,
		userIdType: USER_ID_TYPE,
		...FORM_FIELDS,
		allowResubmit: SWITCH,
		allowSubmitAgain: SWITCH,
		autoApproveNodes: { values: ['1,2,3,4,5,6,7,8,9,10,11'], message: /^names 11 nodes$/ },
		departmentId: TEXT,
		forbidRevoke: SWITCH,
		locale: LOCALE,
		muteBot: { values: ['all', 7, ['approved', 'x']], message: /^holds / },
		nodeApprovers: NODES,
		nodeCcs: NODES,
		skipCheck: SWITCH,
		title: TEXT,
		titleDisplayMethod: { ...CHOICE, values: ['', 'none', null, 1] },
		uuid: { values: ['', ' ', null, {}, ['a'], 'x'.repeat(65)], message: /^(is |has 65)/ },
	},
	atDefault: { skipCheck: 'with it, the definition is not read: tried in create.test.ts' },
	words: /asked to decide/,
};
