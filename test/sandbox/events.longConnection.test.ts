/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { setTimeout as later } from 'node:timers/promises';
import * as lark from '@larksuiteoapi/node-sdk';
import { FeishuClient } from '../../sandbox/client';
import {
	approvalInstanceEvent,
	refusedConnection,
	SAMPLE_INSTANCE,
	SDK_APP,
	startSandbox,
	type Sandbox,
	type Way,
} from '../../sandbox/index';
import { until } from './until';

const quiet = () => undefined;
const logger = { error: quiet, warn: quiet, info: quiet, debug: quiet, trace: quiet };

let sandbox: Sandbox;
let clients: lark.WSClient[];

beforeEach(async () => {
	clients = [];
	sandbox = await startSandbox({
		apps: [SDK_APP],
		events: { retryScale: 0.001 },
	});
	sandbox.subscribe(SAMPLE_INSTANCE.approval_code);
	sandbox.events.longConnection.config.ReconnectNonce = 0.02;
	sandbox.events.longConnection.config.ReconnectInterval = 0.02;
});
afterEach(async () => {
	for (const client of clients) client.close({ force: true });
	await sandbox.close();
});

type Handler = (data: Record<string, unknown>) => void | Promise<void>;

type Options = Partial<ConstructorParameters<typeof lark.WSClient>[0]>;

/** Begins to connect with the official SDK. */
function begin(handler: Handler, options: Options): lark.WSClient {
	const { app_id: appId, app_secret: appSecret } = SDK_APP;
	const client = new lark.WSClient({ appId, appSecret, domain: sandbox.url, logger, ...options });
	clients.push(client);
	const eventDispatcher = new lark.EventDispatcher({ logger });
	eventDispatcher.register({ approval_instance: handler } as object);
	void client.start({ eventDispatcher });
	return client;
}

/** Connects with the official SDK. */
async function connect(handler: Handler = quiet, options: Options = {}): Promise<lark.WSClient> {
	return await new Promise((resolve) => {
		const client = begin(handler, { ...options, onReady: () => resolve(client) });
	});
}

const event = (more = {}) => approvalInstanceEvent(SAMPLE_INSTANCE, 'APPROVED', more);

it('pushes to the official SDK, which acknowledges', async () => {
	const seen: object[] = [];
	await connect((data) => void seen.push(data));
	const [delivery] = sandbox.events.push(event());
	await sandbox.events.settled();
	expect(delivery).toMatchObject({ state: 'accepted', way: 'longConnection', retries: 0 });
	const [connection] = sandbox.events.longConnection.connections;
	expect(delivery.attempts).toEqual([
		{
			at: expect.any(Number),
			ms: delivery.acknowledgedAfterMs,
			status: 200,
			answer: '{"code":200}',
			problem: undefined,
			connection: connection.id,
		},
	]);
	expect(seen).toMatchObject([{ uuid: delivery.id, status: 'APPROVED', token: '' }]);
	expect(connection).toMatchObject({ pings: 1, complaints: [], late: [] });
});

it('can push to either while the app has both, the token only to the request URL', async () => {
	await connect();
	sandbox.events.setRequestUrl(sandbox.url, { verificationToken: 'v-token' });
	const tokenOf = (to?: Way) =>
		(sandbox.events.push(event(), { to })[0].envelope as { token: string }).token;
	expect([tokenOf(), tokenOf('longConnection'), tokenOf('webhook')]).toEqual([
		'v-token',
		'',
		'v-token',
	]);
});

it('pushes a large event in parts, whatever their order', async () => {
	const seen: unknown[] = [];
	await connect(({ extra }) => void seen.push(extra));
	const extra = '审批 '.repeat(30_000);
	for (const order of ['ascending', 'descending', 'shuffled'] as const) {
		sandbox.events.push(event({ extra }), { parts: 7, order });
	}
	await sandbox.events.settled();
	expect(sandbox.events.deliveries.map(({ state }) => state)).toEqual(Array(3).fill('accepted'));
	expect(seen).toEqual([extra, extra, extra]);
});

it('pushes again what the client could not do', async () => {
	let calls = 0;
	await connect(() => {
		if (++calls < 3) throw new Error('not yet');
	});
	const [delivery] = sandbox.events.push(event());
	await sandbox.events.settled();
	expect(delivery.attempts.map(({ status }) => status)).toEqual([500, 500, 200]);
	expect(delivery.attempts[0].problem).toBe('the client answered {"code":500}');
});

it('pushes again what was acknowledged too late, and remembers that', async () => {
	sandbox.events.answerWithinMs = 300;
	let pause = 400;
	await connect(async () => {
		await later(pause);
		pause = 0;
	});
	const [delivery] = sandbox.events.push(event());
	await sandbox.events.settled();
	expect(delivery.attempts[0].problem).toBe('no acknowledgement within 300 ms');
	expect(delivery.state).toBe('accepted');
	await until(() => [...sandbox.events.longConnection.connections][0].late.length > 0);
});

