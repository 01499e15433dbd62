import { ACCOUNTANT, APPROVER, COLLEAGUE, serverError } from '../../../../../sandbox';
import { setClock } from '../../../../engine/machineClock';
import { CONTINUE_ON_FAIL, Deciding, LOST, RETRY_ON_FAIL, task } from './deciding';

const deciding = new Deciding();
const UNKNOWN = /^It is not known whether/;
const NODE_2 = { node_id: 'node2', node_name: 'Payment' };
const THREE = [{}, {}, {}];

describe('equal items', () => {
	beforeEach(() => {
		deciding.instance.nextNodes = [[task('2', ACCOUNTANT, NODE_2)]];
	});

	it('decide one open task each, and the one too many says why not', async () => {
		const { json } = await deciding.run('approve', {}, THREE, CONTINUE_ON_FAIL);
		expect(json('Task')).toMatchObject([
			{ success: true, task_id: '1' },
			{ success: true, task_id: '2' },
			{ error: 'This person has no open task in this approval' },
		]);
		expect(json('Task')[2].description).toContain('the approval is APPROVED');
		expect(deciding.calls('approveTask')).toEqual([2, 2]);
	});

	it('decide nothing again that Feishu still shows as open', async () => {
		deciding.showLate('approveTask', 2);
		const { json } = await deciding.run('approve', {}, [...THREE, {}], CONTINUE_ON_FAIL);
		const late = /This execution has decided .*task 1\) already/;
		expect(json('Task')).toMatchObject([
			{ success: true, task_id: '1' },
			{ description: expect.stringMatching(late) },
			{ description: expect.stringMatching(late) },
			{ success: true, task_id: '2' },
		]);
		expect(deciding.calls('approveTask')).toEqual([2, 2]);
	});

	it('send nothing for a task of which nobody knows whether another item decided it', async () => {
		const { faults } = deciding.harness.sandbox;
		faults.add({ on: 'approveTask', fault: LOST });
		faults.add({ on: 'get', skip: 1, times: 4, fault: serverError(502) });
		const { json } = await deciding.run('approve', {}, [{}, {}], CONTINUE_ON_FAIL);
		expect(json('Task')).toMatchObject([
			{ error: expect.stringMatching(UNKNOWN) },
			{ error: expect.stringMatching(UNKNOWN) },
		]);
		expect(json('Task')[1].description).toMatch(/An earlier decision of this execution .*task 1\)/);
		expect(deciding.calls('approveTask')).toEqual([1, 0]);
	});

	it('trust the instance again once it had time to show what another item did', async () => {
		const { faults } = deciding.harness.sandbox;
		faults.add({ on: 'approveTask', fault: LOST });
		faults.add({ on: 'get', skip: 1, times: 4, fault: serverError(502) });
		faults.add({
			on: ({ endpoint }) => endpoint === 'get' && deciding.calls('approveTask')[0] > 0,
			fault: { kind: 'run', do: () => setClock(121_000) },
		});
		const { json } = await deciding.run('approve', {}, [{}, {}], CONTINUE_ON_FAIL);
		jest.restoreAllMocks();
		expect(json('Task')).toMatchObject([
			{ error: expect.stringMatching(UNKNOWN) },
			{ success: true, task_id: '1' },
		]);
		expect(deciding.calls('approveTask')).toEqual([2, 1]);
	});

	it('are not blamed where the node was changed and retried after a decision nobody knows of', async () => {
		const { faults } = deciding.harness.sandbox;
		faults.add({ on: 'approveTask', fault: { kind: 'reset', when: 'after' } });
		faults.add({ on: 'get', skip: 1, times: 4, fault: serverError(502) });
		deciding.showLate('approveTask', 2);
		const stopped = await deciding.run('approve');
		expect(stopped.error?.message).toMatch(UNKNOWN);
		const changed = deciding.step('approve', { options: { comment: 'now with a word' } });
		const { error } = await deciding.harness.engine.retry([changed], stopped);
		expect(error?.message).toMatch(UNKNOWN);
		expect(error?.description).toMatch(
			/An earlier decision of this execution about it got no answer/,
		);
		expect(error?.description).not.toContain('nother item');
		expect(deciding.calls('approveTask')).toEqual([1, 1]);
	});

	it('are each done once where the node is tried again', async () => {
		const { faults } = deciding.harness.sandbox;
		faults.add({ on: 'approveTask', fault: { kind: 'reset', when: 'after' } });
		faults.add({ on: 'get', skip: 1, times: 4, fault: serverError(502) });
		const { json, error } = await deciding.run('approve', {}, [{}, {}], RETRY_ON_FAIL);
		expect(error).toBeUndefined();
		expect(json('Task')).toMatchObject([{ task_id: '1' }, { task_id: '2' }]);
		expect(deciding.calls('approveTask')).toEqual([2, 2]);
	});

	it('do not take the decision of one for that of another, with the same Task ID', async () => {
		deciding.harness.sandbox.faults.add({ on: 'approveTask', skip: 1, fault: LOST });
		const { json } = await deciding.run('approve', { taskId: '1' }, [{}, {}], CONTINUE_ON_FAIL);
		expect(json('Task')[0]).toMatchObject({ success: true });
		expect(json('Task')[1].description).toContain('task 1) is APPROVED.');
		expect(deciding.calls('approveTask')).toEqual([3, 1]);
	});

	it('nor where the timeline does not show that decision', async () => {
		deciding.harness.sandbox.faults.add({ on: 'approveTask', skip: 1, fault: LOST });
		deciding.harness.sandbox.faults.add({
			on: ({ endpoint }) => endpoint === 'get' && deciding.calls('approveTask')[0] > 1,
			fault: { kind: 'run', do: () => void deciding.instance.timeline.splice(0) },
		});
		const { json } = await deciding.run('approve', { taskId: '1' }, [{}, {}], CONTINUE_ON_FAIL);
		expect(json('Task')[1].description).toContain('task 1) is APPROVED.');
		expect(deciding.calls('approveTask')).toEqual([3, 1]);
	});

	it('are enough for one another with Continue', async () => {
		const parameters = { taskId: '1', options: { alreadyDecided: 'continue' } };
		deciding.instance.nextNodes = [[task('2', COLLEAGUE)]];
		const { json } = await deciding.run('approve', parameters, [{}, {}]);
		expect(json('Task')).toMatchObject([{ success: true }, { success: true, already: true }]);
		expect(deciding.calls('approveTask')[1]).toBe(1);
	});
});

