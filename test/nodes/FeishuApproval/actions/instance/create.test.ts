import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { ACCOUNTANT, COLLEAGUE, INITIATOR } from '../../../../../sandbox';
import type { Step } from '../../../../engine/engine';
import { startHarness, type Harness } from '../../../../engine/harness';
import { tunable } from '../../../../engine/tunable';

const { TIMEOUTS } = tunable();
const RETRY_ON_FAIL = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
const FOUND = 'The approval was found by its UUID';

let harness: Harness;
let approvalCode: string;
beforeEach(async () => {
	Object.assign(TIMEOUTS, { pauseMs: 1, settleMs: 10, lateMs: 10 });
	harness = await startHarness();
	const form = [{ id: 'w1', type: 'input', name: 'Subject', required: true }];
	approvalCode = harness.sandbox.addDefinition({ form }).approval_code;
});
afterEach(async () => await harness.close());

/** A node that submits what the items say. */
const step = (parameters: INodeParameters = {}, more: Partial<Step> = {}): Step => {
	const { options, ...rest } = parameters;
	const nodeApprovers = { node: [{ node: 'Accounting', people: ACCOUNTANT.open_id }] };
	return {
		name: 'Create',
		parameters: {
			operation: 'create',
			approvalCode,
			userId: INITIATOR.open_id,
			formMode: 'json',
			formJson: '={{ { Subject: $json.subject ?? "x" } }}',
			options: { nodeApprovers, ...(options as INodeParameters) },
			...rest,
		},
		...more,
	};
};

const made = () =>
	[...harness.sandbox.instances.values()].filter((one) => one.approval_code === approvalCode);
const lose = (when: 'before' | 'after', times = 1) =>
	harness.sandbox.faults.add({ on: 'create', times, fault: { kind: 'reset', when } });
const calls = () => harness.sandbox.calls('create').length;

it('submits an approval whose approvers are asked, and tells how to find it', async () => {
	const { json } = await harness.engine.run([step()], [{ subject: 'Trip' }]);
	const [instance] = made();
	expect(json('Create')).toEqual([
		{
			success: true,
			instance_code: instance.instance_code,
			instance_link: expect.stringContaining('https://'),
			approval_code: approvalCode,
			uuid: instance.uuid,
			user_id: INITIATOR.open_id,
			user_id_type: 'open_id',
			created: true,
		},
	]);
	expect(instance).toMatchObject({ status: 'PENDING', open_id: INITIATOR.open_id });
	expect(instance.form).toContain('"value":"Trip"');
	expect(instance.uuid).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
});

it('is what Get Instance and Approve Task then work on', async () => {
	const approve: Step = {
		name: 'Approve',
		parameters: {
			resource: 'task',
			operation: 'approve',
			userId: '={{ $json.pending_tasks[0].open_id }}',
		},
	};
	const get: Step = {
		name: 'Get',
		parameters: { operation: 'get', instanceCode: '={{ $json.instance_code }}' },
	};
	const { json, error } = await harness.engine.run([step(), get, approve]);
	expect(error).toBeUndefined();
	expect(json('Get')).toMatchObject([{ form_values: { Subject: 'x' }, status: 'PENDING' }]);
	expect(json('Approve')).toMatchObject([{ success: true }]);
});

describe('an answer that got lost', () => {
	it('after the work: it is found by its UUID, and nothing is sent again', async () => {
		lose('after');
		const { json } = await harness.engine.run([step()]);
		expect(json('Create')).toMatchObject([
			{ created: true, note: expect.stringContaining(FOUND), instance_code: expect.any(String) },
		]);
		expect(made()).toHaveLength(1);
		expect(calls()).toBe(1);
	});

	it('before the work: it is sent once more, under the same UUID', async () => {
		lose('before');
		const { json } = await harness.engine.run([step()]);
		expect(json('Create')).toMatchObject([
			{ created: true, note: expect.stringContaining('sent again under the same UUID') },
		]);
		const uuids = harness.sandbox.calls('create').map(({ body }) => (body as IDataObject).uuid);
		expect(new Set(uuids).size).toBe(1);
		expect(made()).toHaveLength(1);
	});

	it('while a new approval cannot be found yet: the second one is refused, and it is found then', async () => {
		harness.sandbox.uuidLagMs = 60;
		TIMEOUTS.settleMs = 1;
		TIMEOUTS.lateMs = 100;
		lose('after');
		const { json, error } = await harness.engine.run([step()]);
		expect(error).toBeUndefined();
		expect(json('Create')).toMatchObject([{ success: true }]);
		expect(made()).toHaveLength(1);
	});

	it.each(['before', 'after'] as const)('%s the work, and then retried: once', async (when) => {
		harness.sandbox.faults.add({
			on: 'get',
			times: 3,
			fault: { kind: 'answer', status: 500, body: '' },
		});
		lose(when);
		const { error } = await harness.engine.run([step({}, RETRY_ON_FAIL)]);
		expect(error).toBeUndefined();
		expect(made()).toHaveLength(1);
	});
});

