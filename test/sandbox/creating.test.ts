import * as lark from '@larksuiteoapi/node-sdk';
import { bearer, FeishuClient, INSTANCES } from '../../sandbox/client';
import {
	ACCOUNTANT,
	APPROVER,
	COLLEAGUE,
	INITIATOR,
	RICH_DEFINITION,
	SANDBOX_APP,
	startSandbox,
} from '../../sandbox/index';
import type { Sandbox } from '../../sandbox/index';

const { approval_code: CODE, node_list: NODES } = RICH_DEFINITION;
const NOON = '2026-10-01T12:00:00+08:00';
const EVENING = '2026-10-01T18:00:00+08:00';
const APPROVERS = [{ key: NODES[1].node_id, value: [ACCOUNTANT.open_id] }];
const SUBJECT = { id: 'subject', type: 'input', value: 'Trip' };

let sandbox: Sandbox;
let client: FeishuClient;
let token: string;

beforeAll(async () => {
	sandbox = await startSandbox();
	client = new FeishuClient(sandbox);
});
beforeEach(async () => {
	sandbox.reset();
	Object.assign(sandbox, { uuidLagMs: 0, isLark: false });
	sandbox.limits.enabled = false;
	token = await client.token();
});
afterAll(async () => await sandbox.close());

const post = async (path: string, body: unknown, params: object = {}) =>
	await client.http.post(path, body, { params, headers: bearer(token) });

const bodyOf = (widgets: unknown, more: object = {}) => ({
	approval_code: CODE,
	open_id: INITIATOR.open_id,
	form: JSON.stringify(widgets),
	node_approver_open_id_list: APPROVERS,
	...more,
});
const create = async (widgets: unknown, more: object = {}) =>
	await post(INSTANCES, bodyOf(widgets, more));

async function created(widgets: unknown, more: object = {}): Promise<string> {
	const { data } = await create(widgets, more);
	expect(data).toMatchObject({ code: 0, data: { instance_code: expect.any(String) } });
	return data.data.instance_code as string;
}

async function formOf(widgets: unknown): Promise<unknown[]> {
	const { data } = await client.get(token, await created(widgets));
	return JSON.parse(data.data?.form as string) as unknown[];
}

async function upload(type: string, name: string, path = '/approval/openapi/v2/file/upload') {
	const form = new FormData();
	form.append('name', name);
	form.append('type', type);
	form.append('content', new Blob([`bytes of ${name}`]), name);
	return await post(path, form);
}

const widget = (id: string, type: string, value: unknown, more: object = {}) => ({
	id,
	type,
	value,
	...more,
});
const part = widget;
const leave = (type: string, start: unknown = NOON) =>
	widget('widgetLeaveGroupV2', 'leaveGroupV2', [
		part('widgetLeaveGroupType', 'radioV2', type),
		part('widgetLeaveGroupStartTime', 'date', start),
		part('widgetLeaveGroupEndTime', 'date', EVENING),
	]);
const overtime = (end: string, workers: string[] = [COLLEAGUE.open_id]) =>
	widget('widgetWorkGroup', 'workGroup', [
		part('widgetWorkGroupOvertimeWorkers', 'contact', [], { open_ids: workers }),
		part('widgetWorkGroupTimeRangeFieldList', 'fieldList', [
			[part('widgetWorkGroupStartTime', 'date', NOON), part('widgetWorkGroupEndTime', 'date', end)],
		]),
	]);

