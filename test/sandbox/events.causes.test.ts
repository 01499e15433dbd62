import { bearer, FeishuClient } from '../../sandbox/client';
import {
	ACCOUNTANT,
	APPROVER,
	COLLEAGUE,
	EVENT_STATUSES,
	INITIATOR,
	startSandbox,
	type Instance,
	type Sandbox,
} from '../../sandbox/index';
import { RequestUrl } from './requestUrl';

const CODE = 'A1B2C3D4-0000-4000-8000-000000000001';

let sandbox: Sandbox;
let receiver: RequestUrl;
let client: FeishuClient;
let token: string;

beforeEach(async () => {
	sandbox = await startSandbox();
	receiver = new RequestUrl();
	await receiver.listen();
	sandbox.events.setRequestUrl(receiver.url);
	client = new FeishuClient(sandbox);
	token = await client.token();
	// Makes the definition known.
	sandbox.addInstance({ approval_code: CODE, status: 'APPROVED' });
});
afterEach(async () => {
	await sandbox.close();
	await receiver.close();
});

async function call(path: string, body: object = {}): Promise<void> {
	const url = `/open-apis/approval/v4/${path}`;
	const { data } = await client.http.post<{ code: number }>(url, body, { headers: bearer(token) });
	expect(data.code).toBe(0);
}

const subscribe = async () => await call(`approvals/${CODE}/subscribe`);

function task(id: string, { user_id, open_id }: typeof APPROVER, node: string, type = 'AND') {
	const times = { start_time: '1768443600000', end_time: '0' };
	return { id, user_id, open_id, status: 'PENDING', node_id: node, type, ...times };
}

function add(partial: Partial<Instance>): Instance {
	const by = { user_id: INITIATOR.user_id, open_id: INITIATOR.open_id };
	return sandbox.addInstance({ approval_code: CODE, ...by, timeline: [], ...partial });
}

const decide = async (how: string, { instance_code }: Instance, id: string, by = APPROVER) =>
	await call(`tasks/${how}`, {
		approval_code: CODE,
		instance_code,
		user_id: by.open_id,
		task_id: id,
	});

/** The events that were pushed, in the order of their making. */
async function pushed(): Promise<Array<Record<string, unknown>>> {
	await sandbox.events.settled();
	return sandbox.events.deliveries.map(({ envelope }) => {
		const { event } = envelope as { event: Record<string, unknown> };
		return event;
	});
}

const short = (event: Record<string, unknown>) =>
	[event.type, event.task_id, event.operate ?? event.status].filter(Boolean).join(' ');
const shortly = async () => (await pushed()).map(short);

it('pushes nothing about definitions to which nobody has subscribed, or no longer', async () => {
	const instance = add({ task_list: [] });
	sandbox.setStatus(instance, 'APPROVED');
	expect(await pushed()).toEqual([]);
	await subscribe();
	sandbox.setStatus(instance, 'REVERTED');
	expect(await pushed()).toHaveLength(1);
	await call(`approvals/${CODE}/unsubscribe`);
	sandbox.setStatus(instance, 'DELETED');
	expect(await pushed()).toHaveLength(1);
});

it('a copy, and that it is read', async () => {
	await subscribe();
	const instance = add({});
	await client.cc(token, {
		approval_code: CODE,
		instance_code: instance.instance_code,
		user_id: APPROVER.open_id,
		cc_user_ids: [COLLEAGUE.open_id, ACCOUNTANT.open_id],
	});
	const [, second] = instance.timeline.flatMap(({ cc_user_list: people = [] }) => people);
	sandbox.readCopy(instance, second.cc_id);
	const about = (user_id: string, operate: string, from: string) => ({
		type: 'approval_cc',
		approval_code: CODE,
		instance_code: instance.instance_code,
		user_id,
		operate,
		from,
		create_time: expect.any(Number),
	});
	expect(await pushed()).toMatchObject([
		about(COLLEAGUE.user_id, 'CREATE', APPROVER.user_id),
		about(ACCOUNTANT.user_id, 'CREATE', APPROVER.user_id),
		about(ACCOUNTANT.user_id, 'READ', ''),
	]);
	expect(() => sandbox.readCopy(instance, 'unknown')).toThrow('no copy');
});

it('an approval in an AND node pushes its other open tasks again, the last one opens the next', async () => {
	await subscribe();
	const next = [{ ...task('3', COLLEAGUE, 'second'), status: 'PENDING' }];
	const tasks = [task('1', APPROVER, 'first'), task('2', ACCOUNTANT, 'first')];
	const instance = add({ task_list: tasks, nextNodes: [next] });
	await decide('approve', instance, '1');
	expect(await shortly()).toEqual(['approval_task 1 APPROVED', 'approval_task 2 PENDING']);
	await decide('approve', instance, '2', ACCOUNTANT);
	await decide('approve', instance, '3', COLLEAGUE);
	expect((await shortly()).slice(2)).toEqual([
		'approval_task 2 APPROVED',
		'approval_task 3 PENDING',
		'approval_task 3 APPROVED',
		'approval_instance APPROVED',
	]);
	expect((await pushed())[0]).toMatchObject({
		user_id: APPROVER.user_id,
		open_id: APPROVER.open_id,
		def_key: 'first',
		custom_key: '',
		extra: '',
		operate_time: expect.stringMatching(/^\d{13}$/),
	});
});

