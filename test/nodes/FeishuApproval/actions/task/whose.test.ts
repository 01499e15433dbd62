import type { INodeParameters } from 'n8n-workflow';

import { ACCOUNTANT, APPROVER, COLLEAGUE, type User } from '../../../../../sandbox';
import { CONTINUE_ON_FAIL, Deciding, entry, LOST, task } from './deciding';

const deciding = new Deciding();
const UNKNOWN = /^It is not known whether the task was /;
const FORM = {
	formJson: '[{"id":"w","type":"input","value":"x"}]',
	options: { skipCheck: true },
};
const extOf = (kinds: object) => JSON.stringify(kinds);

describe('Resubmit: an answer was lost, and the call was not carried out', () => {
	const START = { node_id: 'START' };
	beforeEach(() => Object.assign(deciding.instance.task_list[0], START));

	it('a withdrawal at that moment is no success', async () => {
		deciding.loseAnd('resubmitTask', () => {
			deciding.end('1', 'DONE');
			deciding.instance.status = 'CANCELED';
			deciding.instance.timeline.push(entry('CANCEL', ACCOUNTANT));
		});
		const { error } = await deciding.run('resubmit', FORM);
		expect(error?.message).toMatch(UNKNOWN);
		expect(deciding.calls('resubmitTask')).toEqual([1, 0]);
	});

	it.each([
		['another person', COLLEAGUE, {}],
		['this person, long ago', ACCOUNTANT, { create_time: '1' }],
	])('a submission by %s is none by this call', async (_who, by, more) => {
		deciding.loseAnd('resubmitTask', () => deciding.end('1', 'DONE', by, 'START', more));
		const { error } = await deciding.run('resubmit', FORM);
		expect(error?.description).toContain('task 1) is DONE.');
		expect(deciding.calls('resubmitTask')).toEqual([2, 0]);
	});

	it('a submission for another task is none for this one', async () => {
		deciding.loseAnd('resubmitTask', () => {
			deciding.end('1', 'DONE');
			deciding.instance.timeline.push(entry('START', ACCOUNTANT, { task_id: '0' }));
		});
		expect((await deciding.run('resubmit', FORM)).error?.message).toMatch(UNKNOWN);
	});

	it('nobody knows where the timeline does not say for which task it was', async () => {
		deciding.loseAnd('resubmitTask', () => {
			deciding.end('1', 'DONE');
			deciding.instance.timeline.push(entry('START', ACCOUNTANT));
		});
		expect((await deciding.run('resubmit', FORM)).error?.message).toMatch(UNKNOWN);
	});
});

const VERDICTS = [
	['approve', 'approveTask', 'APPROVED', 'PASS'],
	['reject', 'rejectTask', 'REJECTED', 'REJECT'],
] as const;