describe('what Create takes is what Get shows', () => {
	it.each([
		[widget('widget02', 'textarea', 'a\nb'), { value: 'a\nb' }],
		[widget('widget03', 'number', '4'), { value: 4 }],
		[
			widget('total', 'amount', 1234.5, { currency: 'USD' }),
			{ id: 'widget06', custom_id: 'total', value: 1234.5, ext: { currency: 'USD' } },
		],
		[widget('widget07', 'date', NOON), { value: NOON, timezoneOffset: -480 }],
		[
			widget('widget08', 'dateInterval', { start: NOON, end: EVENING, interval: 1 }),
			{ value: { start: NOON, end: EVENING, interval: 1 } },
		],
		[
			widget('category', 'radioV2', 'kind-meal'),
			{ value: 'Meal', option: { key: 'kind-meal', text: 'Meal' } },
		],
		[widget('widget12', 'checkboxV2', ['kind-travel']), { value: ['Travel'] }],
		[widget('widget13', 'radioV2', 'centre-1'), { value: 'centre-1' }],
		[
			{ id: 'widget14', type: 'contact', open_ids: [COLLEAGUE.open_id] },
			{ value: [COLLEAGUE.user_id], open_ids: [COLLEAGUE.open_id] },
		],
		[
			widget('widget15', 'department', [{ open_id: 'od-1' }]),
			{ value: [{ name: 'Department', open_id: 'od-1' }] },
		],
		[
			widget('widget17', 'document', { token: 'dox', type: 'docx' }),
			{ value: { title: 'Document' } },
		],
		[
			widget('widget21', 'address', [{ id: '110105', detailAddress: 'Road 1' }]),
			{ value: 'China/District 110105/Road 1' },
		],
		[
			widget('widget22', 'telephone', { countryCode: '+86', nationalNumber: '131' }),
			{ value: { country_code: '+86', national_number: '131' } },
		],
		[
			widget('items', 'fieldList', [
				[
					widget('widget30b', 'amount', 9, { currency: 'CNY' }),
					widget('widget30d', 'radioV2', 'kind-other'),
				],
			]),
			{ value: [[{ value: 9 }, { value: 'Other', option: { key: 'kind-other' } }]] },
		],
		[widget('widget31', 'fieldList', [[widget('widget34a', 'input', 'x')]]), {}],
		[widget('widget32', 'fieldList', [[widget('widget34a', 'input', 'x')]]), {}],
		[widget('widget33', 'fieldList', [[widget('widget34a', 'input', 'x')]]), {}],
		[leave('7138673249737506817'), { type: 'leaveGroupV2' }],
		[overtime(EVENING), { type: 'workGroup' }],
		[
			widget('widgetOutGroup', 'outGroup', [
				part('widgetOutGroupType', 'radioV2', 'kind-other'),
				part('widgetOutGroupStartTime', 'date', NOON),
				part('widgetOutGroupEndTime', 'date', EVENING),
			]),
			{ type: 'outGroup' },
		],
		[
			widget('widgetShiftGroup', 'shiftGroup', { shiftTime: NOON, returnTime: EVENING }),
			{ value: { shiftTime: NOON, returnTime: EVENING, reason: '' } },
		],
	])('%j', async (sent, shown) => {
		expect(await formOf([sent])).toMatchObject([shown]);
	});
});

