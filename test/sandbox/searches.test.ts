import { FeishuClient, bearer, type FeishuResponse } from '../../sandbox/client';
import {
	APPROVER,
	EXPENSE_INSTANCE,
	INITIATOR,
	LIST_SCOPE,
	SANDBOX_APP,
	startSandbox,
} from '../../sandbox/index';
import type { Sandbox } from '../../sandbox/index';

const APPROVAL = '/open-apis/approval/v4';
const CODE = EXPENSE_INSTANCE.approval_code!;
const DAY = 86_400_000;

let sandbox: Sandbox;
let client: FeishuClient;
let token: string;

beforeEach(async () => {
	sandbox = await startSandbox();
	client = new FeishuClient(sandbox);
	token = await client.token();
});
afterEach(async () => await sandbox.close());

const post = async (path: string, body: object, params: object = {}): Promise<FeishuResponse> =>
	await client.http.post(APPROVAL + path, body, { params, headers: bearer(token) });
const get = async (path: string, params: object): Promise<FeishuResponse> =>
	await client.http.get(APPROVAL + path, { params, headers: bearer(token) });

const SEARCHES = [
	['/instances/query', 'instance_start_time', 'instance_list'],
	['/instances/search_cc', 'cc_create_time', 'cc_list'],
	['/tasks/search', 'task_start_time', 'task_list'],
] as const;

describe.each(SEARCHES)('%s', (path, time, list) => {
	const code = async (body: object, params: object = {}) =>
		(await post(path, body, params)).data.code;

	it('refuses what the pages forbid', async () => {
		expect(await code({})).toBe(1390001);
		expect(await code({ approval_code: '' })).toBe(1390001);
		expect(await code({ approval_code: 'unknown' })).toBe(1390002);
		expect(await code({ instance_code: 'unknown' })).toBe(1390003);
		expect(await code({ user_id: 'ou_unknown' })).toBe(1390004);
		expect(await code({ approval_code: 7 })).toBe(99992402);
		expect(await code({ approval_code: CODE, locale: 'xx' })).toBe(1390001);
		expect(await code({ approval_code: CODE, with_revoked_instance: 'yes' })).toBe(99992402);
		expect(await code({ approval_code: CODE }, { page_size: 4 })).toBe(1390001);
		expect(await code({ approval_code: CODE }, { page_size: 201 })).toBe(1390001);
		expect(await code({ approval_code: CODE }, { page_token: 'x' })).toBe(1390001);
	});

	it('wants both ends of a period, at most 30 days apart', async () => {
		const within = async (from: number, to: number) =>
			await code({
				approval_code: CODE,
				[`${time}_from`]: String(from),
				[`${time}_to`]: String(to),
			});
		expect(await within(0, 30 * DAY)).toBe(0);
		expect(await within(0, 30 * DAY + 1)).toBe(1390001);
		expect(await within(2, 1)).toBe(1390001);
		expect(await code({ approval_code: CODE, [`${time}_from`]: '1' })).toBe(1390001);
		expect(await code({ approval_code: CODE, [`${time}_to`]: '1' })).toBe(1390001);
	});

	it('wants a scope of its own', async () => {
		const app = sandbox.apps.get(SANDBOX_APP.app_id)!;
		app.scopes = [LIST_SCOPE];
		expect(await code({ approval_code: CODE })).toBe(0);
		app.scopes = ['approval:approval'];
		expect(await code({ approval_code: CODE })).toBe(99991672);
	});

	it('finds what happened a while ago only, and leaves out what was revoked, after paging', async () => {
		const { timeline, task_list } = EXPENSE_INSTANCE;
		const at = String(sandbox.clock.now() - 60_000);
		for (let count = 0; count < 12; count++) {
			sandbox.addInstance({
				approval_code: 'MANY',
				start_time: at,
				reverted: count % 2 === 0,
				task_list: [{ ...task_list![0], start_time: at }],
				timeline: [{ ...timeline![2], create_time: at }],
			});
		}
		const page = async (page_token?: string, more = {}) =>
			(await post(path, { approval_code: 'MANY', ...more }, { page_size: 10, page_token })).data
				.data!;
		const first = await page();
		expect(first[list]).toHaveLength(5);
		expect(first).toMatchObject({ has_more: true, page_token: '10', count: 12 });
		const last = await page('10');
		expect(last[list]).toHaveLength(1);
		expect(last).toMatchObject({ has_more: false, page_token: '20' });
		expect((await page(undefined, { with_revoked_instance: true }))[list]).toHaveLength(10);
		sandbox.searchLagMs = 120_000;
		expect((await page())[list]).toHaveLength(0);
	});

	it('has a limit of 50 calls a second', async () => {
		sandbox.limits.consume(
			({ query: 'queryInstances', search_cc: 'searchCc', search: 'searchTasks' } as const)[
				path.split('/')[2] as 'query'
			],
			50,
		);
		expect(await code({ approval_code: CODE })).toBe(99991400);
	});
});

it('refuses statuses and orders that there are not', async () => {
	const of = async (path: string, more: object) =>
		(await post(path, { approval_code: CODE, ...more })).data.code;
	expect(await of('/instances/query', { instance_status: 'REJECTED' })).toBe(1390001);
	expect(await of('/instances/query', { instance_status: 'ALL' })).toBe(0);
	expect(await of('/instances/search_cc', { read_status: 'read' })).toBe(1390001);
	expect(await of('/tasks/search', { task_status: 'CANCELED' })).toBe(1390001);
	expect(await of('/tasks/search', { task_status_list: ['DONE', 'x'] })).toBe(1390001);
	expect(await of('/tasks/search', { task_status: 'ALL', order: 4 })).toBe(1390001);
});

describe('/tasks/query', () => {
	it('wants a person and a topic', async () => {
		const of = async (params: object) => (await get('/tasks/query', params)).data.code;
		expect(await of({ topic: '1' })).toBe(99992402);
		expect(await of({ user_id: APPROVER.open_id })).toBe(99992402);
		expect(await of({ user_id: APPROVER.open_id, topic: '4' })).toBe(99992402);
		expect(await of({ user_id: 'ou_unknown', topic: '1' })).toBe(1390004);
		expect(await of({ user_id: APPROVER.open_id, topic: '1', page_size: 201 })).toBe(1390001);
		expect(await of({ user_id: APPROVER.union_id, topic: '1', user_id_type: 'union_id' })).toBe(0);
	});

	it('counts on the first page only', async () => {
		sandbox.addInstance({ open_id: INITIATOR.open_id });
		const query = { user_id: INITIATOR.open_id, topic: '3', page_size: 1 };
		const first = (await get('/tasks/query', query)).data.data!;
		expect(first.count).toMatchObject({ has_more: false });
		const second = (await get('/tasks/query', { ...query, page_token: first.page_token })).data
			.data!;
		expect(second).not.toHaveProperty('count');
		expect(second.tasks).toHaveLength(1);
	});
});
