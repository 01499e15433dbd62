import {
	ACCOUNTANT,
	APPROVER,
	COLLEAGUE,
	EXPENSE_INSTANCE,
	INITIATOR,
	type Endpoint,
	type Sandbox,
} from '../../../sandbox';
import type { Row } from '../row';
import { CODE, PEOPLE, REQUIRED_PERSON, TEXT, USER_ID_TYPE } from './badInput';

const approval = EXPENSE_INSTANCE.approval_code!;
const instance = EXPENSE_INSTANCE.instance_code!;
const [done, open] = EXPENSE_INSTANCE.task_list!;
const FORM = '[{"id":"widget1","type":"input","value":"changed"}]';

/** What all of these fields have in common. */
const TASK = {
	approvalCode: approval,
	instanceCode: instance,
	userId: ACCOUNTANT.union_id,
	userIdType: 'union_id',
	taskId: open.id,
};
const BODY = {
	approval_code: approval,
	instance_code: instance,
	user_id: ACCOUNTANT.union_id,
	task_id: open.id,
};
const query = { user_id_type: 'union_id' } as const;
const BAD_TASK = {
	approvalCode: CODE,
	instanceCode: CODE,
	userId: REQUIRED_PERSON,
	userIdType: USER_ID_TYPE,
	taskId: {
		values: [...TEXT.values, 'two words', '1,2', 'x'.repeat(65)],
		message: /^(is |cannot be right)/,
	},
};
const BAD_CHOICE = { values: ['', 'both', null, 1], message: /^is not one that Feishu knows$/ };
const BAD_FORM = {
	values: ['', '{}', '{', '[]', '[1]', '[{"name":"no id"}]', 7, true],
	message: /^(is not a list of form fields|is not valid JSON)/,
};

const carriedOut = (endpoint: Endpoint) => (sandbox: Sandbox) =>
	sandbox.calls(endpoint).filter((call) => call.carriedOut).length;

const path = (end: string) => `/open-apis/approval/v4/${end}`;

/** An approval that was sent back to who submitted it. */
function returned(sandbox: Sandbox): typeof BODY {
	const instance_code = 'A11E0000-0000-4000-8000-00000000BACC';
	const start = { ...open, ...INITIATOR, id: '7301', node_id: 'START', node_name: 'Start' };
	if (!sandbox.instances.has(instance_code)) {
		sandbox.addInstance({ ...EXPENSE_INSTANCE, instance_code, task_list: [done, start] });
	}
	return { approval_code: approval, instance_code, user_id: INITIATOR.union_id, task_id: '7301' };
}

const decision = (name: 'approve' | 'reject', words: RegExp): Row => ({
	resource: 'task',
	operation: name,
	isReading: false,
	endpoint: `${name}Task`,
	sample: () => ({
		...TASK,
		options: { alreadyDecided: 'continue', comment: 'fine', formJson: FORM },
	}),
	request: () => ({
		method: 'POST',
		path: path(`tasks/${name}`),
		query,
		body: { ...BODY, comment: 'fine', form: FORM },
	}),
	sdk: async (client) =>
		await client.approval.v4.task[name]({
			params: query,
			data: { ...BODY, comment: 'fine', form: FORM },
		}),
	effects: carriedOut(`${name}Task`),
	badInput: { ...BAD_TASK, alreadyDecided: BAD_CHOICE, comment: TEXT, formJson: BAD_FORM },
	atDefault: {},
	words,
});

export const approve = decision('approve', /moves the approval on/);
export const reject = decision('reject', /ends the approval/);

export const transfer: Row = {
	resource: 'task',
	operation: 'transfer',
	isReading: false,
	endpoint: 'transferTask',
	sample: () => ({
		...TASK,
		transferUserId: COLLEAGUE.union_id,
		options: { comment: 'please decide' },
	}),
	request: () => ({
		method: 'POST',
		path: path('tasks/transfer'),
		query,
		body: { ...BODY, transfer_user_id: COLLEAGUE.union_id, comment: 'please decide' },
	}),
	sdk: async (client) =>
		await client.approval.v4.task.transfer({
			params: query,
			data: { ...BODY, transfer_user_id: COLLEAGUE.union_id, comment: 'please decide' },
		}),
	effects: carriedOut('transferTask'),
	badInput: { ...BAD_TASK, transferUserId: REQUIRED_PERSON, comment: TEXT },
	atDefault: {},
	words: /decides instead and is notified/,
};