describe.each(VERDICTS)('%s: what somebody else did', (operation, endpoint, status, type) => {
	const ofColleague: INodeParameters = { taskId: '2' };
	beforeEach(() => deciding.instance.task_list.push(task('2', COLLEAGUE)));

	it.each([
		['the timeline says who', type],
		['the timeline is empty', undefined],
	])('to a task of their own is not ours: %s', async (_when, told) => {
		deciding.loseAnd(endpoint, () => deciding.end('2', status, COLLEAGUE, told));
		const { error } = await deciding.run(operation, ofColleague);
		expect(error?.description).toContain(`task 2) is ${status}.`);
		expect(deciding.calls(endpoint)).toEqual([2, 0]);
	});

	it.each([
		['the timeline says who', type],
		['the timeline is empty', undefined],
	])('cannot be told apart with union IDs, and the text says so: %s', async (_when, told) => {
		deciding.loseAnd(endpoint, () => deciding.end('2', status, COLLEAGUE, told));
		const ids = { userIdType: 'union_id', userId: ACCOUNTANT.union_id };
		const { error } = await deciding.run(operation, { ...ofColleague, ...ids });
		expect(error?.message).toMatch(UNKNOWN);
		expect(error?.description).toMatch(
			/No instance carries union IDs\..*With open IDs or user IDs/,
		);
		expect(deciding.calls(endpoint)).toEqual([1, 0]);
	});

	it('is no reason to give up with union IDs as long as the task is open', async () => {
		deciding.harness.sandbox.faults.add({ on: endpoint, fault: LOST });
		const ids = { userIdType: 'union_id', userId: ACCOUNTANT.union_id };
		const { error } = await deciding.run(operation, { taskId: '1', ...ids });
		expect(error).toBeUndefined();
		expect(deciding.calls(endpoint)).toEqual([2, 1]);
	});

	it('nor is a decision of this person that names no task, as long as this task is open', async () => {
		deciding.loseAnd(endpoint, () => deciding.instance.timeline.push(entry(type, ACCOUNTANT)));
		const { error } = await deciding.run(operation, { taskId: '1' });
		expect(error).toBeUndefined();
		expect(deciding.calls(endpoint)).toEqual([2, 1]);
	});

	it('nor is what this person did long ago', async () => {
		deciding.loseAnd(endpoint, () =>
			deciding.end('1', status, ACCOUNTANT, type, { create_time: '1' }),
		);
		const { error } = await deciding.run(operation, { taskId: '1' });
		expect(error?.description).toContain(`task 1) is ${status}.`);
		expect(deciding.calls(endpoint)).toEqual([2, 0]);
	});

	it('nor what this person did long ago by the task alone', async () => {
		deciding.loseAnd(endpoint, () => {
			deciding.end('1', status);
			deciding.instance.task_list[0].end_time = '1';
		});
		const { error } = await deciding.run(operation, { taskId: '1' });
		expect(error?.description).toContain(`task 1) is ${status}.`);
	});

	it.each(['AUTO_PASS', 'AUTO_REJECT', 'REMOVE_REPEAT', 'ADD_APPROVER_AFTER', 'TRANSFER'])(
		'nor the same status, where the timeline says that it is of another kind (%s)',
		async (other) => {
			deciding.loseAnd(endpoint, () => deciding.end('1', status, ACCOUNTANT, other));
			const { error } = await deciding.run(operation, { taskId: '1' });
			expect(error?.description).toContain(`task 1) is ${status}.`);
			expect(deciding.calls(endpoint)).toEqual([2, 0]);
		},
	);

	it.each([
		['long ago, as the task tells', { end_time: '1' }, [2, 0]],
		['nobody knows when', { end_time: '0' }, [1, 0]],
	])('nor what this person did by an entry without a time: %s', async (_when, ended, calls) => {
		deciding.loseAnd(endpoint, () => {
			deciding.end('1', status, ACCOUNTANT, type, { create_time: '' });
			Object.assign(deciding.instance.task_list[0], ended);
		});
		const { error } = await deciding.run(operation, { taskId: '1' });
		if (calls[0] === 1) expect(error?.message).toMatch(UNKNOWN);
		else expect(error?.description).toContain(`task 1) is ${status}.`);
		expect(deciding.calls(endpoint)).toEqual(calls);
	});

	it('but an entry without a time is, where the task ended just now', async () => {
		deciding.loseAnd(endpoint, () =>
			deciding.end('1', status, ACCOUNTANT, type, { create_time: '' }),
		);
		const { json, error } = await deciding.run(operation, { taskId: '1' });
		expect(error).toBeUndefined();
		expect(json('Task')).toMatchObject([{ success: true, task_id: '1' }]);
		expect(deciding.calls(endpoint)).toEqual([1, 0]);
	});

	it('but a task of this person tells by its status where the timeline is empty', async () => {
		deciding.loseAnd(endpoint, () => deciding.end('1', status));
		const { json, error } = await deciding.run(operation, { taskId: '1' });
		expect(error).toBeUndefined();
		expect(json('Task')).toMatchObject([{ success: true, task_id: '1' }]);
	});
});

describe('Roll Back: what somebody did meanwhile', () => {
	const MANAGER = { node_id: 'm', node_name: 'Manager' };
	const BOSS = { node_id: 'b', node_name: 'Boss' };
	const TO_MANAGER = { rollBackTo: 'nodes', nodeKeys: 'Manager' };
	beforeEach(() => {
		const { instance } = deciding;
		instance.task_list.unshift(
			task('8', APPROVER, { status: 'APPROVED', ...MANAGER }),
			task('9', APPROVER, { status: 'APPROVED', ...BOSS }),
		);
		const passed = { create_time: '1' };
		instance.timeline.push(
			entry('PASS', APPROVER, { ...passed, task_id: '8', node_key: 'KEY_M' }),
			entry('PASS', APPROVER, { ...passed, task_id: '9', node_key: 'KEY_B' }),
		);
	});

	/** Somebody sends the approval back to a node. */
	function sendBack(by: User, type: string, to: object): void {
		deciding.end('1', 'DONE', by, type);
		deciding.instance.task_list.push(
			task('10', APPROVER, { start_time: String(Date.now()), ...to }),
		);
	}

	it.each([
		['by another person', { rollBackTo: 'start' }, COLLEAGUE, 'ROLLBACK', {}],
		['to other nodes', TO_MANAGER, ACCOUNTANT, 'ROLLBACK_SELECTED', BOSS],
		['to nodes, not to the start', { rollBackTo: 'start' }, ACCOUNTANT, 'ROLLBACK_SELECTED', BOSS],
		['to the start, not to nodes', TO_MANAGER, ACCOUNTANT, 'ROLLBACK', { node_id: 'START' }],
	])('%s is not ours', async (_what, parameters, by, type, to) => {
		deciding.loseAnd('rollBack', () => sendBack(by, type, to));
		const { error } = await deciding.run('rollBack', parameters);
		expect(error?.description).toContain('task 1) is DONE.');
		expect(deciding.calls('rollBack')).toEqual([2, 0]);
	});

	it('to the same node by this person is', async () => {
		deciding.loseAnd('rollBack', () => sendBack(ACCOUNTANT, 'ROLLBACK_SELECTED', MANAGER));
		const { json } = await deciding.run('rollBack', TO_MANAGER);
		expect(json('Task')).toMatchObject([{ success: true, node_keys: ['KEY_M'] }]);
	});

	it('to nodes that do not show is not known', async () => {
		deciding.loseAnd('rollBack', () => deciding.end('1', 'DONE', ACCOUNTANT, 'ROLLBACK_SELECTED'));
		expect((await deciding.run('rollBack', TO_MANAGER)).error?.message).toMatch(UNKNOWN);
	});
});

