import { randomInt } from 'node:crypto';

import type { Endpoint, Instance, Sandbox, Task } from '../../../sandbox';
import type { BadInput, Case, Row } from '../row';
import { CODE, PEOPLE, REQUIRED_PERSON, SWITCH, TEXT, USER_ID_TYPE } from './badInput';
import { FORM_FIELDS, mapped } from './create';
import { addPerson } from './people';
import { get, post } from './wires';

const APPROVAL = '/open-apis/approval/v4';
/** By union IDs, an instance does not tell who decided: what became of a lost answer stays unknown. */
const params = { user_id_type: 'user_id' } as const;
const UNION_IDS = { user_id_type: 'union_id' } as const;
const REFUSAL = {
	code: 1390010,
	msg: 'task not found',
	status: 400,
	words: /was not found.*Open/s,
};

const BAD_TASK: Record<string, BadInput> = {
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

/** An approval with one open task, in the words of the node and in those of the API. */
function pending(sandbox: Sandbox, more: Partial<Task> = {}) {
	const person = addPerson(sandbox);
	const { open_id, user_id } = person;
	const id = String(randomInt(1e14, 2.8e14));
	const node = { node_id: `node-${id}`, node_name: `Node ${id}`, type: 'AND' };
	const instance = sandbox.addInstance({
		status: 'PENDING',
		open_id,
		user_id,
		timeline: [],
		task_list: [
			{ id, open_id, user_id, status: 'PENDING', start_time: '1', end_time: '0', ...node, ...more },
		],
	});
	const { approval_code, instance_code } = instance;
	const codes = { approval_code, instance_code };
	return {
		person,
		instance,
		sample: {
			approvalCode: approval_code,
			instanceCode: instance_code,
			userId: user_id,
			userIdType: 'user_id',
			taskId: id,
		},
		codes,
		body: { ...codes, user_id, task_id: id },
		form: JSON.stringify([{ id: 'widget1', type: 'input', value: `form ${id}` }]),
	};
}

/** How often the timeline says that this was done. */
const entries =
	({ timeline }: Instance, wanted: string) =>
	() => [timeline.filter(({ type }) => type === wanted).length];

/** A row of which all variants are about one endpoint of tasks. */
const taskRow = (
	operation: string,
	endpoint: Endpoint,
	words: RegExp,
	badInput: Record<string, BadInput>,
	make: (sandbox: Sandbox) => Case,
): Row => ({
	resource: 'task',
	operation,
	variants: [{ endpoint, afterLoss: 'reads back', make, refusal: REFUSAL }],
	badInput: { ...BAD_TASK, ...badInput },
	words,
});

const decision = (name: 'approve' | 'reject', entry: string, words: RegExp): Row =>
	taskRow(
		name,
		`${name}Task`,
		words,
		{ alreadyDecided: BAD_CHOICE, comment: TEXT, formJson: BAD_FORM },
		(sandbox) => {
			const { instance, sample, body, form } = pending(sandbox);
			const data = { ...body, comment: 'fine', form };
			return {
				sample: {
					...sample,
					options: { alreadyDecided: 'continue', comment: 'fine', formJson: form },
				},
				requests: [post(`${APPROVAL}/tasks/${name}`, params, data)],
				sdk: async ({ approval: { v4 } }) => await v4.task[name]({ params, data }),
				effects: entries(instance, entry),
			};
		},
	);

export const approve = decision('approve', 'PASS', /moves the approval on/);
export const reject = decision('reject', 'REJECT', /ends the approval/);

export const transfer = taskRow(
	'transfer',
	'transferTask',
	/decides instead and is notified/,
	{ transferUserId: REQUIRED_PERSON, comment: TEXT },
	(sandbox) => {
		const { instance, sample, body } = pending(sandbox);
		const { user_id: to } = addPerson(sandbox);
		const data = { ...body, transfer_user_id: to, comment: 'please decide' };
		return {
			sample: { ...sample, transferUserId: to, options: { comment: 'please decide' } },
			requests: [post(`${APPROVAL}/tasks/transfer`, params, data)],
			sdk: async ({ approval: { v4 } }) => await v4.task.transfer({ params, data }),
			effects: entries(instance, 'TRANSFER'),
		};
	},
);

function resubmitCase(sandbox: Sandbox, how: 'fields' | 'json'): Case {
	const { instance, sample: usual, body: codes, form } = pending(sandbox, { node_id: 'START' });
	const fields = [{ id: 'widget1', type: 'input', name: 'Subject' }];
	const { approval_code } = sandbox.addDefinition({ form: fields });
	instance.approval_code = approval_code;
	const sample = { ...usual, approvalCode: approval_code };
	const data = { ...codes, approval_code, form, comment: '{"text":"again"}' };
	const entered = {
		fields: { formFields: mapped({ Subject: `form ${usual.taskId}` }) },
		json: { formJson: form },
	};
	return {
		sample: {
			...sample,
			formMode: how,
			...entered[how],
			options: { comment: 'again', skipCheck: false },
		},
		requests: [
			get(`${APPROVAL}/approvals/${approval_code}`, { with_option: 'true' }),
			post(`${APPROVAL}/tasks/resubmit`, params, data),
		],
		sdk: async ({ approval: { v4 } }) => {
			const path = { approval_code };
			await v4.approval.get({ path, params: { with_option: true } });
			await v4.task.resubmit({ params, data });
		},
		effects: entries(instance, 'START'),
	};
}

export const resubmit: Row = {
	resource: 'task',
	operation: 'resubmit',
	variants: (['json', 'fields'] as const).map((how) => ({
		title: how === 'fields' ? 'field by field' : 'as JSON',
		endpoint: 'resubmitTask',
		afterLoss: 'reads back',
		make: (sandbox) => resubmitCase(sandbox, how),
		refusal: REFUSAL,
	})),
	badInput: { ...BAD_TASK, ...FORM_FIELDS, skipCheck: SWITCH, comment: TEXT },
	words: /sent back/,
	atDefault: { skipCheck: 'with it, the definition is not read: tried in resubmit.test.ts' },
};

export const rollBack = taskRow(
	'rollBack',
	'rollBack',
	/decide again/,
	{
		rollBackTo: BAD_CHOICE,
		nodeKeys: { values: [[7], ['a', ''], 'a,,b', '{a}'], message: /names no node/ },
		reason: TEXT,
	},
	(sandbox) => {
		const { instance, person, sample, codes } = pending(sandbox);
		const key = `KEY_${sample.taskId}`;
		const passed = { ...instance.task_list[0], id: `${sample.taskId}0`, node_name: `First ${key}` };
		instance.task_list.unshift({ ...passed, status: 'APPROVED' });
		const { user_id, open_id } = person;
		const entry = { type: 'PASS', create_time: '1', ext: '', user_id, open_id, node_key: key };
		instance.timeline.push({ ...entry, task_id: passed.id });
		const data = {
			user_id: sample.userId,
			task_id: sample.taskId,
			task_def_key_list: [key],
			reason: 'once more',
		};
		return {
			sample: {
				...sample,
				rollBackTo: 'nodes',
				nodeKeys: `First ${key}`,
				options: { reason: 'once more' },
			},
			requests: [
				get(`${APPROVAL}/instances/${codes.instance_code}`),
				post(`${APPROVAL}/instances/specified_rollback`, params, data),
			],
			sdk: async ({ approval: { v4 } }) => {
				await v4.instance.get({ path: { instance_id: codes.instance_code } });
				await v4.instance.specifiedRollback({ params, data });
			},
			effects: entries(instance, 'ROLLBACK_SELECTED'),
		};
	},
);

export const addApprover = taskRow(
	'addApprover',
	'addSign',
	/they are notified/i,
	{
		addSignUserIds: PEOPLE,
		addSignType: BAD_CHOICE,
		approvalMethod: { values: ['both', null, 1], message: /^is not one that Feishu knows$/ },
		comment: TEXT,
	},
	(sandbox) => {
		const { instance, person, sample, codes } = pending(sandbox);
		const added = [addPerson(sandbox), addPerson(sandbox)];
		const user_ids = [person, ...added].map(({ union_id }) => union_id);
		const data = {
			...codes,
			user_id: person.user_id,
			task_id: sample.taskId,
			add_sign_user_ids: added.map(({ user_id }) => user_id),
			add_sign_type: 1,
			approval_method: 1,
			comment: 'have a look',
		};
		return {
			sample: {
				...sample,
				userId: person.union_id,
				userIdType: 'union_id',
				addSignUserIds: added.map(({ union_id }) => union_id).join(),
				addSignType: 'before',
				approvalMethod: 'or',
				options: { comment: 'have a look' },
			},
			requests: [
				get('/open-apis/contact/v3/users/batch', { user_ids, ...UNION_IDS }),
				post(`${APPROVAL}/instances/add_sign`, {}, data),
			],
			sdk: async ({ contact, approval: { v4 } }) => {
				await contact.v3.user.batch({ params: { user_ids, ...UNION_IDS } });
				await v4.instance.addSign({ data });
			},
			effects: entries(instance, 'ADD_APPROVER_BEFORE'),
		};
	},
);

export const cancel: Row = {
	resource: 'instance',
	operation: 'cancel',
	variants: [
		{
			endpoint: 'cancel',
			afterLoss: 'reads back',
			make(sandbox) {
				const { instance, sample, codes } = pending(sandbox);
				const { approvalCode, instanceCode, userId, userIdType } = sample;
				const own = { approvalCode, instanceCode, userId, userIdType };
				const data = { ...codes, user_id: own.userId };
				return {
					sample: own,
					requests: [post(`${APPROVAL}/instances/cancel`, params, data)],
					sdk: async ({ approval: { v4 } }) => await v4.instance.cancel({ params, data }),
					effects: entries(instance, 'CANCEL'),
				};
			},
			refusal: {
				code: 1395210,
				msg: 'Instance has been reverted',
				status: 400,
				words: /was withdrawn/,
			},
		},
	],
	badInput: {
		approvalCode: CODE,
		instanceCode: CODE,
		userId: REQUIRED_PERSON,
		userIdType: USER_ID_TYPE,
	},
	words: /ends it/,
};
