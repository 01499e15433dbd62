/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- tests, not nodes */
import { setTimeout as wait } from 'node:timers/promises';
import { WebSocket as StandIn } from 'undici';

import { busyMs } from '../../../engine/busyTime';
import {
	encodeFrame,
	type Frame,
} from '../../../../nodes/FeishuApprovalTrigger/longConnection/frames';
import type { Taken } from '../../../../nodes/FeishuApprovalTrigger/deliver';
import { type Connection, type Sandbox } from '../../../../sandbox/index';
import { until } from '../../../sandbox/until';
import { anEvent, contextFor, join, listener, withPlatform } from './connecting';

let sandbox: Sandbox;

withPlatform((started) => (sandbox = started));

const theConnection = (): Connection => [...sandbox.events.longConnection.connections][0];

/** Sends bytes as they are, over the connection that is open. */
const send = (bytes: Uint8Array | string) => theConnection()['socket'].send(bytes);

describe('an event', () => {
	it('comes to the listener and is acknowledged', async () => {
		const who = listener();
		await join(contextFor(sandbox), who);
		const [delivery] = sandbox.events.push(anEvent());
		await sandbox.events.settled();
		expect(delivery).toMatchObject({ state: 'accepted', way: 'longConnection', retries: 0 });
		expect(delivery.attempts[0]).toMatchObject({ answer: '{"code":200}', problem: undefined });
		expect(who.events).toEqual([delivery.envelope]);
		expect(theConnection()).toMatchObject({ pings: 1, complaints: [], late: [] });
	});

	it('comes to all listeners, to each as an object of its own', async () => {
		const spoils = listener((body) => {
			delete body.event;
			return 'unwanted';
		});
		const second = listener();
		await join(contextFor(sandbox), spoils);
		await join(contextFor(sandbox), second);
		const [delivery] = sandbox.events.push(anEvent());
		await sandbox.events.settled();
		expect(spoils.events).toHaveLength(1);
		expect(second.events).toEqual([delivery.envelope]);
	});

	it.each<[Taken[], number]>([
		[['started', 'unwanted'], 200],
		[['unknown', 'unwanted'], 200],
		[['unwanted', 'unwanted'], 200],
		[['started', 'failed'], 500],
		[['failed', 'unknown'], 500],
	])('that ends as %p is acknowledged with %i', async (outcomes, status) => {
		let tries = 0;
		for (const outcome of outcomes) {
			await join(
				contextFor(sandbox),
				listener(() => (++tries > outcomes.length ? 'started' : outcome)),
			);
		}
		const [delivery] = sandbox.events.push(anEvent());
		await sandbox.events.settled();
		expect(delivery.attempts[0].status).toBe(status);
		expect(delivery.state).toBe('accepted');
		expect(delivery.retries).toBe(status === 200 ? 0 : 1);
	});

	it('is pushed again if a listener breaks', async () => {
		let tries = 0;
		const who = listener(() => {
			if (++tries === 1) throw new Error('not to be expected');
			return 'started';
		});
		await join(contextFor(sandbox), who);
		const [delivery] = sandbox.events.push(anEvent());
		await sandbox.events.settled();
		expect(delivery.attempts.map(({ status }) => status)).toEqual([500, 200]);
	});

	it('is pushed again if nobody has said within 2 s what becomes of it', async () => {
		let tries = 0;
		const silent = listener(async () => await wait(++tries === 1 ? 10_000 : 0, 'started' as const));
		await join(contextFor(sandbox), listener());
		await join(contextFor(sandbox), silent);
		const [delivery] = sandbox.events.push(anEvent());
		await sandbox.events.settled();
		expect(delivery.attempts.map(({ status }) => status)).toEqual([500, 200]);
		expect(delivery.attempts[0].ms).toBeGreaterThan(1_800);
		expect(delivery.attempts[0].ms).toBeLessThan(2_300 + busyMs());
	});

	it.each(['ascending', 'descending', 'shuffled'] as const)(
		'that comes in parts, %s, is whole',
		async (order) => {
			const who = listener();
			await join(contextFor(sandbox), who);
			const extra = '审批 '.repeat(30_000);
			const [delivery] = sandbox.events.push(anEvent({ extra }), { parts: 7, order });
			await sandbox.events.settled();
			expect(delivery).toMatchObject({ state: 'accepted', retries: 0 });
			expect(who.events).toEqual([delivery.envelope]);
		},
	);

	it('is acknowledged with the time that it took', async () => {
		await join(
			contextFor(sandbox),
			listener(async () => await wait(120, 'started' as const)),
		);
		const received = jest.spyOn(theConnection() as never, 'receiveAcknowledgement');
		sandbox.events.push(anEvent());
		await sandbox.events.settled();
		const [frame] = received.mock.calls[0] as [Frame];
		const { key, value } = frame.headers.at(-1)!;
		expect(key).toBe('biz_rt');
		expect(Number(value)).toBeGreaterThanOrEqual(115);
		expect(Number(value)).toBeLessThan(1_000 + busyMs());
	});

	it('may follow the opening at once', async () => {
		const { longConnection } = sandbox.events;
		const add = longConnection.connections.add.bind(longConnection.connections);
		longConnection.connections.add = (connection) => {
			queueMicrotask(() => sandbox.events.push(anEvent()));
			return add(connection);
		};
		const who = listener();
		await join(contextFor(sandbox), who);
		expect(sandbox.events.deliveries).toHaveLength(1);
		await sandbox.events.settled();
		expect(who.events).toHaveLength(1);
		expect(sandbox.events.deliveries).toMatchObject([{ state: 'accepted', retries: 0 }]);
	});
});

