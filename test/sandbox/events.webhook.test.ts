/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { setTimeout as later } from 'node:timers/promises';
import * as lark from '@larksuiteoapi/node-sdk';
import {
	approvalInstanceEvent,
	approvalTaskEvent,
	definitionUpdatedEvent,
	SAMPLE_INSTANCE,
	SANDBOX_APP,
	startSandbox,
	TENANT,
	type Forgery,
	type Sandbox,
} from '../../sandbox/index';
import { RequestUrl } from './requestUrl';
import { until } from './until';

const KEYS = { encryptKey: 'test key', verificationToken: 'v-token' };
const CODE = SAMPLE_INSTANCE.approval_code;
const quiet = () => undefined;
const logger = { error: quiet, warn: quiet, info: quiet, debug: quiet, trace: quiet };

let sandbox: Sandbox;
let receiver: RequestUrl;

beforeEach(async () => {
	sandbox = await startSandbox({ events: { retryScale: 0.001 } });
	receiver = new RequestUrl();
	await receiver.listen();
	sandbox.events.setRequestUrl(receiver.url, KEYS);
	sandbox.subscribe(CODE);
});
afterEach(async () => {
	await sandbox.close();
	await receiver.close();
});

/** The official SDK's answer to a request: what its handlers got, if they were called. */
async function judge(received = receiver.last(), keys: object = KEYS): Promise<unknown> {
	const seen: unknown[] = [];
	const handler = (data: unknown) => void seen.push(data);
	const dispatcher = new lark.EventDispatcher({ ...keys, logger }).register({
		approval_instance: handler,
		'approval.approval.updated_v4': handler,
	} as object);
	await dispatcher.invoke(
		Object.assign(Object.create({ headers: received.headers }), received.body),
	);
	return seen[0];
}

const event = (status = 'APPROVED') => approvalInstanceEvent(SAMPLE_INSTANCE, status);

it("pushes an encrypted, signed event that the official SDK takes as the app's own", async () => {
	const [delivery] = sandbox.events.push(event());
	await sandbox.events.settled();
	expect(delivery).toMatchObject({ state: 'accepted', retries: 0, way: 'webhook' });
	expect(delivery.acknowledgedAfterMs).toBe(delivery.attempts[0].ms);
	expect(Object.keys(receiver.last().body)).toEqual(['encrypt']);
	// The SDK flattens the envelope, so that the event's ID stands where the instance's uuid stood.
	expect(await judge()).toMatchObject({
		app_id: SANDBOX_APP.app_id,
		tenant_key: TENANT,
		type: 'event_callback',
		uuid: delivery.id,
		approval_code: CODE,
		status: 'APPROVED',
		operate_time: expect.stringMatching(/^\d{13}$/),
		token: KEYS.verificationToken,
	});
	const text = new lark.AESCipher(KEYS.encryptKey).decrypt(receiver.last().body.encrypt as string);
	expect(JSON.parse(text)).toMatchObject({
		ts: expect.stringMatching(/^\d{10}\.\d{7}$/),
		uuid: delivery.id,
		event: { type: 'approval_instance', uuid: SAMPLE_INSTANCE.uuid, generate_type: '' },
	});
});

it('puts the events of the second kind into the second envelope', async () => {
	const [delivery] = sandbox.events.push(definitionUpdatedEvent(CODE));
	await sandbox.events.settled();
	expect(await judge()).toMatchObject({
		schema: '2.0',
		event_id: delivery.id,
		event_type: 'approval.approval.updated_v4',
		token: KEYS.verificationToken,
		object: { approval_code: CODE },
	});
});

it('sends plain JSON to an app without a key', async () => {
	sandbox.events.setRequestUrl(receiver.url, { verificationToken: 'v-token' });
	sandbox.events.push(event());
	await sandbox.events.settled();
	expect(receiver.last().headers).not.toHaveProperty('x-lark-signature');
	expect(receiver.last().body).toMatchObject({ token: 'v-token', event: { status: 'APPROVED' } });
});

