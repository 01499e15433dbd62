import type { INodeParameters } from 'n8n-workflow';

import { ACCOUNTANT, APPROVER, EXPENSE_INSTANCE, INITIATOR } from '../../../../../sandbox';
import { startHarness, type Harness } from '../../../../engine/harness';

let harness: Harness;
beforeEach(async () => {
	harness = await startHarness();
	harness.sandbox.instances.clear();
});
afterEach(async () => await harness.close());

const getAll = async (parameters: INodeParameters) =>
	await harness.engine.run([
		{
			name: 'Tasks',
			parameters: { resource: 'task', operation: 'getAll', returnAll: true, ...parameters },
		},
	]);

const expense = () => harness.sandbox.addInstance(EXPENSE_INSTANCE);

it('says what a person has to decide, in the words of Get Instance', async () => {
	const { instance_code, approval_code, task_list: tasks } = expense();
	const { json, error } = await getAll({ userId: ACCOUNTANT.email });
	expect(error).toBeUndefined();
	expect(json('Tasks')).toEqual([
		{
			task_id: tasks[1].id,
			instance_code,
			approval_code,
			approval_name: 'Expense claim',
			title: 'Expense claim',
			topic: 'todo',
			status: 'PENDING',
			instance_status: 'PENDING',
			user_id: ACCOUNTANT.open_id,
			initiator_ids: [INITIATOR.open_id],
			initiator_names: [],
			link: `https://pc.example/${tasks[1].id}`,
		},
	]);
});

it.each([
	['done', APPROVER.open_id, '2', { status: 'DONE', instance_status: 'PENDING' }],
	['initiated', INITIATOR.open_id, '3', { status: 'PROCESSING', instance_status: 'PENDING' }],
	['ccUnread', 'ou_7d8a6e6df7621556ce0d21922b676706', '17', { status: 'UNREAD' }],
	['ccRead', 'ou_7d8a6e6df7621556ce0d21922b676706', '18', { status: 'READ' }],
])('lists what is under %s', async (topic, userId, number, expected) => {
	const { instance_code, timeline } = expense();
	if (topic === 'ccRead') {
		for (const { cc_user_list: copies = [] } of timeline) {
			for (const { cc_id: id } of copies) harness.sandbox.readCopies.add(id);
		}
	}
	const { json } = await getAll({ topic, userId });
	expect(json('Tasks')).toMatchObject([{ topic, instance_code, ...expected }]);
	expect(harness.sandbox.calls('queryTasks')[0].query.topic).toBe(number);
});

it('reads all pages, up to the limit', async () => {
	for (let count = 0; count < 450; count++) {
		harness.sandbox.addInstance({ ...EXPENSE_INSTANCE, instance_code: `I${count}` });
	}
	const all = await getAll({ userId: ACCOUNTANT.open_id });
	expect(new Set(all.json('Tasks').map(({ instance_code: code }) => code)).size).toBe(450);
	expect(harness.sandbox.calls('queryTasks')).toHaveLength(3);
	const some = await getAll({ userId: ACCOUNTANT.open_id, returnAll: false, limit: 201 });
	expect(some.json('Tasks')).toHaveLength(201);
	expect(harness.sandbox.calls('queryTasks')).toHaveLength(5);
});

it('gives out nothing where a person has no tasks, and says who is not known', async () => {
	const { json, error } = await getAll({ userId: INITIATOR.open_id });
	expect(error).toBeUndefined();
	expect(json('Tasks')).toEqual([]);
	const unknown = await getAll({ userId: 'ou_nobody' });
	expect(unknown.error?.description).toContain('ou_nobody');
});

it('gives out what Feishu sent with Simplify off', async () => {
	const { instance_code } = expense();
	const { json } = await getAll({ userId: ACCOUNTANT.open_id, simplify: false });
	expect(json('Tasks')).toMatchObject([
		{ process_code: instance_code, status: '1', process_status: '1', urls: {} },
	]);
});