describe('what Create refuses with 1390001 and the name of the widget', () => {
	it.each([
		[widget('widget99', 'input', ''), 'no such widget'],
		[widget('widget01', 'textarea', ''), 'its type is input'],
		[{ id: 'widget01', type: 'input' }, 'value is missing'],
		[widget('widget02', 'textarea', 3), 'not a string'],
		[widget('widget03', 'number', '1,200'), 'not a number'],
		[widget('total', 'amount', 1, { currency: 'JPY' }), 'currency is invalid'],
		[widget('total', 'amount', 1), 'currency is invalid'],
		[widget('widget05', 'formula', 3), 'not equal'],
		[widget('widget07', 'date', '2026-10-01'), 'not RFC3339'],
		[widget('widget08', 'dateInterval', { start: NOON, end: EVENING }), 'interval is missing'],
		[widget('category', 'radioV2', 'Meal'), 'option "Meal" not found'],
		[widget('widget12', 'checkboxV2', 'kind-meal'), 'not a list'],
		[widget('widget14', 'contact', ['nobody']), 'user nobody not found'],
		[widget('widget15', 'department', ['od-1']), 'department is invalid'],
		[widget('widget16', 'connect', ['none']), 'instance none not found'],
		[widget('widget17', 'document', 'dox'), 'token or type'],
		[widget('widget18', 'attachmentV2', ['C']), 'file code C not found'],
		[widget('widget21', 'address', 'Beijing'), 'address is invalid'],
		[widget('widget22', 'telephone', { country_code: '+86' }), 'telephone is invalid'],
		[widget('items', 'fieldList', [[widget('widget30z', 'input', 'x')]]), 'no such widget'],
		[widget('widgetLeaveGroupV2', 'leaveGroupV2', {}), 'group value is invalid'],
		[leave('Annual leave'), 'leave type id parse error'],
		[leave('1'), 'leave type not found'],
		[leave('7138673249737506817', '2026-10-01'), 'not RFC3339'],
		[overtime('2026-10-09T12:00:00+08:00'), 'overtime duration is over 2 days'],
		[widget('widgetWorkGroup', 'workGroup', []), 'workers are required'],
		[widget('widgetOutGroup', 'outGroup', []), 'out type is required'],
		[widget('widgetShiftGroup', 'shiftGroup', {}), 'not RFC3339'],
		[widget('widget40', 'tripGroup', {}), 'unsupported'],
		[widget('widget50', 'text', ''), 'unsupported'],
	])('%j', async (sent, text) => {
		const before = sandbox.instances.size;
		const { status, data } = await create([sent]);
		expect([status, data.code]).toEqual([400, 1390001]);
		expect(data.msg).toContain(`控件= `);
		expect(data.msg).toContain(text);
		expect(sandbox.instances.size).toBe(before);
	});

	it('an address on the international platform, and a uuid of another form', async () => {
		sandbox.isLark = true;
		const place = widget('widget21', 'address', [{ id: '1' }]);
		expect((await create([place])).data.msg).toContain('unsupported');
		expect((await create([SUBJECT], { uuid: 'mine' })).data.code).toBe(1390001);
	});
});

describe('the rest of a Create body', () => {
	const manyLists = Array.from({ length: 21 }, () => ({ key: 'START', value: ['x'] }));
	it.each([
		['no approvers for a node that needs them', { node_approver_open_id_list: [] }, 60005],
		['an empty list', { node_approver_open_id_list: [{ key: 'manager', value: [] }] }, 60005],
		['an unknown node', { node_approver_open_id_list: [{ key: 'no', value: ['x'] }] }, 1390001],
		['too many copies', { node_cc_open_id_list: manyLists }, 1390001],
		['an unknown person', { open_id: 'ou_nobody' }, 1390004],
		['no person', { open_id: undefined }, 99992402],
		['an unknown definition', { approval_code: 'none' }, 1390002],
		['an open department ID', { department_id: 'od-1' }, 1390001],
		['a title that is no key', { title: 'Trip' }, 1390001],
		['a text for a bool', { forbid_revoke: 'true' }, 99992402],
		['a number for the mask', { cancel_bot_notification: '9' }, 1390001],
		['a long uuid', { uuid: 'x'.repeat(65) }, 1390001],
		['a form that is no list', { form: '{}' }, 1390001],
	])('%s is refused', async (_what, more, code) => {
		expect((await create([SUBJECT], more)).data.code).toBe(code);
	});

	it.each([
		[{ status: 'INACTIVE' as const }, 1390015],
		[{ status: 'DELETED' as const }, 1390016],
		[{ viewers: [{ type: 'NONE', id: '', user_id: '' }] }, 1395009],
		[{ node_list: [] }, 1390013],
	])('a definition with %j cannot be started', async (partial, code) => {
		const { approval_code } = sandbox.addDefinition({
			...RICH_DEFINITION,
			...partial,
			approval_code: 'X',
		});
		expect((await create([SUBJECT], { approval_code })).data.code).toBe(code);
	});

	it('the scope for reading does not do', async () => {
		const app = sandbox.apps.get(SANDBOX_APP.app_id)!;
		const { scopes } = app;
		app.scopes = ['approval:approval:readonly'];
		const { data } = await create([SUBJECT]);
		app.scopes = scopes;
		expect(data.code).toBe(99991672);
	});

	it('a uuid counts once, in whatever case, and finds the instance after a while', async () => {
		sandbox.uuidLagMs = 5000;
		const code = await created([SUBJECT], { uuid: 'Mine-1' });
		const again = await create([SUBJECT], { uuid: 'mine-1' });
		expect(again.data).toMatchObject({ code: 60012 });
		expect(JSON.stringify(again.data)).not.toContain(code);
		expect((await client.get(token, 'Mine-1')).data.code).toBe(1390003);
		sandbox.clock.advance(5000);
		expect((await client.get(token, 'Mine-1')).data.data).toMatchObject({ instance_code: code });
	});

	it('a link is given if it is wanted, and nobody withdraws what forbids it', async () => {
		const { data } = await create([SUBJECT], { with_link: true, forbid_revoke: true });
		expect(data.data.instance_link).toMatch(/^https:/);
		const { instance_code } = data.data as { instance_code: string };
		const body = { approval_code: CODE, instance_code, user_id: INITIATOR.open_id };
		expect((await post(`${INSTANCES}/cancel`, body)).data.code).toBe(1390009);
		const shown = (await client.get(token, instance_code)).data.data ?? {};
		expect(Object.keys(shown)).not.toEqual(
			expect.arrayContaining([expect.stringMatching(/forbid|ByUuid|nodeCopies/)]),
		);
	});

	it('a lost answer has done its work', async () => {
		sandbox.faults.add({ on: 'create', fault: { kind: 'reset', when: 'after' } });
		await expect(create([SUBJECT], { uuid: 'lost' })).rejects.toThrow();
		expect((await create([SUBJECT], { uuid: 'lost' })).data.code).toBe(60012);
	});
});

