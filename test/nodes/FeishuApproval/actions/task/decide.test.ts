import type { IDataObject, INodeParameters } from 'n8n-workflow';

import {
	ACCOUNTANT,
	APPROVER,
	businessError,
	COLLEAGUE,
	INITIATOR,
	serverError,
	type Endpoint,
	type Instance,
	type Task,
	type User,
} from '../../../../../sandbox';
import type { Outcome, Step } from '../../../../engine/engine';
import { startHarness, type Harness } from '../../../../engine/harness';
import { tunable } from '../../../../engine/tunable';

const { TIMEOUTS } = tunable();
const RETRY_ON_FAIL = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
const DONE = 'According to the instance, this was done; nothing was sent again.';

let harness: Harness;
let instance: Instance;
beforeEach(async () => {
	Object.assign(TIMEOUTS, { pauseMs: 1, settleMs: 10, lateMs: 10 });
	harness = await startHarness();
	instance = harness.sandbox.addInstance({
		status: 'PENDING',
		end_time: '0',
		user_id: INITIATOR.user_id,
		open_id: INITIATOR.open_id,
		timeline: [],
		task_list: [task('1', ACCOUNTANT)],
	});
});
afterEach(async () => await harness.close());

function task(id: string, { open_id, user_id }: User, more: Partial<Task> = {}): Task {
	const node = { node_id: 'node1', node_name: 'Accounting', type: 'AND' };
	return {
		id,
		open_id,
		user_id,
		status: 'PENDING',
		start_time: '1',
		end_time: '0',
		...node,
		...more,
	};
}

/** A node that decides for the accountant, with open IDs, unless `parameters` say otherwise. */
function step(operation: string, parameters: INodeParameters = {}, more: Partial<Step> = {}): Step {
	return {
		name: 'Task',
		parameters: {
			resource: 'task',
			operation,
			approvalCode: instance.approval_code,
			instanceCode: instance.instance_code,
			userId: ACCOUNTANT.open_id,
			...parameters,
		},
		...more,
	};
}

const run = async (
	operation: string,
	parameters: INodeParameters = {},
	input: IDataObject[] = [{}],
): Promise<Outcome> => await harness.engine.run([step(operation, parameters)], input);

const made = (endpoint: Endpoint) =>
	harness.sandbox.calls(endpoint).filter(({ carriedOut }) => carriedOut).length;
const statusOf = (id: string) => instance.task_list.find((one) => one.id === id)?.status;

