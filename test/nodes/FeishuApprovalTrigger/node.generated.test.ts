import fc from 'fast-check';
import type { INodeParameters } from 'n8n-workflow';

import { pushRequest } from '../../../sandbox/events/pushRequest';
import {
	approvalInstanceEvent,
	SAMPLE_INSTANCE,
	startSandbox,
	type Sandbox,
} from '../../../sandbox/index';
import { Engine } from '../../engine/engine';
import { credentialFor } from '../../engine/harness';
import { TriggerHost } from '../../engine/triggerHost';
import { GENERATED } from '../../hostile/judge';
import { anyBody } from './events/anyBody';
import { provideWebSocket } from './longConnection/connecting';

const KEYS = { encryptKey: 'test key', verificationToken: 'v-token' };
const AT_ONCE = 50;
/** A promise that hangs would take as long as the platform waits. */
const WITHIN_MS = 3_000;

let sandbox: Sandbox;
let engine: Engine;
let host: TriggerHost;

beforeAll(provideWebSocket);
beforeEach(async () => {
	sandbox = await startSandbox();
	engine = await Engine.load();
	engine.setCredential({ ...credentialFor(sandbox), ...KEYS });
	host = new TriggerHost(engine);
	await host.listen();
});
afterEach(async () => {
	await host.close();
	await sandbox.close();
});

async function publish(parameters: INodeParameters): Promise<void> {
	const { approval_code: approvalCodes } = SAMPLE_INSTANCE;
	const events = ['instanceStatusChanged', 'taskStatusChanged', 'ccChanged', 'leave', 'overtime'];
	await host.publish({ parameters: { events, approvalCodes, ...parameters } });
}

/** What comes of each generated body, sent from the platform itself: with its token, if it has room. */
async function ofAll<T>(send: (text: string) => Promise<T>): Promise<T[]> {
	const bodies = fc.sample(anyBody, GENERATED).map((body) => {
		if (typeof body !== 'object' || body === null || Array.isArray(body)) return body;
		const token = KEYS.verificationToken;
		const { header } = body as { header?: object };
		return header ? { ...body, header: { ...header, token } } : { ...body, token };
	});
	const outcomes: T[] = [];
	for (let done = 0; done < bodies.length; done += AT_ONCE) {
		const some = bodies.slice(done, done + AT_ONCE);
		outcomes.push(
			...(await Promise.all(some.map(async (body) => await send(JSON.stringify(body) ?? 'null')))),
		);
	}
	return outcomes;
}

async function expectNothingRan(): Promise<void> {
	expect(host.runs).toEqual([]);
	expect(host.errors).toEqual([]);
	const [delivery] = sandbox.events.push(approvalInstanceEvent(SAMPLE_INSTANCE, 'APPROVED'));
	await sandbox.events.settled();
	expect(delivery).toMatchObject({ state: 'accepted', retries: 0 });
	expect(host.runs).toHaveLength(1);
}

it('answers whatever the platform signs and encrypts, and starts nothing that is not wanted', async () => {
	await publish({ connection: 'webhook' });
	sandbox.events.setRequestUrl(`${host.url}/workflow1`, KEYS);
	const answers = await ofAll(async (text) => {
		const { body, headers } = pushRequest(text, KEYS, Math.floor(Date.now() / 1000));
		const signal = AbortSignal.timeout(WITHIN_MS);
		const response = await fetch(`${host.url}/workflow1`, {
			method: 'POST',
			headers,
			body,
			signal,
		});
		return [response.status, await response.text()] as const;
	});
	const count = (wanted: number) => answers.filter(([status]) => status === wanted).length;
	expect(count(200)).toBeGreaterThan(5_000);
	expect(count(200) + count(400) + count(401)).toBe(answers.length);
	expect(answers.every(([, text]) => text === '')).toBe(true);
	await expectNothingRan();
}, 300_000);

it('answers whatever comes over the long connection, and starts nothing that is not wanted', async () => {
	await publish({ connection: 'longConnection' });
	const { longConnection } = sandbox.events;
	const { appId } = engine.credential();
	const answers = await ofAll(
		async (text) => await longConnection.send(String(appId), text, WITHIN_MS),
	);
	expect(answers.filter(({ problem }) => problem !== undefined)).toEqual([]);
	expect(longConnection.opened).toBe(1);
	await expectNothingRan();
}, 300_000);