it('goes from node to node, copies people after theirs', async () => {
	const copies = [{ key: NODES[0].node_id, value: [COLLEAGUE.open_id] }];
	const code = await created([SUBJECT], { node_cc_open_id_list: copies });
	const instance = sandbox.instances.get(code)!;
	const open = () => instance.task_list.filter(({ status }) => status === 'PENDING');
	const approve = async () => {
		const [{ id: task_id, open_id: user_id }] = open();
		const body = { approval_code: CODE, instance_code: code, user_id, task_id };
		const { data } = await post('/open-apis/approval/v4/tasks/approve', body);
		expect(data.code).toBe(0);
	};
	const copied = () => instance.timeline.filter(({ type }) => type === 'CC').length;
	expect(open().map((task) => task.open_id)).toEqual([APPROVER.open_id, COLLEAGUE.open_id]);
	await approve();
	expect([instance.status, open().length, copied()]).toEqual(['PENDING', 1, 0]);
	await approve();
	expect(open()).toMatchObject([{ open_id: ACCOUNTANT.open_id, node_name: 'Accounting' }]);
	expect(copied()).toBe(1);
	await approve();
	expect(instance.status).toBe('APPROVED');
	expect(copied()).toBe(1);
});

describe('files', () => {
	it.each([
		['/approval/openapi/v2/file/upload', 'upload'],
		['/open-apis/approval/v4/files/upload', 'uploadV4'],
	] as const)('come back from the file host: %s', async (path, endpoint) => {
		const { data } = await upload('attachment', '报销单 (1).pdf', path);
		const { code, url } = (data.data.urls_detail?.[0] ?? data.data) as Record<string, string>;
		expect(code).toMatch(/^[\dA-F]{8}(-[\dA-F]{4}){3}-[\dA-F]{12}$/);
		expect(url).toContain('\\u0026');
		const [shown] = await formOf([widget('widget18', 'attachmentV2', [code])]);
		expect(shown).toMatchObject({ ext: '报销单 (1).pdf' });
		const { value } = shown as { value: string[] };
		expect(await (await fetch(value[0])).text()).toBe('bytes of 报销单 (1).pdf');
		const wrong = await create([widget('widget19', 'image', [code])]);
		expect(wrong.data.msg).toContain('not uploaded as image');
		sandbox.missingUploads.add(endpoint);
		expect((await upload('attachment', 'a.pdf', path)).status).toBe(404);
	});

	it('are refused without an extension, of another type, too big, or not as a form', async () => {
		expect((await upload('attachment', 'noname')).data.code).toBe(1390001);
		expect((await upload('video', 'a.mp4')).data.code).toBe(1390001);
		const form = new FormData();
		form.append('name', 'a.png');
		form.append('type', 'image');
		form.append('content', new Blob([Buffer.alloc(10 * 1024 * 1024 + 1)]), 'a.png');
		expect((await post('/approval/openapi/v2/file/upload', form)).data.code).toBe(1390001);
		expect((await post('/approval/openapi/v2/file/upload', { name: 'a' })).data.code).toBe(9499);
	});
});

