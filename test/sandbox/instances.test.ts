import { FeishuClient } from '../../sandbox/client';
import {
	ACCOUNTANT,
	APPROVER,
	COLLEAGUE,
	EXPENSE_INSTANCE,
	SAMPLE_INSTANCE,
	SANDBOX_APP,
	startSandbox,
	USER_ID_SCOPE,
} from '../../sandbox/index';
import type { App, Instance, Sandbox } from '../../sandbox/index';

let sandbox: Sandbox;
let client: FeishuClient;
let token: string;
let app: App;
let instance: Instance;

beforeEach(async () => {
	sandbox = await startSandbox();
	client = new FeishuClient(sandbox);
	token = await client.token();
	app = sandbox.apps.get(SANDBOX_APP.app_id)!;
	instance = sandbox.addInstance();
});
afterEach(async () => await sandbox.close());

const codeOfGet = async (id: string, params = {}) =>
	(await client.get(token, id, params)).data.code;
const codeOfCc = async (change: object = {}, params = {}) =>
	(await client.cc(token, { ...ccBody(), ...change }, params)).data.code;
const ccBody = () => ({
	approval_code: instance.approval_code,
	instance_code: instance.instance_code,
	user_id: APPROVER.open_id,
	cc_user_ids: [COLLEAGUE.open_id],
	comment: 'see this',
});