it.each(['Retry On Fail', 'the Retry button'])('submits each item once with %s', async (how) => {
	const input = [{ subject: 'a' }, { subject: 'b' }];
	const fault = { kind: 'answer', status: 400, body: { code: 1395009, msg: 'no' } } as const;
	harness.sandbox.faults.add({ on: 'create', skip: 1, fault });
	if (how === 'Retry On Fail') {
		const { error } = await harness.engine.run([step({}, RETRY_ON_FAIL)], input);
		expect(error).toBeUndefined();
	} else {
		const first = await harness.engine.run([step()], input);
		expect(first.error).toBeDefined();
		expect((await harness.engine.retry([step()], first)).error).toBeUndefined();
	}
	expect(made().map(({ form }) => form.includes('"a"'))).toEqual([true, false]);
});

it('finds what was submitted under a UUID before, and submits it again in no new run', async () => {
	const own = { options: { uuid: 'Employee-4711' } };
	const first = await harness.engine.run([step(own)]);
	const again = await harness.engine.run([step({ options: { uuid: 'employee-4711' } })]);
	const [{ instance_code }] = first.json('Create');
	expect(again.json('Create')).toMatchObject([
		{ success: true, created: false, instance_code, note: expect.stringContaining('before') },
	]);
	expect(made()).toHaveLength(1);
	const other = await harness.engine.run([step({ ...own, userId: COLLEAGUE.open_id })]);
	expect(other.error?.message).toBe('There is another approval with the UUID "Employee-4711"');
});

it.each<[string, INodeParameters, RegExp]>([
	[
		'nobody is named for a node',
		{ options: { nodeApprovers: {} } },
		/nobody is named for "Accounting"/,
	],
	[
		'a node is not there',
		{ options: { nodeCcs: { node: [{ node: 'Boss', people: COLLEAGUE.open_id }] } } },
		/"Boss" is no node.*Manager \(manager\), Accounting/s,
	],
	['the form does not fit', { formJson: '{"Gone": 1}' }, /"Gone" is no field/],
	['a field is missing', { formJson: '{"Subject": ""}' }, /"Subject" is empty/],
])('sends nothing where %s', async (_what, parameters, words) => {
	const { error } = await harness.engine.run([step(parameters)]);
	expect(`${error?.message} ${error?.description}`).toMatch(words);
	expect(calls()).toBe(0);
});

it('says before sending that a process without nodes cannot be started', async () => {
	approvalCode = harness.sandbox.addDefinition({ node_list: [] }).approval_code;
	const { error } = await harness.engine.run([step({ formJson: '{"subject":"x"}' })]);
	expect(error?.message).toMatch(/required|requires|no fixed nodes/);
	expect(calls()).toBe(0);
});

it('copies in up to 20 nodes; with more nothing is sent', async () => {
	const names = Array.from({ length: 21 }, (_, index) => `node-${index}`);
	const node_list = names.map((name) => ({
		name,
		need_approver: false,
		node_id: name,
		node_type: 'AND',
	}));
	approvalCode = harness.sandbox.addDefinition({
		node_list,
		form: [{ id: 'w1', type: 'input', name: 'Subject' }],
	}).approval_code;
	const node = names.map((name) => ({ node: name, people: COLLEAGUE.open_id }));
	const copying = (count: number) =>
		step({ options: { nodeApprovers: {}, nodeCcs: { node: node.slice(0, count) } } });
	const { error } = await harness.engine.run([copying(21)]);
	expect(error?.message).toBe('CC by Node: 21 nodes are named');
	expect(calls()).toBe(0);
	expect((await harness.engine.run([copying(20)])).error).toBeUndefined();
});

it('names a node once, however it was called', async () => {
	const node = ['Accounting', '3f2a1b9c8d7e6f504132435465768798'].map((name) => ({
		node: name,
		people: ACCOUNTANT.open_id,
	}));
	const options = { nodeApprovers: { node }, autoApproveNodes: 'Manager, manager' };
	expect((await harness.engine.run([step({ options })])).error).toBeUndefined();
	const [{ body }] = harness.sandbox.calls('create');
	expect(body).toMatchObject({
		node_approver_open_id_list: [{ key: node[1].node, value: [ACCOUNTANT.open_id] }],
		node_auto_approval_list: [{ node_id: 'b078ffd28db767c502ac367053f6e0ac' }],
	});
});

it('takes people by address and by union ID', async () => {
	const nodeApprovers = { node: [{ node: 'Accounting', people: ACCOUNTANT.email! }] };
	const byAddress = step({ userId: INITIATOR.email!, options: { nodeApprovers } });
	expect((await harness.engine.run([byAddress])).error).toBeUndefined();
	const union = { node: [{ node: 'Accounting', people: ACCOUNTANT.union_id }] };
	const byUnionId = step({
		userId: INITIATOR.union_id,
		userIdType: 'union_id',
		options: { nodeApprovers: union },
	});
	expect((await harness.engine.run([byUnionId])).error).toBeUndefined();
	expect(made().map(({ open_id }) => open_id)).toEqual([INITIATOR.open_id, INITIATOR.open_id]);
});

it('sends a list of widgets unread where the check is skipped', async () => {
	const widgets = [{ id: 'w1', type: 'input', value: 'x' }];
	const nodeApprovers = {
		node: [{ node: '3f2a1b9c8d7e6f504132435465768798', people: ACCOUNTANT.open_id }],
	};
	const skipped = step({
		formJson: JSON.stringify(widgets),
		options: { skipCheck: true, nodeApprovers },
	});
	expect((await harness.engine.run([skipped])).error).toBeUndefined();
	expect(harness.sandbox.calls('getDefinition')).toEqual([]);
	expect(made()).toHaveLength(1);
});