export const resubmit: Row = {
	resource: 'task',
	operation: 'resubmit',
	isReading: false,
	endpoint: 'resubmitTask',
	sample(sandbox) {
		const { instance_code: instanceCode, user_id: userId, task_id: taskId } = returned(sandbox);
		const own = { instanceCode, userId, taskId, formJson: FORM };
		return { ...TASK, ...own, options: { comment: 'again' } };
	},
	request: (sandbox) => ({
		method: 'POST',
		path: path('tasks/resubmit'),
		query,
		body: { ...returned(sandbox), form: FORM, comment: '{"text":"again"}' },
	}),
	sdk: async (client, sandbox) =>
		await client.approval.v4.task.resubmit({
			params: query,
			data: { ...returned(sandbox), form: FORM, comment: '{"text":"again"}' },
		}),
	effects: carriedOut('resubmitTask'),
	badInput: { ...BAD_TASK, formJson: BAD_FORM, comment: TEXT },
	atDefault: {},
	words: /sent back to its initiator/,
};

const rollBackBody = {
	user_id: ACCOUNTANT.union_id,
	task_id: open.id,
	task_def_key_list: ['APPROVAL_240330_4058663'],
	reason: 'once more',
};

export const rollBack: Row = {
	resource: 'task',
	operation: 'rollBack',
	isReading: false,
	endpoint: 'rollBack',
	sample: () => ({
		...TASK,
		rollBackTo: 'nodes',
		nodeKeys: 'Manager',
		options: { reason: 'once more' },
	}),
	request: () => ({
		method: 'POST',
		path: path('instances/specified_rollback'),
		query,
		body: rollBackBody,
	}),
	sdk: async (client) =>
		await client.approval.v4.instance.specifiedRollback({ params: query, data: rollBackBody }),
	effects: carriedOut('rollBack'),
	badInput: {
		...BAD_TASK,
		rollBackTo: BAD_CHOICE,
		nodeKeys: { values: [[7], ['a', ''], 'a,,b', '{a}'], message: /names no node/ },
		reason: TEXT,
	},
	atDefault: {},
	words: /who decide again/,
};

const addBody = {
	approval_code: approval,
	instance_code: instance,
	user_id: ACCOUNTANT.user_id,
	task_id: open.id,
	add_sign_user_ids: [COLLEAGUE.user_id, APPROVER.user_id],
	add_sign_type: 1,
	approval_method: 1,
	comment: 'have a look',
};

export const addApprover: Row = {
	resource: 'task',
	operation: 'addApprover',
	isReading: false,
	endpoint: 'addSign',
	sample: () => ({
		...TASK,
		addSignUserIds: `${COLLEAGUE.union_id},${APPROVER.union_id}`,
		addSignType: 'before',
		approvalMethod: 'or',
		options: { comment: 'have a look' },
	}),
	request: () => ({
		method: 'POST',
		path: path('instances/add_sign'),
		query: {},
		body: addBody,
	}),
	sdk: async (client) => await client.approval.v4.instance.addSign({ data: addBody }),
	effects: carriedOut('addSign'),
	badInput: {
		...BAD_TASK,
		addSignUserIds: PEOPLE,
		addSignType: BAD_CHOICE,
		approvalMethod: { values: ['both', null, 1], message: /^is not one that Feishu knows$/ },
		comment: TEXT,
	},
	atDefault: {},
	words: /they are notified/,
};

export const cancel: Row = {
	resource: 'instance',
	operation: 'cancel',
	isReading: false,
	endpoint: 'cancel',
	sample: () => ({
		approvalCode: approval,
		instanceCode: instance,
		userId: INITIATOR.union_id,
		userIdType: 'union_id',
	}),
	request: () => ({
		method: 'POST',
		path: path('instances/cancel'),
		query,
		body: { approval_code: approval, instance_code: instance, user_id: INITIATOR.union_id },
	}),
	sdk: async (client) =>
		await client.approval.v4.instance.cancel({
			params: query,
			data: { approval_code: approval, instance_code: instance, user_id: INITIATOR.union_id },
		}),
	effects: carriedOut('cancel'),
	badInput: {
		approvalCode: CODE,
		instanceCode: CODE,
		userId: REQUIRED_PERSON,
		userIdType: USER_ID_TYPE,
	},
	atDefault: {},
	words: /this ends it/,
};
