import { FeishuClient } from '../../sandbox/client';
import { SAMPLE_INSTANCE, SANDBOX_APP, startSandbox, USER_ID_SCOPE } from '../../sandbox/index';
import type { App, Sandbox } from '../../sandbox/index';
import { Tokens } from '../../sandbox/tokens';

const { app_id: APP } = SANDBOX_APP;
const CODE = SAMPLE_INSTANCE.instance_code;
const MINUTE = 60_000;

let sandbox: Sandbox;
let client: FeishuClient;
let app: App;

beforeEach(async () => {
	sandbox = await startSandbox();
	client = new FeishuClient(sandbox);
	app = sandbox.apps.get(APP)!;
});
afterEach(async () => await sandbox.close());

const codeWith = async (token: string) => (await client.get(token, CODE)).data.code;

describe('token exchange', () => {
	it('answers a t- token for 7200 s without a data wrapper, slash at the end or not', async () => {
		const { data, status } = await client.exchange();
		expect(status).toBe(200);
		expect(data).toEqual({
			code: 0,
			msg: 'ok',
			tenant_access_token: expect.stringMatching(/^t-\w{20,}$/),
			expire: 7200,
		});
		const path = '/open-apis/auth/v3/tenant_access_token/internal/';
		const again = await client.http.post(path, SANDBOX_APP);
		expect(again.data.tenant_access_token).toBe(data.tenant_access_token);
	});

	it('hands out the same token with its remaining seconds, until less than 30 min are left', async () => {
		const first = await client.token();
		sandbox.clock.advance(89 * MINUTE);
		const kept = (await client.exchange()).data;
		expect(kept.tenant_access_token).toBe(first);
		expect(kept.expire).toBeGreaterThan(1855);
		expect(kept.expire).toBeLessThanOrEqual(1860);
		sandbox.clock.advance(MINUTE);
		const second = (await client.exchange()).data;
		expect(second.tenant_access_token).not.toBe(first);
		expect(second.expire).toBe(7200);
		expect(sandbox.tokens.issued(APP)).toBe(2);
		expect(sandbox.tokens.exchanges()).toBe(3);
		expect(sandbox.tokens.current(APP)).toBe(second.tenant_access_token);
	});

	it('keeps a token at exactly 30 min and replaces it 1 ms later', () => {
		let now = 0;
		const tokens = new Tokens({ now: () => now });
		const { tenant_access_token: first } = tokens.exchange(APP);
		now = 90 * MINUTE;
		expect(tokens.exchange(APP)).toEqual({ tenant_access_token: first, expire: 1800 });
		now += 1;
		expect(tokens.exchange(APP).tenant_access_token).not.toBe(first);
	});

	it.each([
		['an empty id', { ...SANDBOX_APP, app_id: '' }, 10003],
		['a malformed id', { ...SANDBOX_APP, app_id: 'sandbox' }, 10003],
		['no secret', { app_id: APP }, 10003],
		['an unknown id', { ...SANDBOX_APP, app_id: 'cli_unknown' }, 10014],
		['a wrong secret', { ...SANDBOX_APP, app_secret: 'wrong' }, 10015],
	])('refuses %s with HTTP 200 and a code', async (_case, sent, code) => {
		const { status, data, headers } = await client.exchange(sent);
		expect(status).toBe(200);
		expect(data.code).toBe(code);
		expect(data).not.toHaveProperty('tenant_access_token');
		expect(headers['x-tt-logid']).toBe(data.error.log_id);
		expect(sandbox.tokens.exchanges()).toBe(0);
	});

	it('can answer 10014 to a wrong secret, and does to a disabled app', async () => {
		app.wrongSecretCode = 10014;
		expect((await client.exchange({ ...SANDBOX_APP, app_secret: 'wrong' })).data.code).toBe(10014);
		app.enabled = false;
		expect((await client.exchange()).data.code).toBe(10014);
	});

	it('works from an address that the API denies', async () => {
		app.deniedIp = true;
		const { data } = await client.exchange();
		expect(data.code).toBe(0);
		expect(await codeWith(data.tenant_access_token)).toBe(99991401);
	});
});

describe('token of an API call', () => {
	it("old and new token both work until the old one's own expiry", async () => {
		const old = await client.token();
		sandbox.clock.advance(91 * MINUTE);
		const renewed = await client.token();
		expect([await codeWith(old), await codeWith(renewed)]).toEqual([0, 0]);
		sandbox.clock.advance(30 * MINUTE);
		expect([await codeWith(old), await codeWith(renewed)]).toEqual([99991663, 0]);
	});

	it('every token of the app is dead after a revocation, and the next exchange mints', async () => {
		sandbox.tokens.accept(APP, 't-fixed');
		const first = await client.token();
		expect([await codeWith(first), await codeWith('t-fixed')]).toEqual([0, 0]);
		sandbox.tokens.revoke(APP);
		expect([await codeWith(first), await codeWith('t-fixed')]).toEqual([99991663, 99991663]);
		const second = await client.token();
		expect(second).not.toBe(first);
		expect(await codeWith(second)).toBe(0);
	});

	it('expireIn sets the life that is left', async () => {
		const token = await client.token();
		sandbox.tokens.expireIn(APP, 10);
		expect(await codeWith(token)).toBe(0);
		sandbox.clock.advance(10_000);
		expect(await codeWith(token)).toBe(99991663);
	});

	it('says what is wrong with it', async () => {
		const missing = await client.http.get(`/open-apis/approval/v4/instances/${CODE}`);
		expect([missing.status, missing.data.code]).toEqual([400, 99991661]);
		expect(await codeWith('x-1')).toBe(99991671);
		expect(await codeWith('u-1')).toBe(99991668);
		const unknown = await client.get('t-1', CODE);
		expect(unknown.status).toBe(400);
		expect(unknown.data.msg).toMatch(/^Invalid access token for authorization\./);
		expect(unknown.data.error.troubleshooter).toContain(unknown.data.error.log_id);
		expect(unknown.headers['x-tt-logid']).toBe(unknown.data.error.log_id);
	});

	it('an app that is disabled or out of quota is refused', async () => {
		const token = await client.token();
		app.quotaUsedUp = true;
		expect(await codeWith(token)).toBe(99991403);
		app.enabled = false;
		expect(await codeWith(token)).toBe(99991662);
	});

	it('names the missing scopes and the page that grants them', async () => {
		app.scopes = [USER_ID_SCOPE];
		const { status, data } = await client.get(await client.token(), CODE);
		expect([status, data.code]).toEqual([400, 99991672]);
		expect(data.error.permission_violations).toEqual([
			{ type: 'action_scope_required', subject: 'approval:approval' },
			{ type: 'action_scope_required', subject: 'approval:approval:readonly' },
			{ type: 'action_scope_required', subject: 'approval:instance' },
		]);
		expect(data.error.helps?.[0].url).toContain(`/app/${APP}/auth?q=approval:approval,`);
	});

	it('an app without errorDetails answers in the old shape', async () => {
		app.errorDetails = false;
		const { data } = await client.get(await client.token(), 'none');
		expect(data).toEqual({ code: 1390003, msg: 'instance code not found', data: {} });
	});
});
