import { FeishuClient } from '../../sandbox/client';
import { SAMPLE_INSTANCE, SANDBOX_APP, startSandbox } from '../../sandbox/index';
import type { Sandbox, SandboxOptions } from '../../sandbox/index';

const CODE = SAMPLE_INSTANCE.instance_code;

let sandbox: Sandbox;
let client: FeishuClient;
let token: string;

async function start(options: SandboxOptions = {}): Promise<void> {
	sandbox = await startSandbox(options);
	client = new FeishuClient(sandbox);
	token = await client.token();
}
afterEach(async () => await sandbox.close());

const codes = async (count: number) => {
	const answers = Array.from({ length: count }, async () => await client.get(token, CODE));
	return (await Promise.all(answers)).map(({ data }) => data.code);
};

it('lets 50 Gets through in a second and answers the 51st with 429 and the time to wait', async () => {
	await start();
	sandbox.limits.consume('get', 49);
	expect((await client.get(token, CODE)).data.code).toBe(0);
	const { status, data, headers } = await client.get(token, CODE);
	expect(status).toBe(429);
	expect(data).toMatchObject({ code: 99991400, msg: 'request trigger frequency limit' });
	expect(headers['x-ogw-ratelimit-limit']).toBe('50');
	expect(headers['x-ogw-ratelimit-reset']).toBe('1');
	sandbox.clock.advance(1000);
	expect((await client.get(token, CODE)).data.code).toBe(0);
});

it('counts requests that come at the same time', async () => {
	await start();
	sandbox.limits.windows.get.splice(0, 2, { calls: 20, ms: 60_000 });
	const answered = await codes(30);
	expect(answered.filter((code) => code === 0)).toHaveLength(20);
	expect(answered.filter((code) => code === 99991400)).toHaveLength(10);
});

it('limits CC to 100 a minute, sliding; whole seconds rounded up', async () => {
	await start();
	sandbox.limits.consume('cc', 60);
	sandbox.clock.advance(20_500);
	sandbox.limits.consume('cc', 40);
	const limited = await client.cc(token, {});
	expect(limited.status).toBe(429);
	expect(limited.headers['x-ogw-ratelimit-limit']).toBe('100');
	expect(limited.headers['x-ogw-ratelimit-reset']).toBe('40');
	sandbox.clock.advance(39_500);
	expect((await client.cc(token, {})).data.code).toBe(99992402);
});

it('a refused request does not count', async () => {
	await start();
	sandbox.limits.windows.get.splice(0, 2, { calls: 2, ms: 10_000 });
	expect(await codes(2)).toEqual([0, 0]);
	sandbox.clock.advance(9_000);
	expect(await codes(3)).toEqual([99991400, 99991400, 99991400]);
	sandbox.clock.advance(1_000);
	expect(await codes(2)).toEqual([0, 0]);
});

it('counts each app for itself, and Get apart from CC', async () => {
	await start();
	const other = sandbox.addApp({ app_id: 'cli_other', app_secret: 'other' });
	sandbox.limits.consume('get', 50, SANDBOX_APP.app_id);
	expect((await client.get(token, CODE)).status).toBe(429);
	expect((await client.get(await client.token(other), CODE)).status).toBe(200);
	expect((await client.cc(token, {})).status).toBe(400);
});

it('a call without a living token counts for nobody', async () => {
	await start();
	sandbox.limits.consume('get', 49);
	await client.get('t-unknown', CODE);
	sandbox.tokens.revoke(SANDBOX_APP.app_id);
	await client.get(token, CODE);
	token = await client.token();
	expect((await client.get(token, CODE)).data.code).toBe(0);
});

it('answers HTTP 400 where the older style is wanted', async () => {
	await start({ rateLimitStatus: 400 });
	sandbox.limits.consume('get', 50);
	const { status, data } = await client.get(token, CODE);
	expect([status, data.code]).toEqual([400, 99991400]);
});

it('its headers can be falsified', async () => {
	await start();
	sandbox.limits.consume('get', 50);
	sandbox.limits.headers = () => ({ 'x-ogw-ratelimit-reset': 'soon' });
	const { headers } = await client.get(token, CODE);
	expect(headers['x-ogw-ratelimit-reset']).toBe('soon');
	expect(headers).not.toHaveProperty('x-ogw-ratelimit-limit');
});

it('can be switched off', async () => {
	await start({ limits: false });
	sandbox.limits.consume('get', 5000);
	expect((await client.get(token, CODE)).data.code).toBe(0);
});