describe('preview', () => {
	const preview = async (body: object, params: object = {}) =>
		await post(`${INSTANCES}/preview`, body, params);
	const before = {
		approval_code: CODE,
		user_id: INITIATOR.open_id,
		form: JSON.stringify([SUBJECT]),
	};

	it('tells who would decide, and creates nothing', async () => {
		const count = sandbox.instances.size;
		const { data } = await preview(before);
		expect(data.data.preview_nodes).toMatchObject([
			{
				node_name: 'Manager',
				node_type: 'AND',
				user_id_list: [APPROVER.open_id, COLLEAGUE.open_id],
			},
			{ node_name: 'Accounting', is_approver_type_free: true, user_id_list: [] },
			{ node_name: 'Copies', node_type: '' },
		]);
		expect(sandbox.instances.size).toBe(count);
	});

	it('of a task begins with its node; 1390006 if it is not theirs', async () => {
		const instance_code = await created([SUBJECT]);
		const [task] = sandbox.instances.get(instance_code)!.task_list;
		const body = { instance_code, task_id: task.id };
		const theirs = await preview(
			{ ...body, user_id: APPROVER.user_id },
			{ user_id_type: 'user_id' },
		);
		expect(theirs.data.data.preview_nodes[0].user_id_list).toEqual([
			APPROVER.user_id,
			COLLEAGUE.user_id,
		]);
		const other = await preview({ ...body, user_id: ACCOUNTANT.open_id });
		expect([other.status, other.data.code]).toEqual([400, 1390006]);
	});

	it('wants the department of somebody who has several, and answers 500 for a free process', async () => {
		sandbox.addUser({ ...INITIATOR, departments: ['d1', 'd2'] });
		expect((await preview(before)).data.msg).toContain('department_id');
		expect((await preview({ ...before, department_id: 'd2' })).data.code).toBe(0);
		sandbox.addUser(INITIATOR);
		sandbox.addDefinition({ approval_code: 'FREE', node_list: [] });
		const free = await preview({ ...before, approval_code: 'FREE', form: '[]' });
		expect([free.status, free.data.code]).toEqual([500, 1395001]);
	});
});

it('the official SDK creates and previews', async () => {
	const quiet = () => undefined;
	const sdk = new lark.Client({
		appId: SANDBOX_APP.app_id,
		appSecret: SANDBOX_APP.app_secret,
		domain: sandbox.url,
		logger: { error: quiet, warn: quiet, info: quiet, debug: quiet, trace: quiet },
	});
	const { instance } = sdk.approval.v4;
	const made = await instance.create({ data: bodyOf([SUBJECT]) });
	expect(made.data?.instance_code).toBeDefined();
	const form = JSON.stringify([SUBJECT]);
	const data = { approval_code: CODE, user_id: INITIATOR.open_id, form };
	const seen = await instance.preview({ data, params: { user_id_type: 'open_id' } });
	expect(seen.data?.preview_nodes).toHaveLength(3);
});