it('an approval in an OR node ends the other tasks', async () => {
	await subscribe();
	const tasks = [task('1', APPROVER, 'first', 'OR'), task('2', ACCOUNTANT, 'first', 'OR')];
	const next = [task('3', COLLEAGUE, 'second')];
	await decide('approve', add({ task_list: tasks, nextNodes: [next] }), '1');
	expect(await shortly()).toEqual([
		'approval_task 1 APPROVED',
		'approval_task 2 DONE',
		'approval_task 3 PENDING',
	]);
});

it('a rejection, a withdrawal and a transfer', async () => {
	await subscribe();
	const tasks = () => [task('1', APPROVER, 'first'), task('2', ACCOUNTANT, 'first')];
	await decide('reject', add({ task_list: tasks() }), '1');
	expect(await shortly()).toEqual([
		'approval_task 1 REJECTED',
		'approval_task 2 DONE',
		'approval_instance REJECTED',
	]);
	const { instance_code } = add({ task_list: tasks() });
	const body = { approval_code: CODE, instance_code, user_id: INITIATOR.open_id };
	await call('instances/cancel', body);
	expect((await shortly()).slice(3)).toEqual([
		'approval_task 1 DONE',
		'approval_task 2 DONE',
		'approval_instance CANCELED',
	]);
	const other = add({ task_list: tasks().slice(0, 1) });
	await call('tasks/transfer', {
		approval_code: CODE,
		instance_code: other.instance_code,
		user_id: APPROVER.open_id,
		task_id: '1',
		transfer_user_id: COLLEAGUE.open_id,
	});
	const [, opened] = other.task_list;
	expect((await shortly()).slice(6)).toEqual([
		'approval_task 1 TRANSFERRED',
		`approval_task ${opened.id} PENDING`,
	]);
});

it('a task that sends an instance back names the nodes', async () => {
	await subscribe();
	const instance = add({ task_list: [task('1', APPROVER, 'first')] });
	await call('instances/specified_rollback', {
		user_id: APPROVER.open_id,
		task_id: '1',
		task_def_key_list: ['START'],
	});
	const opened = instance.task_list.at(-1)!;
	const events = await pushed();
	expect(events.map(short)).toEqual([
		'approval_task 1 ROLLBACK',
		`approval_task ${opened.id} PENDING`,
	]);
	expect(JSON.parse(events[0].extra as string)).toEqual({
		rollback_node_ids: ['START'],
		rollback_custom_node_ids: [],
	});
});

it.each(EVENT_STATUSES)('status %s, as a test sets it', async (status) => {
	await subscribe();
	const instance = add({ task_list: [task('1', APPROVER, 'first')] });
	sandbox.clock.advance(3_600_000);
	sandbox.setStatus(instance.instance_code, status);
	const events = await pushed();
	const at: unknown = events.at(-1)!.operate_time;
	expect(events.at(-1)).toMatchObject({ type: 'approval_instance', status });
	expect(typeof at).toBe(status === 'REVERTED' ? 'number' : 'string');
	expect(Number(at)).toBeGreaterThan(Date.now() + 3_000_000);
	const { data } = await client.get(token, instance.instance_code);
	expect(['PENDING', 'APPROVED', 'REJECTED', 'CANCELED', 'DELETED']).toContain(data.data?.status);
	expect(data.data?.reverted).toBe(status === 'REVERTED');
	const isEnd = data.data?.status !== 'PENDING';
	expect(instance.task_list[0].status === 'PENDING').toBe(!isEnd);
	expect(events).toHaveLength(isEnd ? 2 : 1);
});

it('an automatic decision names nobody', async () => {
	await subscribe();
	const instance = add({ task_list: [task('1', APPROVER, 'first')] });
	sandbox.setStatus(instance, 'APPROVED', { automatic: true });
	const [decided] = await pushed();
	expect(decided).toMatchObject({ task_id: '1', status: 'APPROVED', user_id: '', open_id: '' });
	expect(instance.task_list[0].open_id).toBe(APPROVER.open_id);
});

it('a change whose answer got lost, but not one that was refused', async () => {
	await subscribe();
	const instance = add({ task_list: [task('1', APPROVER, 'first')] });
	sandbox.faults.add({ on: 'approveTask', fault: { kind: 'reset', when: 'after' } });
	const body = {
		approval_code: CODE,
		instance_code: instance.instance_code,
		user_id: APPROVER.open_id,
		task_id: '1',
	};
	const url = '/open-apis/approval/v4/tasks/approve';
	await expect(client.http.post(url, body, { headers: bearer(token) })).rejects.toThrow();
	await client.http.post(url, body, { headers: bearer(token) });
	expect(await shortly()).toEqual(['approval_task 1 APPROVED', 'approval_instance APPROVED']);
});