describe('Add Approver', () => {
	const ADD = { addSignUserIds: COLLEAGUE.open_id, addSignType: 'parallel' };
	const TWO = { ...ADD, addSignUserIds: `${COLLEAGUE.open_id},${APPROVER.open_id}` };

	it('what another item has added is not taken for an addition that was lost', async () => {
		const { faults } = deciding.harness.sandbox;
		faults.add({ on: 'addSign', skip: 1, fault: LOST });
		const { json, error } = await deciding.run('addApprover', ADD, [{}, {}]);
		expect(error).toBeUndefined();
		expect(json('Task')[1].note).toMatch(/was sent again/);
		expect(deciding.calls('addSign')).toEqual([3, 2]);
	});

	it('nor what the same item has added in an earlier round of a loop', async () => {
		const { engine, sandbox } = deciding.harness;
		sandbox.faults.add({ on: 'addSign', skip: 1, fault: LOST });
		const to = (node: string) => ({ main: [[{ node, type: 'main' as const, index: 0 }]] });
		const connections = { Start: to('Task'), Task: to('Again'), Again: to('Task') };
		const again = { name: 'Again', type: 'thrice', parameters: { to: 'Task' } };
		const loop = [deciding.step('addApprover', ADD), again];
		const { error } = await engine.run(loop, [{ to: 'Task' }], connections);
		expect(error).toBeUndefined();
		expect(deciding.calls('addSign')).toEqual([4, 3]);
	});

	it('nor while nobody knows what became of that', async () => {
		const { faults } = deciding.harness.sandbox;
		faults.add({ on: 'addSign', fault: { kind: 'reset', when: 'after' } });
		const denied = { code: 1390003, msg: 'instance code not found' };
		faults.add({ on: 'get', skip: 1, fault: { kind: 'answer', status: 400, body: denied } });
		faults.add({ on: 'addSign', fault: LOST });
		const { json } = await deciding.run('addApprover', ADD, [{}, {}], CONTINUE_ON_FAIL);
		expect(json('Task').map(({ error }) => error)).toEqual([
			expect.stringMatching(UNKNOWN),
			expect.stringMatching(UNKNOWN),
		]);
		expect(deciding.calls('addSign')).toEqual([2, 1]);
	});

	it.each([
		['names nobody', {}],
		['names people without their user IDs', { open_id_list: [COLLEAGUE.open_id] }],
		['names one of them without a user ID', { user_id_list: ['', APPROVER.user_id] }],
		[
			'names more people than it has user IDs',
			{
				user_id_list: [APPROVER.user_id],
				open_id_list: [COLLEAGUE.open_id, APPROVER.open_id],
			},
		],
	])('nobody knows where the timeline %s', async (_what, ext) => {
		deciding.loseAnd('addSign', () =>
			deciding.instance.timeline.push(
				entry('ADD_APPROVER', ACCOUNTANT, { task_id: '1', ext: extOf(ext) }),
			),
		);
		const { error } = await deciding.run('addApprover', TWO);
		expect(error?.message).toMatch(UNKNOWN);
		expect(deciding.calls('addSign')).toEqual([1, 0]);
	});

	it.each([
		['by another person', APPROVER, [COLLEAGUE.user_id]],
		['of other people', ACCOUNTANT, [APPROVER.user_id]],
		['of more people', ACCOUNTANT, [APPROVER.user_id, COLLEAGUE.user_id]],
	])('an addition %s is not ours', async (_what, by, ids) => {
		const more = { task_id: '1', ext: extOf({ user_id_list: ids }) };
		deciding.loseAnd('addSign', () =>
			deciding.instance.timeline.push(entry('ADD_APPROVER', by, more)),
		);
		const { error } = await deciding.run('addApprover', ADD);
		expect(error).toBeUndefined();
		expect(deciding.calls('addSign')).toEqual([2, 1]);
	});
});
