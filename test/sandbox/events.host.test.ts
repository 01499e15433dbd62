/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { setTimeout as later } from 'node:timers/promises';
import axios from 'axios';
import { WebSocket } from 'ws';
import {
	approvalInstanceEvent,
	MAX_CONNECTIONS,
	SAMPLE_INSTANCE,
	SANDBOX_APP,
	startSandbox,
	type Connection,
	type Sandbox,
} from '../../sandbox/index';
import {
	decodeFrame,
	encodeFrame,
	headerOf,
	type Frame,
} from '../../sandbox/longConnection/frames';
import { until } from './until';

let sandbox: Sandbox;
let sockets: WebSocket[];

beforeEach(async () => {
	sockets = [];
	sandbox = await startSandbox({ events: { retryScale: 0.001 } });
	sandbox.subscribe(SAMPLE_INSTANCE.approval_code);
});
afterEach(async () => {
	for (const socket of sockets) socket.terminate();
	await sandbox.close();
});

async function ask(): Promise<{ code: number; data: { URL: string; ClientConfig: object } }> {
	const { app_id: AppID, app_secret: AppSecret } = SANDBOX_APP;
	const url = `${sandbox.url}/callback/ws/endpoint`;
	return (await axios.post(url, { AppID, AppSecret }, { proxy: false })).data;
}

async function open(url?: string): Promise<WebSocket> {
	const socket = new WebSocket(url ?? (await ask()).data.URL);
	sockets.push(socket);
	await once(socket, 'open');
	return socket;
}

/** Opens a connection that answers every frame with another. */
async function openAnswering(answer: (frame: Frame) => Frame | undefined): Promise<Connection> {
	const socket = await open();
	socket.on('message', (data: Buffer) => {
		const frame = answer(decodeFrame(data));
		if (frame !== undefined) socket.send(encodeFrame(frame));
	});
	return [...sandbox.events.longConnection.connections].at(-1)!;
}

const push = () => sandbox.events.push(approvalInstanceEvent(SAMPLE_INSTANCE, 'APPROVED'))[0];

const acknowledged = (frame: Frame): Frame => ({
	...frame,
	headers: [...frame.headers, { key: 'biz_rt', value: '3' }],
	payload: Buffer.from('{"code":200}'),
});

it('gives an address with what a client has to know', async () => {
	const { data, code } = await ask();
	expect(code).toBe(0);
	const { searchParams, origin } = new URL(data.URL);
	expect(origin).not.toBe(sandbox.url.replace('http', 'ws'));
	for (const name of ['device_id', 'service_id', 'ticket'])
		expect(searchParams.get(name)).toBeTruthy();
	expect(data.ClientConfig).toEqual({
		PingInterval: 120,
		ReconnectCount: -1,
		ReconnectInterval: 120,
		ReconnectNonce: 30,
	});
});

describe('a handshake is refused', () => {
	async function refusal(url: string): Promise<IncomingMessage['headers']> {
		const socket = new WebSocket(url);
		sockets.push(socket);
		socket.on('error', () => undefined);
		const [, response] = (await once(socket, 'unexpected-response')) as [unknown, IncomingMessage];
		return response.headers;
	}

	it('with a ticket that was used, ran out or never was', async () => {
		const { URL: url } = (await ask()).data;
		await open(url);
		expect(await refusal(url)).toMatchObject({ 'handshake-status': '514' });
		sandbox.events.longConnection.ticketLifeMs = 20;
		const { URL: short } = (await ask()).data;
		await later(60);
		expect(await refusal(short)).toMatchObject({ 'handshake-status': '514' });
		const unknown = short.replace(/ticket=\w+/, 'ticket=unknown');
		expect(await refusal(unknown)).toMatchObject({ 'handshake-status': '514' });
	});

	it('if a test wants it', async () => {
		sandbox.events.longConnection.refuseHandshakes = 403;
		const { URL: url } = (await ask()).data;
		expect(await refusal(url)).toMatchObject({ 'handshake-status': '403' });
	});
});

it(`allows an app ${MAX_CONNECTIONS} connections`, async () => {
	for (let count = 0; count < MAX_CONNECTIONS; count++) await open();
	expect((await ask()).code).toBe(1000040350);
	sockets[0].close();
	await until(() => sandbox.events.longConnection.of(SANDBOX_APP.app_id).length < MAX_CONNECTIONS);
	expect((await ask()).code).toBe(0);
});

const without = (name: string, { headers }: Frame) => headers.filter(({ key }) => key !== name);