it('pushes again until the answer is 200 in time, signed anew each time', async () => {
	sandbox.events.answerWithinMs = 500;
	const answers = [500, 302, 204, undefined];
	receiver.answer = (_received, response) => {
		if (answers.length === 0) return void response.end();
		const status = answers.shift();
		if (status !== undefined) response.writeHead(status, { location: receiver.url }).end();
	};
	const [delivery] = sandbox.events.push(event());
	while (delivery.attempts.length < 5) {
		await later(50);
		sandbox.events.retryNow();
	}
	await sandbox.events.settled();
	expect(delivery).toMatchObject({ state: 'accepted', retries: 4 });
	expect(delivery.attempts.map(({ problem }) => problem)).toEqual([
		'HTTP 500',
		'HTTP 302',
		'HTTP 204',
		'no answer within 500 ms',
		undefined,
	]);
	const nonces = receiver.received.map(({ headers }) => headers['x-lark-request-nonce']);
	expect(new Set(nonces).size).toBe(5);
	for (const received of receiver.received) {
		expect(await judge(received)).toMatchObject({ uuid: delivery.id });
	}
});

it('gives an event up after four more tries', async () => {
	receiver.answer = (_received, response) => response.writeHead(500).end();
	const [delivery] = sandbox.events.push(event());
	while (delivery.state !== 'givenUp') {
		await later(10);
		sandbox.events.retryNow();
	}
	expect(delivery.attempts).toHaveLength(5);
	expect(receiver.received).toHaveLength(5);
});

it('holds back what follows in an instance, and nothing else', async () => {
	let isDown = true;
	receiver.answer = (_received, response) => response.writeHead(isDown ? 500 : 200).end();
	const push = (status: string) => sandbox.events.push(event(status))[0];
	const [first, second] = [push('PENDING'), push('APPROVED')];
	const task = approvalTaskEvent(SAMPLE_INSTANCE, SAMPLE_INSTANCE.task_list[0], 'APPROVED');
	const [ofTask] = sandbox.events.push(task);
	const [ofOther] = sandbox.events.push(approvalInstanceEvent(sandbox.addInstance(), 'PENDING'));
	await until(() => [first, ofTask, ofOther].every(({ state }) => state === 'waiting'));
	expect([first, second, ofTask, ofOther].map(({ attempts }) => attempts.length > 0)).toEqual([
		true,
		false,
		true,
		true,
	]);
	expect(second.state).toBe('held');
	isDown = false;
	sandbox.events.retryNow();
	await sandbox.events.settled();
	expect([first, second, ofTask, ofOther].map(({ state }) => state)).toEqual(
		Array(4).fill('accepted'),
	);
	expect(second.attempts[0].at).toBeGreaterThanOrEqual(first.attempts.at(-1)!.at);
});

it('pushes duplicates with the same ID, at once and later', async () => {
	const [one, two, three] = sandbox.events.push(event(), { duplicate: 2 });
	await sandbox.events.settled();
	const four = sandbox.events.repeat(one);
	await sandbox.events.settled();
	expect(receiver.received).toHaveLength(4);
	expect(new Set([one, two, three, four].map(({ id }) => id)).size).toBe(1);
	for (const received of receiver.received) {
		expect(await judge(received)).toMatchObject({ uuid: one.id });
	}
});

const FORGERIES: Forgery[] = ['signature', 'unsigned', 'key', 'tampered', 'plain'];

it.each(FORGERIES)('a forgery the SDK does not believe: %s', async (forge) => {
	receiver.answer = (_received, response) => response.writeHead(401).end();
	const [delivery] = sandbox.events.push(event(), { forge });
	await sandbox.events.settled();
	expect(delivery).toMatchObject({ state: 'refused', retries: 0 });
	expect(await judge()).toBeUndefined();
});