it('gives each event to one connection, by chance or as told', async () => {
	const counts = [0, 0, 0];
	for (const index of counts.keys()) await connect(() => void counts[index]++);
	const push = () => sandbox.events.push(approvalInstanceEvent(sandbox.addInstance(), 'APPROVED'));
	for (let events = 0; events < 90; events++) push();
	await sandbox.events.settled();
	expect(counts.reduce((sum, count) => sum + count)).toBe(90);
	expect(Math.min(...counts)).toBeGreaterThan(0);
	sandbox.events.longConnection.pick = ([first]) => first;
	const [, ...others] = counts;
	for (let events = 0; events < 20; events++) push();
	await sandbox.events.settled();
	expect(counts.slice(1)).toEqual(others);
});

it('answers pings with the rhythm that it wants from now on', async () => {
	const { longConnection } = sandbox.events;
	longConnection.config.PingInterval = 0.05;
	await connect();
	const [connection] = longConnection.connections;
	await until(() => connection.pings >= 3);
	longConnection.config.PingInterval = 60;
	await later(500);
	const { pings } = connection;
	await later(200);
	expect(connection.pings).toBe(pings);
});

it.each([false, true])('makes clients come again; abruptly: %s', async (abruptly) => {
	const seen: unknown[] = [];
	await connect(({ uuid }) => void seen.push(uuid));
	const { longConnection } = sandbox.events;
	const [before] = longConnection.connections;
	longConnection.disconnect({ abruptly });
	await until(() => longConnection.opened === 2);
	const [delivery] = sandbox.events.push(event());
	await sandbox.events.settled();
	expect(seen).toEqual([delivery.id]);
	expect(delivery.attempts.at(-1)?.connection).not.toBe(before.id);
	expect(sandbox.calls('openConnection')).toHaveLength(2);
});

it('can fall silent, which only a watchdog notices', async () => {
	const { longConnection } = sandbox.events;
	longConnection.config.PingInterval = 0.1;
	await connect(undefined, { wsConfig: { pingTimeout: 0.1 } });
	const [connection] = longConnection.connections;
	connection.silent = true;
	sandbox.events.answerWithinMs = 300;
	const [delivery] = sandbox.events.push(event());
	await until(() => longConnection.opened === 2);
	await sandbox.events.settled();
	expect(delivery.state).toBe('accepted');
	expect(delivery.retries).toBeGreaterThan(0);
});

it('keeps an event for a client that comes back', async () => {
	const client = await connect();
	client.close();
	await until(() => sandbox.events.longConnection.connections.size === 0);
	const [delivery] = sandbox.events.push(event());
	await until(() => delivery.attempts.length > 0);
	expect(delivery.attempts[0].problem).toBe('no connection is open');
	await connect();
	await sandbox.events.settled();
	expect(delivery.state).toBe('accepted');
});

it('tells how many connections are open', async () => {
	await connect();
	await connect();
	const client = new lark.Client({
		appId: SDK_APP.app_id,
		appSecret: SDK_APP.app_secret,
		domain: sandbox.url,
		logger,
	});
	const url = '/open-apis/event/v1/connection';
	const answer: unknown = await client.request({ method: 'GET', url });
	expect(answer).toMatchObject({ code: 0, data: { online_instance_cnt: 2 } });
});

describe('refuses', () => {
	const ask = async (AppID: unknown, AppSecret: unknown) => {
		const { http } = new FeishuClient(sandbox);
		const { status, data } = await http.post<{ code: number; data: { URL: string } }>(
			'/callback/ws/endpoint',
			{ AppID, AppSecret },
		);
		return [status, data.code, data.data.URL];
	};
	const { app_id: id, app_secret: secret } = SDK_APP;

	it('what no app may have', async () => {
		expect(await ask(undefined, secret)).toEqual([200, 1000040346, '']);
		expect(await ask('cli_unknown', secret)).toEqual([200, 1000040345, '']);
		expect(await ask(id, 'wrong')).toEqual([200, 1000040345, '']);
		sandbox.apps.get(id)!.enabled = false;
		expect(await ask(id, secret)).toEqual([200, 403, '']);
		sandbox.apps.get(id)!.ofOtherCloud = true;
		expect(await ask(id, secret)).toEqual([200, 1000040351, '']);
	});

	it.each([1, 514, 1000040350] as const)('with %i, which the SDK takes as final', async (code) => {
		sandbox.faults.add({ on: 'openConnection', fault: refusedConnection(code) });
		const failed = new Promise<Error>((resolve) => begin(quiet, { onError: resolve }));
		expect((await failed).message).toContain(`code=${code}`);
		expect(sandbox.events.longConnection.opened).toBe(0);
	});

	it('with 1000040343, which the SDK tries again', async () => {
		const fault = refusedConnection(1000040343);
		sandbox.faults.add({ on: 'openConnection', fault, times: 2 });
		begin(quiet, {});
		// Without an answer the SDK keeps its own pauses, of up to 30 s.
		await until(() => sandbox.calls('openConnection').length > 0);
		expect(sandbox.calls('openConnection')[0].code).toBe(1000040343);
	});
});