describe('Get Instance', () => {
	it('finds an instance by code and by uuid', async () => {
		const byCode = await client.get(token, SAMPLE_INSTANCE.instance_code);
		const byUuid = await client.get(token, '1234567');
		expect(byCode.data.data).toEqual(SAMPLE_INSTANCE);
		expect(byUuid.data.data).toEqual(SAMPLE_INSTANCE);
		expect(await codeOfGet(encodeURIComponent('a/b c'))).toBe(1390003);
	});

	it('never shows the flags of the fixture', async () => {
		instance.handwritten = true;
		const { data } = await client.get(token, instance.instance_code);
		expect(data.data).toMatchObject({ instance_code: instance.instance_code });
		expect(data.data).not.toHaveProperty('handwritten');
	});

	it.each([
		['locale', { locale: 'xx-XX' }, 1390001],
		['user_id_type', { user_id_type: 'email' }, 99992402],
		['user_id of another kind', { user_id: COLLEAGUE.user_id }, 1390004],
		['nested_mutable_group', { nested_mutable_group: 'perhaps' }, 99992402],
	])('refuses a wrong %s', async (_name, params, code) => {
		expect(await codeOfGet(instance.instance_code, params)).toBe(code);
	});

	it('answers 403 with 1390009 for an instance that is closed to the caller', async () => {
		instance.forbidden = true;
		const { status, data } = await client.get(token, instance.instance_code);
		expect([status, data.code]).toEqual([403, 1390009]);
	});

	it('shows the referenced Bitable only on demand', async () => {
		const id = String(EXPENSE_INSTANCE.instance_code);
		const bitable = async (params = {}) => {
			const { data } = await client.get(token, id, params);
			const widgets = JSON.parse(String(data.data?.form)) as Array<{ type: string }>;
			return widgets.find(({ type }) => type === 'mutableGroup');
		};
		expect(await bitable()).not.toHaveProperty('value');
		expect(await bitable({ nested_mutable_group: true })).toHaveProperty('value');
	});

	it('hides every user_id from an app without the field scope', async () => {
		app.scopes = ['approval:instance'];
		const absent = JSON.stringify((await client.get(token, '1234567')).data);
		expect(absent).toContain(APPROVER.open_id);
		expect(absent).not.toMatch(/user_id(?!_list":\[\])|f7cb567e|62d4a44c/);
		app.userIdWithoutScope = 'empty';
		const { data } = await client.get(token, '1234567');
		expect(data.data).toMatchObject({ user_id: '', task_list: [{ user_id: '' }] });
		const refused = await client.get(token, '1234567', { user_id_type: 'user_id' });
		expect(refused.data.code).toBe(99991672);
		expect(refused.data.error.permission_violations).toEqual([
			{ type: 'field_scope_required', subject: USER_ID_SCOPE },
		]);
	});
});

describe('CC Instance', () => {
	it('adds one timeline entry per receiver, again for the same person', async () => {
		const before = instance.timeline.length;
		const receivers = [COLLEAGUE.open_id, ACCOUNTANT.open_id];
		const first = await client.cc(token, { ...ccBody(), cc_user_ids: receivers });
		expect(first.data).toEqual({ code: 0, msg: 'success', data: {} });
		expect(await codeOfCc()).toBe(0);
		const added = instance.timeline.slice(before);
		expect(added.map((entry) => entry.open_id_list)).toEqual([
			[COLLEAGUE.open_id],
			[ACCOUNTANT.open_id],
			[COLLEAGUE.open_id],
		]);
		expect(added[0]).toEqual({
			type: 'CC',
			create_time: expect.stringMatching(/^\d{13}$/),
			user_id: APPROVER.user_id,
			open_id: APPROVER.open_id,
			user_id_list: [COLLEAGUE.user_id],
			open_id_list: [COLLEAGUE.open_id],
			task_id: '',
			comment: 'see this',
			cc_user_list: [
				{ user_id: COLLEAGUE.user_id, cc_id: expect.any(String), open_id: COLLEAGUE.open_id },
			],
			ext: JSON.stringify({ user_id: COLLEAGUE.user_id, open_id: COLLEAGUE.open_id }),
			node_key: '',
		});
		const ids = added.flatMap((entry) => entry.cc_user_list?.map(({ cc_id }) => cc_id));
		expect(new Set(ids).size).toBe(3);
		const got = await client.get(token, instance.instance_code);
		expect(got.data.data?.timeline).toEqual(instance.timeline);
	});

	it('does not copy a person twice where the platform is told so', async () => {
		sandbox.dedupeCc = true;
		await codeOfCc();
		await codeOfCc({ cc_user_ids: [COLLEAGUE.open_id, ACCOUNTANT.open_id] });
		expect(sandbox.calls('cc').map(({ copied }) => copied)).toEqual([
			[COLLEAGUE.open_id],
			[ACCOUNTANT.open_id],
		]);
	});

	it.each(['union_id', 'user_id'] as const)('takes people by %s', async (kind) => {
		const ids = { user_id: APPROVER[kind], cc_user_ids: [COLLEAGUE[kind]] };
		expect(await codeOfCc(ids, { user_id_type: kind })).toBe(0);
		expect(sandbox.calls('cc')[0].copied).toEqual([COLLEAGUE.open_id]);
		expect(await codeOfCc(ids)).toBe(1390004);
	});

	it('refuses an open_id that belongs to another app', async () => {
		sandbox.addUser({ open_id: 'ou_x', union_id: 'on_x', user_id: 'aaaa1111', app: 'cli_other' });
		expect(await codeOfCc({ cc_user_ids: ['ou_x'] })).toBe(99992361);
		const byUnion = { user_id: APPROVER.union_id, cc_user_ids: ['on_x'] };
		expect(await codeOfCc(byUnion, { user_id_type: 'union_id' })).toBe(0);
	});

	it.each([
		['no instance code', { instance_code: undefined }, 99992402],
		['receivers as a text', { cc_user_ids: 'ou_123456' }, 99992402],
		['a receiver that is a number', { cc_user_ids: [1] }, 99992402],
		['a comment that is a number', { comment: 1 }, 99992402],
		['no receivers', { cc_user_ids: [] }, 1390001],
		['an unknown definition', { approval_code: 'none' }, 1390002],
		['an unknown instance', { instance_code: 'none' }, 1390003],
		["another definition's instance", { approval_code: EXPENSE_INSTANCE.approval_code }, 1390003],
		['an unknown operator', { user_id: 'ou_none' }, 1390004],
		['one unknown receiver', { cc_user_ids: [COLLEAGUE.open_id, 'ou_none'] }, 1390004],
	])('refuses %s and changes nothing', async (_case, change, code) => {
		const before = structuredClone(instance.timeline);
		expect(await codeOfCc(change)).toBe(code);
		expect(instance.timeline).toEqual(before);
		expect(sandbox.calls('cc')[0]).toMatchObject({ carriedOut: false, copied: [] });
	});

	it('names the field that is wrong', async () => {
		const { data } = await client.cc(token, { ...ccBody(), user_id: 7 });
		expect(data.error.field_violations).toMatchObject([{ field: 'user_id', value: '7' }]);
	});

	it('wants JSON', async () => {
		expect((await client.cc(token, 'approval_code=1')).data.code).toBe(9499);
	});

	it('refuses handwritten signatures and closed instances', async () => {
		instance.handwritten = true;
		expect(await codeOfCc()).toBe(1390018);
		instance.forbidden = true;
		expect(await codeOfCc()).toBe(1390009);
	});
});
