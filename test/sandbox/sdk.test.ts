import * as lark from '@larksuiteoapi/node-sdk';
import { FeishuClient } from '../../sandbox/client';
import {
	ACCOUNTANT,
	CC_SAMPLE_USER,
	EXPENSE_INSTANCE,
	SAMPLE_INSTANCE,
	SANDBOX_APP,
	startSandbox,
} from '../../sandbox/index';
import type { Sandbox } from '../../sandbox/index';

const GET = {
	path: { instance_id: '81D31358-93AF-92D6-7425-01A5D67C4E71' },
	params: { locale: 'zh-CN', user_id: 'f7cb567e', user_id_type: 'user_id' },
} as const;
const CC = {
	params: { user_id_type: 'open_id' },
	data: {
		approval_code: '7C468A54-8745-2245-9675-08B7C63E7A85',
		instance_code: '7C468A54-8745-2245-9675-08B7C63E7A85',
		user_id: 'f7cb567e',
		cc_user_ids: ['f7cb567e'],
		comment: 'ok',
	},
} as const;

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox();
});
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.close());

const quiet = () => undefined;

function sdk(disableTokenCache: boolean): lark.Client {
	return new lark.Client({
		appId: SANDBOX_APP.app_id,
		appSecret: SANDBOX_APP.app_secret,
		domain: sandbox.url,
		disableTokenCache,
		logger: { error: quiet, warn: quiet, info: quiet, debug: quiet, trace: quiet },
	});
}

const ccData = () => ({ ...CC.data, cc_user_ids: [...CC.data.cc_user_ids] });

describe('with a token given by hand, as in the Node samples', () => {
	it("Get Instance answers the page's sample data", async () => {
		const token = lark.withTenantToken(await new FeishuClient(sandbox).token());
		const answer = await sdk(true).approval.v4.instance.get(GET, token);
		expect(answer).toEqual({ code: 0, msg: 'success', data: SAMPLE_INSTANCE });
	});

	it('CC Instance answers an empty data object and leaves its mark on the timeline', async () => {
		const token = lark.withTenantToken(await new FeishuClient(sandbox).token());
		const answer = await sdk(true).approval.v4.instance.cc({ ...CC, data: ccData() }, token);
		expect(answer).toEqual({ code: 0, msg: 'success', data: {} });
		const instance = sandbox.instances.get(CC.data.instance_code);
		expect(instance?.timeline.at(-1)).toMatchObject({
			type: 'CC',
			comment: 'ok',
			open_id_list: [CC_SAMPLE_USER.open_id],
		});
	});

	it('a token the platform does not know makes the SDK throw with code 99991663', async () => {
		const call = sdk(true).approval.v4.instance.get(GET, lark.withTenantToken('t-unknown'));
		await expect(call).rejects.toMatchObject({
			response: { status: 400, data: { code: 99991663 } },
		});
	});
});

describe("with the SDK's own token handling", () => {
	it('exchanges once for a Get and a CC', async () => {
		const { instance } = sdk(false).approval.v4;
		const got = await instance.get(GET);
		const copied = await instance.cc({ ...CC, data: ccData() });
		expect(got.data).toEqual(SAMPLE_INSTANCE);
		expect(copied.code).toBe(0);
		expect(sandbox.tokens.exchanges(SANDBOX_APP.app_id)).toBe(1);
		expect(sandbox.journal.map(({ endpoint }) => endpoint)).toEqual(['exchange', 'get', 'cc']);
	});
});

describe('what finds', () => {
	const data = { approval_code: EXPENSE_INSTANCE.approval_code! };
	const code = EXPENSE_INSTANCE.instance_code!;
	const ofExpense = { instance: { code, status: 'pending' } };
	const v4 = () => sdk(true).approval.v4;
	const token = async () => lark.withTenantToken(await new FeishuClient(sandbox).token());

	it('codes of a definition', async () => {
		const at = Number(EXPENSE_INSTANCE.start_time);
		const params = { ...data, start_time: String(at - 1), end_time: String(at + 1) };
		const { data: found } = await v4().instance.list({ params }, await token());
		expect(found).toEqual({ instance_code_list: [code], page_token: '100', has_more: false });
	});

	it('instances, copies and tasks', async () => {
		const { instance, task } = v4();
		const given = await token();
		expect((await instance.query({ data }, given)).data?.instance_list).toMatchObject([ofExpense]);
		const copies = (await instance.searchCc({ data }, given)).data?.cc_list;
		expect(copies).toMatchObject([{ ...ofExpense, cc: { read_status: 'unread' } }]);
		const tasks = (await task.search({ data: { ...data, task_status: 'PENDING' } }, given)).data;
		expect(tasks?.task_list).toMatchObject([
			{ ...ofExpense, task: { user_id: ACCOUNTANT.open_id, status: 'pending' } },
		]);
	});

	it('the tasks of a person, page by page', async () => {
		const params = { user_id: ACCOUNTANT.open_id, topic: '1', page_size: 1 } as const;
		const pages = await v4().task.queryWithIterator({ params }, await token());
		const found = [];
		for await (const page of pages) found.push(page);
		expect(found).toMatchObject([{ tasks: [{ process_code: code, status: '1' }] }]);
	});
});
