import type { INodeParameters } from 'n8n-workflow';

import { COLLEAGUE, INITIATOR } from '../../../../../sandbox';
import { startHarness, type Harness } from '../../../../engine/harness';
import { tunable } from '../../../../engine/tunable';

const { TIMEOUTS } = tunable();

let harness: Harness;
let approvalCode: string;
beforeEach(async () => {
	TIMEOUTS.pauseMs = 1;
	harness = await startHarness();
	const form = [{ id: 'w1', type: 'input', name: 'Subject', required: true }];
	approvalCode = harness.sandbox.addDefinition({ form }).approval_code;
});
afterEach(async () => await harness.close());

const preview = async (parameters: INodeParameters) =>
	await harness.engine.run([
		{
			name: 'Preview',
			parameters: {
				operation: 'preview',
				approvalCode,
				userId: INITIATOR.open_id,
				formMode: 'json',
				formJson: '{"Subject": "x"}',
				...parameters,
			},
		},
	]);

it('tells who would decide, node by node, and submits nothing', async () => {
	const before = harness.sandbox.instances.size;
	const { json } = await preview({});
	expect(json('Preview')).toMatchObject([
		{
			nodes: [
				{ node_name: 'Manager', is_empty: false, user_ids: [expect.stringMatching(/^ou_/)] },
				{ node_name: 'Accounting', is_free_choice: true, user_ids: [] },
			],
		},
	]);
	expect(harness.sandbox.instances.size).toBe(before);
});

it('says that a person with several departments needs one of them', async () => {
	harness.sandbox.addUser({ ...INITIATOR, departments: ['department-1', 'department-2'] });
	const { error } = await preview({});
	expect(error?.description).toContain('needs a department under Options');
	const named = await preview({ options: { departmentId: 'department-2' } });
	expect(named.error).toBeUndefined();
});

it('says why the task of somebody else has no preview', async () => {
	const task = { start_time: '1', end_time: '0', node_id: 'n', node_name: 'N', type: 'AND' };
	const { open_id, user_id } = COLLEAGUE;
	const { instance_code } = harness.sandbox.addInstance({
		task_list: [{ id: '77', open_id, user_id, status: 'PENDING', ...task }],
	});
	const { error } = await preview({
		previewOf: 'task',
		instanceCode: instance_code,
		taskId: '77',
	});
	expect(error?.description).toContain('an open task has to be that of Person');
	expect(error?.description).toContain('1390006');
});

it('says why a process without fixed nodes has none, after it was asked for again', async () => {
	const form = [{ id: 'w1', type: 'input', name: 'Subject' }];
	approvalCode = harness.sandbox.addDefinition({ node_list: [], form }).approval_code;
	const { error } = await preview({});
	expect(error?.description).toContain('a process without fixed nodes has no preview');
	expect(harness.sandbox.calls('preview')).toHaveLength(4);
});