describe('what is no event', () => {
	const frame = (more: Partial<Frame>): Frame => ({
		seqId: 1n,
		logId: 2n,
		service: 3,
		method: 1,
		headers: [],
		...more,
	});
	const headers = (type: string, id: string) => [
		{ key: 'type', value: type },
		{ key: 'message_id', value: id },
		{ key: 'sum', value: '1' },
		{ key: 'seq', value: '0' },
	];

	it('is acknowledged all the same if it is a card, or no JSON, of which the log tells', async () => {
		const who = listener();
		const context = contextFor(sandbox);
		await join(context, who);
		const received = jest.spyOn(theConnection() as never, 'receiveAcknowledgement');
		send(encodeFrame(frame({ headers: headers('card', 'c'), payload: Buffer.from('{}') })));
		send(encodeFrame(frame({ headers: headers('event', 'n'), payload: Buffer.from('{"a":') })));
		send(encodeFrame(frame({ headers: headers('event', 'b'), payload: Buffer.from([0xff]) })));
		await until(() => theConnection().late.length === 3);
		expect(theConnection().late).toEqual(['c', 'n', 'b']);
		const answers = received.mock.calls.map(([{ payload }]: Frame[]) => String(payload));
		expect(answers).toEqual(Array(3).fill('{"code":200}'));
		expect(who.events).toEqual([]);
		expect(context.lines.slice(1)).toEqual(
			Array(2).fill(expect.stringMatching(/^warn .* not JSON/)),
		);
	});

	it('is passed over: unknown control frames, other kinds of frames, texts, bytes', async () => {
		const who = listener();
		await join(contextFor(sandbox), who);
		send(encodeFrame(frame({ method: 0, headers: [{ key: 'type', value: 'new' }] })));
		send(encodeFrame(frame({ method: 0, headers: headers('event', 'x') })));
		send(encodeFrame(frame({ method: 2, headers: headers('event', 'y') })));
		send('text');
		send(Buffer.from([1, 2, 3]));
		sandbox.events.push(anEvent());
		await sandbox.events.settled();
		expect(who.events).toHaveLength(1);
		expect(theConnection()).toMatchObject({ late: [], complaints: [], pings: 1 });
	});
});

describe('the connection', () => {
	it('is one of the WebSocket that Node itself has, if it has one', () => {
		const hasOwn = Number(process.versions.node.split('.')[0]) >= 22;
		expect(globalThis.WebSocket === (StandIn as unknown)).toBe(!hasOwn);
	});

	it.each([false, true])('is opened again when it ends; abruptly: %s', async (abruptly) => {
		const who = listener();
		const context = contextFor(sandbox);
		await join(context, who);
		await until(() => theConnection().pings > 0);
		sandbox.events.longConnection.disconnect({ abruptly });
		await until(() => sandbox.events.longConnection.opened === 2);
		const [delivery] = sandbox.events.push(anEvent());
		await sandbox.events.settled();
		expect(who.events).toEqual([delivery.envelope]);
		// Each address serves once.
		expect(sandbox.calls('openConnection')).toHaveLength(2);
		expect(context.lines).toEqual([
			expect.stringMatching(/^info .* is open/),
			expect.stringMatching(/^warn .* was closed/),
			expect.stringMatching(/^info .* is open/),
		]);
	});

	it('is opened again after a random part of what the platform says', async () => {
		sandbox.events.longConnection.config.ReconnectNonce = 0.4;
		jest.spyOn(Math, 'random').mockReturnValue(0.5);
		await join(contextFor(sandbox));
		await until(() => theConnection().pings > 0);
		await wait(50);
		const start = performance.now();
		sandbox.events.longConnection.disconnect();
		await until(() => sandbox.events.longConnection.opened === 2);
		jest.restoreAllMocks();
		expect(performance.now() - start).toBeGreaterThan(190);
		expect(performance.now() - start).toBeLessThan(600 + busyMs());
	});

	it('is pinged as often as the platform says, and as a pong says anew', async () => {
		const { config } = sandbox.events.longConnection;
		config.PingInterval = 0.05;
		await join(contextFor(sandbox));
		const connection = theConnection();
		await until(() => connection.pings >= 3);
		config.PingInterval = 60;
		await wait(200);
		const { pings } = connection;
		await wait(300);
		expect(connection.pings).toBe(pings);
		expect(connection.complaints).toEqual([]);
	});

	it('is opened again if the platform falls silent', async () => {
		sandbox.events.longConnection.config.PingInterval = 0.1;
		const who = listener();
		await join(contextFor(sandbox), who);
		const connection = theConnection();
		await until(() => connection.pings >= 2);
		await wait(50);
		const start = performance.now();
		connection.silent = true;
		await until(() => sandbox.events.longConnection.opened === 2);
		expect(performance.now() - start).toBeGreaterThan(140);
		expect(performance.now() - start).toBeLessThan(700 + busyMs());
		await until(() => sandbox.events.longConnection.connections.size === 1);
		sandbox.events.push(anEvent());
		await sandbox.events.settled();
		expect(who.events).toHaveLength(1);
	});

	it('keeps order: what comes first is handed over first', async () => {
		const seen: unknown[] = [];
		await join(
			contextFor(sandbox),
			listener((body) => {
				seen.push((body.event as { n: number }).n);
				return 'started';
			}),
		);
		for (let n = 0; n < 50; n++) sandbox.events.push(anEvent({ n }));
		await sandbox.events.settled();
		expect(seen).toEqual(Array.from({ length: 50 }, (_, n) => n));
	});

	it('tells the platform nothing but what is due', async () => {
		await join(contextFor(sandbox));
		const [call] = sandbox.calls('openConnection');
		expect(call.body).toEqual({
			AppID: contextFor(sandbox).account.appId,
			AppSecret: contextFor(sandbox).account.appSecret,
		});
	});
});