describe('an empty Task ID', () => {
	it('means the open task of this person', async () => {
		instance.task_list.unshift(task('0', ACCOUNTANT, { status: 'APPROVED' }));
		instance.task_list.push(task('2', COLLEAGUE));
		const { json, error } = await run('approve', { options: { comment: 'fine' } });
		expect(error).toBeUndefined();
		expect(json('Task')).toEqual([
			{
				success: true,
				approval_code: instance.approval_code,
				instance_code: instance.instance_code,
				task_id: '1',
				user_id: ACCOUNTANT.open_id,
				user_id_type: 'open_id',
			},
		]);
		expect([statusOf('1'), statusOf('2')]).toEqual(['APPROVED', 'PENDING']);
		expect(instance.timeline).toMatchObject([{ type: 'PASS', task_id: '1', comment: 'fine' }]);
	});

	it('is found by email address, too', async () => {
		const { error } = await run('reject', { userId: ACCOUNTANT.email! });
		expect(error).toBeUndefined();
		expect(instance.status).toBe('REJECTED');
	});

	it('says whose turn it is where this person has none', async () => {
		const { error } = await run('approve', { userId: COLLEAGUE.open_id });
		expect(error?.message).toBe('This person has no open task in this approval');
		expect(error?.description).toContain(
			`Open now: Accounting (${ACCOUNTANT.open_id}, task 1). Nothing was sent`,
		);
		expect(harness.sandbox.calls('approveTask')).toEqual([]);
	});

	it('says how the approval stands where nobody has one', async () => {
		instance.task_list = [];
		instance.status = 'APPROVED';
		const { error } = await run('approve');
		expect(error?.description).toContain('No task is open; the approval is APPROVED.');
	});

	it('lists them where the person has several', async () => {
		instance.task_list.push(task('2', ACCOUNTANT));
		const { error } = await run('approve');
		expect(error?.message).toBe('Task ID is empty, and this person has several open tasks');
		expect(error?.description).toMatch(/task 1\).*task 2\)/);
		expect(harness.sandbox.calls('approveTask')).toEqual([]);
	});

	it('cannot be found with union IDs, and says so', async () => {
		const { error } = await run('approve', {
			userIdType: 'union_id',
			userId: ACCOUNTANT.union_id,
		});
		expect(error?.message).toBe('Task ID is empty, and with union IDs it cannot be found');
		expect(harness.sandbox.journal).toEqual([]);
	});

	it('reads the instance once for several items, and again where a task may have opened', async () => {
		instance.task_list.push(task('2', COLLEAGUE));
		instance.nextNodes = [[task('3', APPROVER, { node_id: 'node2' })]];
		const people = [ACCOUNTANT, COLLEAGUE, APPROVER].map(({ open_id }) => ({ who: open_id }));
		const { json } = await run('approve', { userId: '={{ $json.who }}' }, people);
		expect(json('Task')).toMatchObject([{ task_id: '1' }, { task_id: '2' }, { task_id: '3' }]);
		expect(harness.sandbox.calls('get')).toHaveLength(2);
		expect(instance.status).toBe('APPROVED');
	});

	it('is read again after an approver was added before this one', async () => {
		const add = { addSignUserIds: COLLEAGUE.open_id, addSignType: 'before', approvalMethod: 'or' };
		expect((await run('addApprover', add)).error).toBeUndefined();
		expect(statusOf('1')).toBe('DONE');
		expect((await run('approve', { userId: COLLEAGUE.open_id })).error).toBeUndefined();
		const { json } = await run('transfer', { transferUserId: APPROVER.open_id });
		expect(json('Task')).toMatchObject([{ success: true, transfer_user_id: APPROVER.open_id }]);
		expect(json('Task')[0].task_id).not.toBe('1');
	});
});

describe('a task that is not open any more', () => {
	beforeEach(() => {
		instance.task_list = [task('1', ACCOUNTANT, { status: 'APPROVED' }), task('2', COLLEAGUE)];
	});

	it('is explained: its state, and whose turn it is', async () => {
		const { error } = await run('approve', { taskId: '1' });
		expect(error?.description).toContain(
			`The task of Accounting (${ACCOUNTANT.open_id}, task 1) is APPROVED.`,
		);
		expect(error?.description).toContain(`Open now: Accounting (${COLLEAGUE.open_id}, task 2).`);
		expect(error?.context?.data).toMatchObject({ code: 1390010 });
	});

	it.each([{ taskId: '1' }, {}])('is enough where that was asked for (%j)', async (which) => {
		const { json, error } = await run('approve', {
			...which,
			options: { alreadyDecided: 'continue' },
		});
		expect(error).toBeUndefined();
		expect(json('Task')).toMatchObject([{ success: true, already: true, task_id: '1' }]);
	});

	it('is not enough if it was decided in another sense', async () => {
		const { error } = await run('reject', { options: { alreadyDecided: 'continue' } });
		expect(error?.message).toBe('This person has no open task in this approval');
	});
});

/** Every decision, what is asked for, and how the platform can tell that it was made. */
const DECISIONS: Array<[string, Endpoint, INodeParameters]> = [
	['approve', 'approveTask', {}],
	['reject', 'rejectTask', {}],
	['transfer', 'transferTask', { transferUserId: COLLEAGUE.open_id }],
	['addApprover', 'addSign', { addSignUserIds: COLLEAGUE.open_id, addSignType: 'parallel' }],
	['addApprover', 'addSign', { addSignUserIds: COLLEAGUE.open_id, addSignType: 'after' }],
	['rollBack', 'rollBack', { rollBackTo: 'start' }],
	['resubmit', 'resubmitTask', { formJson: '[{"id":"w","type":"input","value":"x"}]' }],
];

