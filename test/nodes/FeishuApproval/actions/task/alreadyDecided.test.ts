import { ACCOUNTANT, businessError, COLLEAGUE, serverError } from '../../../../../sandbox';
import { Deciding, entry, task } from './deciding';

const deciding = new Deciding();
const CONTINUE = { options: { alreadyDecided: 'continue' } };
const REFUSED = /no open task|was not found/;

const at = (second: number) => String(1_700_000_000_000 + second * 1000);
const ended = (status: string, second: number) => ({ status, end_time: at(second) });

/** Without a Task ID, and with that of the task that was decided first. */
const WAYS = [{}, { taskId: '1' }];

describe.each(WAYS)('Already Decided: Continue (%j)', (which) => {
	beforeEach(() => {
		deciding.instance.task_list = [
			task('1', ACCOUNTANT, ended('APPROVED', 10)),
			task('2', COLLEAGUE),
		];
	});

	const approve = async () => await deciding.run('approve', { ...which, ...CONTINUE });

	async function expectRefused(): Promise<void> {
		const { error } = await approve();
		expect(error?.message).toMatch(/no open task|several open tasks|was not found/);
		expect(deciding.calls('approveTask')[1]).toBe(0);
	}

	async function expectEnough(id = '1'): Promise<void> {
		const { json, error } = await approve();
		expect(error).toBeUndefined();
		expect(json('Task')).toMatchObject([{ success: true, already: true, task_id: id }]);
	}

	it('is enough where it stands', expectEnough);

	it('is enough where a roll back came before it', async () => {
		deciding.instance.timeline.push(entry('ROLLBACK', COLLEAGUE, { create_time: at(9) }));
		await expectEnough();
	});

	it.each(['ROLLBACK', 'ROLLBACK_SELECTED', 'CANCEL'])('is void after %s', async (type) => {
		deciding.instance.timeline.push(entry(type, COLLEAGUE, { create_time: at(11) }));
		await expectRefused();
	});

	it('is void after a roll back of which nobody knows when it was', async () => {
		deciding.instance.timeline.push(entry('ROLLBACK', COLLEAGUE, { create_time: '' }));
		await expectRefused();
	});

	it('goes by the order of the timeline where times cannot be read', async () => {
		deciding.instance.task_list[0].end_time = '';
		deciding.instance.timeline.push(
			entry('ROLLBACK', COLLEAGUE, { create_time: '' }),
			entry('PASS', ACCOUNTANT, { task_id: '1', create_time: '' }),
		);
		await expectEnough();
	});

	it.each(['CANCELED', 'DELETED'])('is void in an approval that is %s', async (status) => {
		deciding.instance.status = status;
		deciding.instance.task_list.pop();
		await expectRefused();
	});

	it('is void where this person has several open tasks', async () => {
		deciding.instance.task_list.push(task('3', ACCOUNTANT), task('4', ACCOUNTANT));
		await expectRefused();
	});

	it('is void where this person has decided otherwise since', async () => {
		deciding.instance.task_list.unshift(task('3', ACCOUNTANT, ended('REJECTED', 12)));
		await expectRefused();
	});

	it('is not known where the instance does not tell whose task is open', async () => {
		const nobody = { open_id: '', user_id: '', union_id: '' };
		deciding.instance.task_list.push(task('3', nobody));
		await expectRefused();
	});

	it('does not hide the refusal where the instance cannot be read', async () => {
		const readings = which.taskId === undefined ? 1 : 0;
		deciding.harness.sandbox.faults.add({
			on: 'get',
			skip: readings,
			times: 100,
			fault: serverError(502),
		});
		const { error } = await approve();
		expect(error?.message).toMatch(REFUSED);
		expect(error?.description).toContain('could not be read: Feishu could not carry out the call.');
	});

	it('does not hide the refusal where the instance must not be read', async () => {
		const readings = which.taskId === undefined ? 1 : 0;
		const fault = businessError(1390009, 'no operation permission', { status: 403 });
		deciding.harness.sandbox.faults.add({ on: 'get', skip: readings, times: 100, fault });
		const { error } = await approve();
		expect(error?.message).toMatch(REFUSED);
		expect(error?.description).toContain('The approval does not allow this operation');
	});
});

it('Already Decided: Continue is void where another task of this person is open', async () => {
	deciding.instance.task_list = [
		task('1', ACCOUNTANT, ended('APPROVED', 10)),
		task('2', ACCOUNTANT),
	];
	const { error } = await deciding.run('approve', { taskId: '1', ...CONTINUE });
	expect(error?.description).toContain('task 1) is APPROVED.');
	expect(error?.description).toContain('task 2)');
});

it('Already Decided: Continue is enough for each task that this person has decided so', async () => {
	deciding.instance.task_list = [
		task('1', ACCOUNTANT, ended('APPROVED', 10)),
		task('3', ACCOUNTANT, ended('APPROVED', 30)),
	];
	const { json } = await deciding.run('approve', { taskId: '1', ...CONTINUE });
	expect(json('Task')).toMatchObject([{ already: true, task_id: '1' }]);
});

it('Already Decided: Continue is void where nobody knows which of two decisions came last', async () => {
	deciding.instance.task_list = [
		task('3', ACCOUNTANT, { status: 'REJECTED', end_time: '' }),
		task('1', ACCOUNTANT, { status: 'APPROVED', end_time: '' }),
	];
	expect((await deciding.run('approve', CONTINUE)).error?.message).toMatch(REFUSED);
});

it('Already Decided: Continue names the decision that is the latest', async () => {
	deciding.instance.task_list = [
		task('3', ACCOUNTANT, ended('APPROVED', 30)),
		task('1', ACCOUNTANT, ended('REJECTED', 10)),
	];
	deciding.instance.timeline.push(entry('ROLLBACK', COLLEAGUE, { create_time: at(20) }));
	const { json } = await deciding.run('approve', CONTINUE);
	expect(json('Task')).toMatchObject([{ already: true, task_id: '3' }]);
});

it.each(['approve', 'reject'])(
	'Already Decided: Continue is refused with union IDs before anything is sent (%s)',
	async (operation) => {
		const ids = { userIdType: 'union_id', userId: ACCOUNTANT.union_id, taskId: '1' };
		const { error } = await deciding.run(operation, { ...ids, ...CONTINUE });
		expect(error?.message).toBe('Already Decided is Continue, which does not work with union IDs');
		expect(deciding.harness.sandbox.journal).toEqual([]);
		const fail = await deciding.run(operation, { ...ids, options: { alreadyDecided: 'fail' } });
		expect(fail.error).toBeUndefined();
	},
);