describe('an item before it that has changed more than its own task', () => {
	const both = [{ who: ACCOUNTANT.open_id }, { who: COLLEAGUE.open_id }];
	const byItem = { userId: '={{ $json.who }}' };

	it('a node where one suffices is read again', async () => {
		deciding.instance.task_list = [
			task('1', ACCOUNTANT, { type: 'OR' }),
			task('2', COLLEAGUE, { type: 'OR' }),
		];
		deciding.instance.nextNodes = [[task('3', COLLEAGUE, NODE_2)]];
		const { json, error } = await deciding.run('approve', byItem, both);
		expect(error).toBeUndefined();
		expect(json('Task')).toMatchObject([{ task_id: '1' }, { task_id: '3' }]);
		expect(deciding.calls('approveTask')).toEqual([2, 2]);
	});

	it('a rejection ends all: nothing is sent for the others', async () => {
		deciding.instance.task_list.push(task('2', COLLEAGUE));
		const { json } = await deciding.run('reject', byItem, both, CONTINUE_ON_FAIL);
		expect(json('Task')[1].error).toBe('This person has no open task in this approval');
		expect(deciding.calls('rejectTask')).toEqual([1, 1]);
	});

	it('an approver who was added before decides first', async () => {
		const add = { addSignUserIds: APPROVER.open_id, addSignType: 'before', approvalMethod: 'or' };
		const { json } = await deciding.run('addApprover', add, [{}, {}], CONTINUE_ON_FAIL);
		expect(json('Task')[1].error).toBe('This person has no open task in this approval');
		expect(deciding.calls('addSign')).toEqual([1, 1]);
	});

	it('an approver who was added beside leaves the task open', async () => {
		const people = [{ who: APPROVER.open_id }, { who: COLLEAGUE.open_id }];
		const add = { addSignUserIds: '={{ $json.who }}', addSignType: 'parallel' };
		const { error } = await deciding.run('addApprover', add, people);
		expect(error).toBeUndefined();
		expect(deciding.calls('addSign')).toEqual([2, 2]);
	});
});

describe('a first try that shows late', () => {
	const TWO_TRIES = { ...RETRY_ON_FAIL, maxTries: 2 };
	const VERDICTS = [
		['approve', 'approveTask'],
		['reject', 'rejectTask'],
	] as const;

	it.each(VERDICTS)('is no refusal with Retry On Fail (%s)', async (operation, endpoint) => {
		const { faults } = deciding.harness.sandbox;
		faults.add({ on: endpoint, fault: { kind: 'reset', when: 'after' } });
		const isLost = () => deciding.calls(endpoint)[0] > 0;
		// The first try cannot read the instance, the second sees it as it was.
		faults.add({
			on: ({ endpoint: asked }) => asked === 'get' && isLost(),
			times: 4,
			fault: serverError(502),
		});
		deciding.showLate(endpoint, 3);
		const { json, error } = await deciding.run(operation, {}, [{}], TWO_TRIES);
		expect(error).toBeUndefined();
		expect(json('Task')).toMatchObject([{ success: true, task_id: '1' }]);
		expect(deciding.calls(endpoint)).toEqual([2, 1]);
	});

	it.each(VERDICTS)(
		'is not called refused where it cannot be read (%s)',
		async (name, endpoint) => {
			const { faults } = deciding.harness.sandbox;
			faults.add({ on: endpoint, fault: { kind: 'reset', when: 'after' } });
			deciding.showLate(endpoint, 2);
			const isRefused = () => deciding.calls(endpoint)[0] > 1;
			faults.add({
				on: ({ endpoint: asked }) => asked === 'get' && isRefused(),
				times: 100,
				fault: serverError(502),
			});
			const { error } = await deciding.run(name);
			expect(error?.message).toMatch(UNKNOWN);
			expect(deciding.calls(endpoint)).toEqual([2, 1]);
		},
	);
});