describe.each(DECISIONS)('%s (%s): an answer that got lost', (operation, endpoint, parameters) => {
	beforeEach(() => {
		if (operation !== 'resubmit') return;
		instance.task_list[0].node_id = 'START';
		const form = [{ id: 'w', type: 'input', name: 'Reason' }];
		harness.sandbox.addDefinition({ approval_code: instance.approval_code, form });
	});

	it('after the work: it is found, and nothing is sent again', async () => {
		harness.sandbox.faults.add({ on: endpoint, fault: { kind: 'reset', when: 'after' } });
		const { json, error } = await run(operation, parameters);
		expect(error).toBeUndefined();
		expect(json('Task')).toMatchObject([
			{ success: true, task_id: '1', note: expect.stringContaining(DONE) },
		]);
		expect(harness.sandbox.calls(endpoint)).toHaveLength(1);
	});

	it('before the work: it is sent once more', async () => {
		harness.sandbox.faults.add({ on: endpoint, fault: { kind: 'reset', when: 'before' } });
		const { error } = await run(operation, parameters);
		expect(error).toBeUndefined();
		expect(harness.sandbox.calls(endpoint)).toHaveLength(2);
		expect(made(endpoint)).toBe(1);
	});

	// Feishu may let the same person be added beside an approver twice: there nobody can tell.
	const once = parameters.addSignType === 'parallel' ? undefined : it;
	once?.('after the work, which shows late: the refusal of the second is no refusal', async () => {
		harness.sandbox.faults.add({ on: endpoint, fault: { kind: 'reset', when: 'after' } });
		const before = structuredClone({ ...instance });
		let looks = 0;
		harness.sandbox.faults.add({
			on: (entry) => {
				if (entry.endpoint !== 'get' || harness.sandbox.calls(endpoint).length === 0) return false;
				return ++looks <= 2;
			},
			times: 2,
			fault: { kind: 'answer', status: 200, body: { code: 0, data: before } },
		});
		const { json, error } = await run(operation, parameters);
		expect(error).toBeUndefined();
		expect(json('Task')).toMatchObject([{ success: true, task_id: '1' }]);
		expect(harness.sandbox.calls(endpoint)).toHaveLength(2);
		expect(made(endpoint)).toBe(1);
	});

	it('and cannot be looked for: tried again, it is found by the task of the first try', async () => {
		harness.sandbox.faults.add({ on: endpoint, fault: { kind: 'reset', when: 'after' } });
		let reads = 0;
		harness.sandbox.faults.add({
			on: (entry) => entry.endpoint === 'get' && ++reads > 1 && reads < 6,
			times: 4,
			fault: serverError(502),
		});
		const { json, error } = await harness.engine.run([step(operation, parameters, RETRY_ON_FAIL)]);
		expect(error).toBeUndefined();
		expect(json('Task')).toMatchObject([{ success: true, task_id: '1' }]);
		expect(made(endpoint)).toBe(1);
	});
});

describe('what others do at the same moment', () => {
	const lost = { kind: 'reset', when: 'before' } as const;

	it('is not taken for a decision of this person', async () => {
		harness.sandbox.faults.add({ on: 'approveTask', fault: lost });
		harness.sandbox.faults.add({
			on: ({ endpoint }) => {
				if (endpoint !== 'get' || harness.sandbox.calls('approveTask').length === 0) return false;
				instance.task_list[0].status = 'REJECTED';
				const entry = { type: 'REJECT', create_time: '1', task_id: '1', ext: '' };
				instance.timeline.push({ ...entry, open_id: ACCOUNTANT.open_id });
				return false;
			},
			fault: lost,
		});
		const { error } = await run('approve');
		expect(error?.description).toContain('is REJECTED');
		expect(made('approveTask')).toBe(0);
	});

	it('a transfer to somebody else is not ours', async () => {
		harness.sandbox.faults.add({ on: 'transferTask', fault: lost });
		harness.sandbox.faults.add({
			on: ({ endpoint }) => {
				if (endpoint !== 'get' || harness.sandbox.calls('transferTask').length === 0) return false;
				instance.task_list[0].status = 'TRANSFERRED';
				const ext = JSON.stringify({ open_id_list: [APPROVER.open_id] });
				const entry = { type: 'TRANSFER', create_time: '1', task_id: '1', ext };
				instance.timeline.push({ ...entry, open_id: ACCOUNTANT.open_id });
				return false;
			},
			fault: lost,
		});
		const { error } = await run('transfer', { transferUserId: COLLEAGUE.open_id });
		expect(error?.description).toContain('is TRANSFERRED');
	});
});