it.each<[string, (frame: Frame) => Frame]>([
	['acknowledged with another SeqID', (frame) => ({ ...acknowledged(frame), SeqID: '4711' })],
	['acknowledged with another LogID', (frame) => ({ ...acknowledged(frame), LogID: '0' })],
	['acknowledged with another service', (frame) => ({ ...acknowledged(frame), service: 0 })],
	[
		'acknowledged with another header trace_id',
		(frame) => ({ ...acknowledged(frame), headers: without('trace_id', acknowledged(frame)) }),
	],
	[
		'acknowledged a part that was not sent',
		(frame) => {
			const headers = [...without('seq', acknowledged(frame)), { key: 'seq', value: '1' }];
			return { ...acknowledged(frame), headers };
		},
	],
	[
		'acknowledged without biz_rt in ms',
		(frame) => ({ ...frame, payload: Buffer.from('{"code":200}') }),
	],
	[
		'the client answered {"code":500}',
		(frame) => ({
			...acknowledged(frame),
			payload: Buffer.from('{"code":500}'),
		}),
	],
	['the client answered OK', (frame) => ({ ...acknowledged(frame), payload: Buffer.from('OK') })],
])('does not take for accepted: %s', async (problem, answer) => {
	await openAnswering(answer);
	const delivery = push();
	await until(() => delivery.attempts.length > 0);
	expect(delivery.attempts[0].problem).toBe(problem);
});

it.each([
	['ascending', '0123'],
	['descending', '3210'],
	['shuffled', undefined],
] as const)(
	'sends parts %s, and takes the acknowledgement of the last',
	async (order, expected) => {
		const seen: string[] = [];
		await openAnswering((frame) => {
			seen.push(headerOf(frame, 'seq')!);
			return seen.length === 4 ? acknowledged(frame) : undefined;
		});
		const event = approvalInstanceEvent(SAMPLE_INSTANCE, 'APPROVED');
		const [delivery] = sandbox.events.push(event, { parts: 4, order });
		await sandbox.events.settled();
		expect(delivery).toMatchObject({ state: 'accepted', retries: 0 });
		if (expected) expect(seen.join('')).toBe(expected);
		expect(seen.sort().join('')).toBe('0123');
	},
);

it('complains of what is no frame, of no use or of nobody', async () => {
	const socket = await open();
	const [connection] = sandbox.events.longConnection.connections;
	socket.send('hello');
	socket.send(Buffer.from([255, 255]));
	const control = { SeqID: '0', LogID: '0', method: 0, headers: [{ key: 'type', value: 'hello' }] };
	socket.send(encodeFrame({ ...control, service: 1 }));
	socket.send(encodeFrame({ ...control, headers: [{ key: 'type', value: 'ping' }], service: 1 }));
	await until(() => connection.complaints.length === 4);
	const [text, , kind, service] = connection.complaints;
	expect(text).toBe('a text message');
	expect([kind, service]).toEqual(['a control frame of type hello', 'a ping of service 1']);
	expect(connection.pings).toBe(0);
});

it('answers a ping with a pong that carries the rhythm', async () => {
	const socket = await open();
	const service = 33_554_678;
	const headers = [{ key: 'type', value: 'ping' }];
	socket.send(encodeFrame({ SeqID: '0', LogID: '0', service, method: 0, headers }));
	const [data] = (await once(socket, 'message')) as [Buffer];
	const pong = decodeFrame(data);
	expect(headerOf(pong, 'type')).toBe('pong');
	const { config } = sandbox.events.longConnection;
	expect(JSON.parse(Buffer.from(pong.payload!).toString())).toEqual(config);
});

it('pushes again what went down with its connection', async () => {
	const connection = await openAnswering(() => undefined);
	const delivery = push();
	connection.end(true);
	await until(() => delivery.attempts.length > 0);
	expect(delivery.attempts[0].problem).toBe('the connection was closed');
	await openAnswering(acknowledged);
	await sandbox.events.settled();
	expect(delivery.state).toBe('accepted');
});

it('forgets deliveries at a reset, and keeps what is open', async () => {
	await openAnswering(() => undefined);
	const delivery = push();
	sandbox.events.longConnection.config.PingInterval = 1;
	sandbox.reset();
	await sandbox.events.settled();
	expect(delivery.state).toBe('ended');
	expect(sandbox.events.deliveries).toEqual([]);
	expect(sandbox.events.longConnection.config.PingInterval).toBe(120);
	expect(sandbox.events.longConnection.connections.size).toBe(1);
});