it('forgeries that only time stamp or token give away', async () => {
	sandbox.events.push(event(), { forge: 'stale' });
	await sandbox.events.settled();
	// Signed rightly: the SDK does not look at the time.
	expect(await judge()).toBeDefined();
	const age = Date.now() / 1000 - Number(receiver.last().headers['x-lark-request-timestamp']);
	expect(age).toBeGreaterThan(3500);
	sandbox.events.push(event(), { forge: 'token' });
	await sandbox.events.settled();
	expect(await judge()).toMatchObject({ token: 'somebody-elses-token' });
});

it('sends whatever a test puts in the place of the envelope', async () => {
	sandbox.events.setRequestUrl(receiver.url);
	sandbox.events.push(event(), { alter: () => '{"half": ' });
	sandbox.events.push(event(), { alter: (envelope) => ({ ...envelope, uuid: undefined }) });
	await sandbox.events.settled();
	expect(receiver.received[0].raw).toBe('{"half": ');
	expect(receiver.received[1].body).not.toHaveProperty('uuid');
	expect(receiver.received[1].body).toHaveProperty('event');
});

it('keeps events from apps that have not subscribed or cannot be reached', async () => {
	sandbox.addApp({ app_id: 'cli_other', app_secret: 'other' });
	sandbox.subscribe(CODE, 'cli_other');
	expect(sandbox.events.push(event()).map(({ appId }) => appId)).toEqual([SANDBOX_APP.app_id]);
	const elsewhere = sandbox.addInstance({ approval_code: 'ELSEWHERE' });
	const unwanted = approvalInstanceEvent(elsewhere, 'APPROVED');
	expect(sandbox.events.push(unwanted)).toEqual([]);
	expect(sandbox.events.push(unwanted, { evenUnsubscribed: true })).toHaveLength(1);
	await sandbox.events.settled();
	expect(receiver.received).toHaveLength(2);
});

describe('checking a request URL', () => {
	it.each([
		['encrypted', KEYS],
		['plain', {}],
	])("the official SDK's answer passes: %s", async (_how, keys) => {
		sandbox.events.setRequestUrl(undefined);
		receiver.answer = ({ body }, response) => {
			response.end(JSON.stringify(lark.generateChallenge(body, keys as never).challenge));
		};
		const check = await sandbox.events.saveRequestUrl(receiver.url, keys);
		expect(check).toMatchObject({ isAccepted: true, status: 200 });
		expect(receiver.last().headers).not.toHaveProperty('x-lark-signature');
		expect(sandbox.events.push(event())).toHaveLength(1);
	});

	it('is not saved without the echo, or with another status than 200', async () => {
		sandbox.events.setRequestUrl(undefined);
		for (const body of ['', 'null', '{"challenge":"another"}']) {
			receiver.answer = (_received, response) => response.end(body);
			const check = await sandbox.events.saveRequestUrl(receiver.url, KEYS);
			expect(check.isAccepted).toBe(false);
		}
		receiver.answer = ({ body }, response) => response.writeHead(201).end(JSON.stringify(body));
		expect(await sandbox.events.saveRequestUrl(receiver.url)).toMatchObject({
			status: 201,
			isAccepted: false,
		});
		expect(sandbox.events.push(event())).toEqual([]);
	});

	it('has to be answered within a second', async () => {
		receiver.answer = ({ body }, response) => {
			setTimeout(() => response.end(JSON.stringify(body)), 1500);
		};
		const check = await sandbox.events.saveRequestUrl(receiver.url);
		expect(check).toMatchObject({ isAccepted: false, problem: 'no answer within 1000 ms' });
	});

	it('can leave out its type', async () => {
		receiver.answer = ({ body }, response) => response.end(JSON.stringify(body));
		const alter = (body: object) => ({ ...body, type: undefined });
		const check = await sandbox.events.saveRequestUrl(receiver.url, {}, { alter });
		expect(check.isAccepted).toBe(true);
		expect(Object.keys(receiver.last().body)).toEqual(['challenge', 'token']);
	});
});