describe('Roll Back', () => {
	beforeEach(() => {
		instance.task_list = [
			task('1', APPROVER, { status: 'APPROVED', node_name: 'Manager', node_id: 'm' }),
			task('2', ACCOUNTANT),
		];
		const passed = { type: 'PASS', create_time: '1', ext: '', task_id: '1', node_key: 'KEY_M' };
		instance.timeline = [{ ...passed, user_id: APPROVER.user_id }];
	});

	it.each(['Manager', 'KEY_M', '={{ ["Manager"] }}'])('finds the node by %s', async (nodeKeys) => {
		const { json, error } = await run('rollBack', { rollBackTo: 'nodes', nodeKeys });
		expect(error).toBeUndefined();
		expect(json('Task')).toMatchObject([{ success: true, node_keys: ['KEY_M'] }]);
		expect(instance.task_list.at(-1)).toMatchObject({
			status: 'PENDING',
			open_id: APPROVER.open_id,
		});
	});

	it('names the nodes that were passed where none fits', async () => {
		const { error } = await run('rollBack', { rollBackTo: 'nodes', nodeKeys: 'Boss' });
		expect(error?.message).toBe('Nodes: "Boss" is no node that was passed');
		expect(error?.description).toContain('Passed so far: Manager (KEY_M).');
		expect(harness.sandbox.calls('rollBack')).toEqual([]);
	});

	it('is refused for nodes without one', async () => {
		const { error } = await run('rollBack', { rollBackTo: 'nodes', nodeKeys: '={{ "" }}' });
		expect(error?.message).toBe('Nodes is empty');
		expect(harness.sandbox.journal).toEqual([]);
	});
});

describe('Add Approver', () => {
	const add = { addSignUserIds: `${COLLEAGUE.open_id}, ${APPROVER.email!}`, addSignType: 'after' };

	it('sends user IDs, whatever the kind of those entered', async () => {
		const { json, error } = await run('addApprover', { ...add, approvalMethod: 'sequential' });
		expect(error).toBeUndefined();
		expect(harness.sandbox.calls('addSign')[0].body).toMatchObject({
			user_id: ACCOUNTANT.user_id,
			add_sign_user_ids: [COLLEAGUE.user_id, APPROVER.user_id],
			add_sign_type: 2,
			approval_method: 3,
		});
		expect(json('Task')).toMatchObject([
			{ user_id: ACCOUNTANT.open_id, add_sign_user_ids: [COLLEAGUE.open_id, APPROVER.open_id] },
		]);
	});

	it('says which scopes it needs where the app may not see user IDs', async () => {
		const app = [...harness.sandbox.apps.values()][0];
		app.scopes = app.scopes.filter((scope) => scope !== 'contact:user.employee_id:readonly');
		const { error } = await run('addApprover', { ...add, approvalMethod: 'or' });
		expect(error?.message).toBe(`No user ID was found for "${ACCOUNTANT.open_id}"`);
		expect(error?.description).toContain('contact:user.employee_id:readonly');
		expect(harness.sandbox.calls('addSign')).toEqual([]);
	});
});

describe('Cancel Instance', () => {
	const cancel = async (more: Partial<Step> = {}) =>
		await harness.engine.run([
			step('cancel', { resource: 'instance', userId: INITIATOR.open_id }, more),
		]);

	it('withdraws the approval', async () => {
		const { json } = await cancel();
		expect(json('Task')).toMatchObject([{ success: true, user_id: INITIATOR.open_id }]);
		expect(instance.status).toBe('CANCELED');
	});

	it.each([
		['after', 1],
		['before', 2],
	] as const)('is done once where an answer got lost %s the work', async (when, calls) => {
		harness.sandbox.faults.add({ on: 'cancel', fault: { kind: 'reset', when } });
		const { error } = await cancel();
		expect(error).toBeUndefined();
		expect(harness.sandbox.calls('cancel')).toHaveLength(calls);
		expect(made('cancel')).toBe(1);
	});

	it('is refused for anybody else', async () => {
		const { error } = await harness.engine.run([step('cancel', { resource: 'instance' })]);
		expect(error?.message).toBe('The approval does not allow this operation');
	});

	it('tells that it was withdrawn before', async () => {
		harness.sandbox.faults.add({ on: 'cancel', fault: businessError(1395210, 'reverted') });
		const { error } = await cancel();
		expect(error?.message).toBe('The approval instance was withdrawn');
	});
});
