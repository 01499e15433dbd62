/* eslint-disable @n8n/community-nodes/no-restricted-imports -- tests, not nodes */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { setTimeout as wait } from 'node:timers/promises';

import { busyMs } from '../../engine/busyTime';
import type * as Times from '../../../nodes/FeishuApprovalTrigger/times';
import {
	approvalInstanceEvent,
	approvalTaskEvent,
	businessError,
	tripEvent,
	SAMPLE_INSTANCE,
	serverError,
	startSandbox,
	type Instance,
	type Sandbox,
} from '../../../sandbox/index';
import { Engine } from '../../engine/engine';
import { credentialFor } from '../../engine/harness';
import { TriggerHost, type HostOptions } from '../../engine/triggerHost';
import { Random } from '../../faults/random';
import { until } from '../../sandbox/until';

/** Of the package as it is loaded for a test. */
const TIMES_FILE = '../../../dist/nodes/FeishuApprovalTrigger/times';
let TIMES: typeof Times.TIMES;
const KEYS = { encryptKey: 'test key', verificationToken: 'v-token' };
const CODE = SAMPLE_INSTANCE.approval_code;

let sandbox: Sandbox;
let engine: Engine;
let host: TriggerHost;

async function startHost(options: HostOptions = {}): Promise<TriggerHost> {
	host = new TriggerHost(engine, options);
	await host.listen();
	return host;
}

const flow = (more: INodeParameters = {}, id = 'workflow1') => ({
	id,
	parameters: {
		connection: 'webhook',
		events: ['instanceStatusChanged', 'taskStatusChanged'],
		approvalCodes: CODE,
		...more,
	},
});

/** Publishes a workflow to which the platform pushes. */
async function publish(more: INodeParameters = {}, options: HostOptions = {}): Promise<void> {
	await startHost(options);
	await host.publish(flow(more));
	sandbox.events.setRequestUrl(`${host.url}/workflow1`, KEYS);
}

const push = (status = 'APPROVED', instance: Instance = SAMPLE_INSTANCE) =>
	sandbox.events.push(approvalInstanceEvent(instance, status))[0];

beforeEach(async () => {
	sandbox = await startSandbox({ events: { retryScale: 0.001 } });
	jest.resetModules();
	engine = await Engine.load();
	({ TIMES } = jest.requireActual<typeof Times>(TIMES_FILE));
	engine.setCredential({ ...credentialFor(sandbox), ...KEYS });
});
afterEach(async () => {
	await sandbox.close();
	await host.close();
});

it('starts one run for an event, and acknowledges it', async () => {
	await publish();
	const delivery = push();
	await sandbox.events.settled();
	expect(delivery).toMatchObject({ state: 'accepted', retries: 0 });
	expect(host.runs.map(({ json }) => json)).toEqual([
		expect.objectContaining({
			event: 'instanceStatusChanged',
			event_id: delivery.id,
			approval_code: CODE,
			instance_code: SAMPLE_INSTANCE.instance_code,
			status: 'APPROVED',
		}),
	]);
	expect(host.runs[0].key).toBe(`workflow1/node1/${delivery.id}`);
	expect(host.errors).toEqual([]);
});

it('subscribes to its approval codes; being subscribed already is fine', async () => {
	await publish();
	expect(sandbox.calls('subscribe')).toHaveLength(1);
	await host.stop();
	await host.publish(flow());
	expect(sandbox.calls('subscribe')).toHaveLength(2);
	expect(sandbox.calls('unsubscribe')).toHaveLength(0);
});

it('names the code that cannot be subscribed, and subscribes the others', async () => {
	await startHost();
	const wrong = '00000000-0000-0000-0000-000000000000';
	const published = host.publish(flow({ approvalCodes: `${wrong}, ${CODE}` }));
	await expect(published).rejects.toThrow(
		new RegExp(`No events of approval ${wrong} can be had\\..*Approval Codes.*1390002`),
	);
	expect(sandbox.isSubscribed(engine.credential().appId as string, CODE)).toBe(true);
});

it('says which scope is missing, and where to ask for it', async () => {
	for (const app of sandbox.apps.values()) app.scopes = [];
	await startHost();
	await expect(host.publish(flow())).rejects.toThrow(
		/Missing: `approval:approval`.*https:\/\/\S+\/auth\?q=.*99991672/s,
	);
});

it('heals by itself when Feishu does not answer for the moment', async () => {
	TIMES.subscribeAgainMs = 50;
	TIMES.subscribeMs = 300;
	sandbox.faults.add({ on: 'subscribe', times: 3, fault: serverError(503) });
	await publish();
	await until(() => host.log.some((line) => line.includes('all approval codes are subscribed')));
	expect(host.log.filter((line) => line.includes('could not be subscribed yet'))).toHaveLength(1);
	push();
	await sandbox.events.settled();
	expect(host.runs).toHaveLength(1);
});

it('does not listen without keys, unless that is accepted', async () => {
	engine.setCredential({ encryptKey: '', verificationToken: ' ' });
	await startHost();
	await expect(host.publish(flow())).rejects.toThrow(/neither an Encrypt Key nor/);
	await host.publish(flow({ options: { acceptUnverifiedEvents: true } }));
	sandbox.events.setRequestUrl(`${host.url}/workflow1`, {});
	push();
	await sandbox.events.settled();
	expect(host.runs).toHaveLength(1);
});

it.each(['signature', 'token', 'stale', 'unsigned'] as const)(
	'refuses what the platform did not send: %s',
	async (forge) => {
		await publish();
		const [delivery] = sandbox.events.push(approvalInstanceEvent(SAMPLE_INSTANCE, 'APPROVED'), {
			forge,
		});
		await sandbox.events.settled();
		expect(delivery.attempts[0].status).toBe(401);
		expect(host.runs).toEqual([]);
		expect(host.errors).toEqual([]);
		expect(host.log.filter((line) => line.includes('a request was refused'))).toHaveLength(1);
	},
);

it('takes changed keys of the credential at once, and the former ones only for a while', async () => {
	TIMES.keysAgainMs = 0;
	await publish();
	push('PENDING');
	await sandbox.events.settled();
	const changed = { encryptKey: 'another key', verificationToken: 'another token' };
	engine.setCredential(changed);
	const by = async (keys: typeof KEYS, status: string) => {
		sandbox.events.setRequestUrl(`${host.url}/workflow1`, keys);
		const delivery = push(status);
		await until(() => delivery.attempts.length > 0);
		return delivery.attempts[0].status;
	};
	expect(await by(KEYS, 'REJECTED')).toBe(200);
	expect(await by(changed, 'APPROVED')).toBe(200);
	TIMES.keysMs = 0;
	expect(await by(KEYS, 'CANCELED')).toBe(401);
	await sandbox.events.settled();
	expect(host.runs.map(({ json }) => json.status)).toEqual(['PENDING', 'REJECTED', 'APPROVED']);
});

it.each([KEYS, { verificationToken: KEYS.verificationToken }])(
	'answers the check of the URL with %j',
	async (keys) => {
		engine.setCredential({ encryptKey: '', ...keys });
		await startHost();
		await host.publish(flow());
		const check = await sandbox.events.saveRequestUrl(`${host.url}/workflow1`, keys);
		expect(check).toMatchObject({ isAccepted: true, status: 200 });
		expect(host.runs).toEqual([]);
	},
);

it('makes one run of the same event at once, and of one that comes again', async () => {
	await publish();
	const sent = sandbox.events.push(approvalInstanceEvent(SAMPLE_INSTANCE, 'APPROVED'), {
		duplicate: 9,
	});
	await sandbox.events.settled();
	sandbox.events.repeat(sent[0]);
	await sandbox.events.settled();
	expect(sandbox.events.deliveries.every(({ state }) => state === 'accepted')).toBe(true);
	expect(host.runs).toHaveLength(1);
});

it('says that a run could not be written, and makes it when the event comes again', async () => {
	await publish();
	host.isDatabaseLocked = true;
	const delivery = push();
	await until(() => delivery.attempts.length === 1);
	expect(delivery.attempts[0].status).toBe(500);
	host.isDatabaseLocked = false;
	await sandbox.events.settled();
	expect(delivery).toMatchObject({ state: 'accepted' });
	expect(host.runs).toHaveLength(1);
});

it('acknowledges when the run has begun, however long it takes', async () => {
	await publish({}, { runMs: 5_000 });
	const delivery = push();
	await sandbox.events.settled();
	expect(delivery).toMatchObject({ state: 'accepted', retries: 0 });
	expect(delivery.acknowledgedAfterMs).toBeLessThan(1_000 + busyMs());
	expect(host.runs).toHaveLength(1);
});

it('acknowledges when the run has ended where its beginning cannot be told', async () => {
	await publish({}, { runMs: 200 });
	host.isRelayDown = true;
	const delivery = push();
	await sandbox.events.settled();
	expect(delivery).toMatchObject({ state: 'accepted', retries: 0 });
	expect(delivery.acknowledgedAfterMs).toBeGreaterThan(150);
	expect(host.runs).toHaveLength(1);
});

it('answers in time although the run waits for its turn', async () => {
	TIMES.webhookMs = 300;
	await publish({}, { waitMs: 5_000 });
	const delivery = push();
	await sandbox.events.settled();
	expect(delivery).toMatchObject({ state: 'accepted', retries: 0 });
	expect(delivery.acknowledgedAfterMs).toBeGreaterThan(250);
	expect(delivery.acknowledgedAfterMs).toBeLessThan(2_500 + busyMs());
	expect(host.runs).toHaveLength(1);
});

it('keeps the order of the events of an instance', async () => {
	await publish();
	const [task] = sandbox.addInstance().task_list;
	const instance = sandbox.addInstance();
	const statuses = Array.from({ length: 20 }, (_, index) => `S${index}`);
	for (const [index, status] of statuses.entries()) {
		const event =
			index % 2 === 0
				? approvalInstanceEvent(instance, status)
				: approvalTaskEvent(instance, { ...task, id: String(index) }, status);
		sandbox.events.push(event);
	}
	await sandbox.events.settled();
	const seen = host.runs.map(({ json }) => String(json.status));
	const of = (rest: number) => statuses.filter((_, index) => index % 2 === rest);
	expect(seen.filter((status) => of(0).includes(status))).toEqual(of(0));
	expect(seen.filter((status) => of(1).includes(status))).toEqual(of(1));
});

it('remembers events over a restart where n8n knows no key, and where the process starts no runs', async () => {
	await publish({}, { knowsKeys: false });
	const delivery = push();
	await sandbox.events.settled();
	expect(host.runs).toHaveLength(1);
	await host.stop();
	await host.webhookProcess(flow());
	// It has been running for a while.
	jest.requireActual<typeof Times>(TIMES_FILE).TIMES.settlingMs = 0;
	sandbox.events.repeat(delivery);
	await sandbox.events.settled();
	expect(host.runs).toHaveLength(1);
	push('REJECTED');
	await sandbox.events.settled();
	expect(host.runs).toHaveLength(2);
});

it('takes the events that the filters let through', async () => {
	await publish({ filters: { statuses: ['APPROVED'], openTasksOnly: true } });
	const [task] = SAMPLE_INSTANCE.task_list;
	sandbox.events.push(approvalTaskEvent(SAMPLE_INSTANCE, task, 'PENDING'));
	sandbox.events.push(approvalTaskEvent(SAMPLE_INSTANCE, task, 'APPROVED'));
	push('PENDING');
	push('APPROVED');
	await sandbox.events.settled();
	expect(sandbox.events.deliveries.every(({ state }) => state === 'accepted')).toBe(true);
	expect(host.runs.map(({ json }) => [json.event, json.status]).sort()).toEqual([
		['instanceStatusChanged', 'APPROVED'],
		['taskStatusChanged', 'PENDING'],
	]);
});

it('brings the instance along, or says why it could not', async () => {
	await publish({ options: { includeInstance: true } });
	push();
	sandbox.events.push(
		approvalInstanceEvent({ approval_code: CODE, instance_code: 'UNKNOWN' }, 'APPROVED'),
	);
	await sandbox.events.settled();
	const of = (code: string): IDataObject =>
		host.runs.find(({ json }) => json.instance_code === code)!.json;
	expect(of(SAMPLE_INSTANCE.instance_code).instance).toMatchObject({
		instance_code: SAMPLE_INSTANCE.instance_code,
		form_values: expect.any(Object),
	});
	expect(of('UNKNOWN')).not.toHaveProperty('instance');
	expect(of('UNKNOWN').instance_error).toMatch(/1390003/);
});

it('starts all the same when the instance takes too long', async () => {
	TIMES.instanceMs = 100;
	sandbox.faults.add({ on: 'get', fault: { kind: 'slow', ms: 5_000 } });
	await publish({ options: { includeInstance: true } });
	const delivery = push();
	await sandbox.events.settled();
	expect(delivery.acknowledgedAfterMs).toBeLessThan(2_500 + busyMs());
	expect(host.runs[0].json.instance_error).toMatch(/did not give the instance in time/);
});

it('hands an event to the test in the editor, and to the published workflow as well', async () => {
	await publish();
	const test = await host.test(flow());
	push();
	await sandbox.events.settled();
	expect(await test.event).toMatchObject({ status: 'APPROVED' });
	expect(host.runs).toHaveLength(1);
	await test.stop();
	push('REJECTED');
	await sandbox.events.settled();
	expect(host.runs).toHaveLength(2);
});

it('answers the check of the URL, and takes an event, at the test URL', async () => {
	await startHost();
	const test = await host.test(flow());
	const url = `${host.url}/test/workflow1`;
	expect(await sandbox.events.saveRequestUrl(url, KEYS)).toMatchObject({ isAccepted: true });
	push();
	await sandbox.events.settled();
	expect(await test.event).toMatchObject({ status: 'APPROVED' });
	expect(host.runs).toEqual([]);
	await test.stop();
});

it('gives out what the test URL has taken, without listening for more', async () => {
	await startHost();
	const taken = { event: 'instanceStatusChanged', status: 'APPROVED' };
	expect(await host.runTaken(flow(), taken)).toMatchObject([[{ json: taken }]]);
	expect(sandbox.journal).toEqual([]);
});

it('unsubscribes when the workflow is unpublished, if it is set so, and at no other time', async () => {
	TIMES.unpublishedMs = 50;
	await publish({ options: { unsubscribeWhenUnpublished: true } });
	await host.stop();
	await host.publish(flow({ options: { unsubscribeWhenUnpublished: true } }));
	const test = await host.test(flow({ options: { unsubscribeWhenUnpublished: true } }));
	await test.stop();
	await wait(400);
	expect(sandbox.calls('unsubscribe')).toHaveLength(0);
	await host.unpublish();
	await until(() => sandbox.calls('unsubscribe').length === 1);
});

it.each([
	[{ events: [] }, /Trigger On is empty/],
	[{ events: ['nothing'] }, /Trigger On holds "nothing"/],
	[{ approvalCodes: 'https://example.com/' }, /Approval Codes is a link without a definition code/],
	[{ approvalCodes: [7] }, /Approval Codes holds something that is not text/],
	[{ options: { clockSkew: -1 } }, /Clock Skew is not a number above 0/],
])('refuses %j by name; nothing is sent', async (parameters, text) => {
	await startHost();
	await expect(host.publish(flow(parameters as INodeParameters))).rejects.toThrow(text);
	expect(sandbox.journal).toEqual([]);
});

it('says that its credential is missing', async () => {
	await publish();
	engine.credentials.rows.clear();
	const delivery = push();
	await until(() => delivery.attempts.length === 1);
	expect(delivery.attempts[0]).toMatchObject({
		status: 400,
		answer: 'The credential of the trigger cannot be read.',
	});
	expect(host.errors).toEqual([]);
});

it('asks the instance where an event does not name its definition; what cannot be told comes again', async () => {
	const instance = sandbox.addInstance();
	const other = sandbox.addInstance({ approval_code: 'ANOTHER' });
	await publish({ events: ['businessTrip'] });
	sandbox.faults.add({ on: 'get', times: 4, fault: serverError(503) });
	TIMES.instanceMs = 300;
	const trips = [instance, other].map((of) => sandbox.events.push(tripEvent(of))[0]);
	await sandbox.events.settled();
	expect(trips.every(({ state }) => state === 'accepted')).toBe(true);
	expect(trips.some(({ retries }) => retries > 0)).toBe(true);
	expect(host.runs.map(({ json }) => json.instance_code)).toEqual([instance.instance_code]);
});

it('never starts, fails or falls silent, whatever is sent to it', async () => {
	await publish();
	const random = new Random(20261127);
	const pieces = [
		'{',
		'}',
		'"',
		'encrypt',
		':',
		'[',
		'null',
		'1e999',
		'\\u0000',
		'header',
		'event',
	];
	const bodies = [
		() => Array.from({ length: random.whole(0, 40) }, () => random.pick(pieces)).join(''),
		() => JSON.stringify({ encrypt: random.pick(['', 'AAAA', 'A'.repeat(64), 7, null, {}]) }),
		() => JSON.stringify({ challenge: 'c', type: 'url_verification', token: 'another' }),
		() =>
			JSON.stringify({
				schema: '2.0',
				header: random.pick([null, {}, 7]),
				event: random.pick([null, {}]),
			}),
		() => '['.repeat(5_000),
		() => '',
	];
	const values = ['', '1', String(Math.floor(Date.now() / 1000)), '-1', 'NaN', 'x'.repeat(500)];
	const statuses = new Set<number>();
	const forge = async () => {
		const headers: Record<string, string> = {
			'content-type': random.pick(['application/json', 'text/x']),
		};
		for (const name of ['timestamp', 'nonce', 'signature']) {
			const header = name === 'signature' ? 'x-lark-signature' : `x-lark-request-${name}`;
			if (random.chance(0.6)) headers[header] = random.pick(values);
		}
		const response = await fetch(`${host.url}/workflow1`, {
			method: 'POST',
			headers,
			body: random.pick(bodies)(),
		});
		expect(await response.text()).toBe('');
		statuses.add(response.status);
	};
	for (let sent = 0; sent < 10_000; sent += 20) {
		await Promise.all(Array.from({ length: 20 }, forge));
	}
	expect([...statuses].sort()).toEqual([401]);
	expect(host.runs).toEqual([]);
	expect(host.errors).toEqual([]);
}, 300_000);

it('listens at the start of n8n although one of its codes is refused by now, and tells it', async () => {
	await startHost();
	const wrong = '00000000-0000-0000-0000-000000000000';
	await host.publish(flow({ approvalCodes: [CODE, wrong] }), 'init');
	sandbox.events.setRequestUrl(`${host.url}/workflow1`, KEYS);
	await until(() => host.errors.length === 1);
	expect(host.errors[0]).toContain(wrong);
	push();
	await sandbox.events.settled();
	expect(host.runs).toHaveLength(1);
});

it('tells a refusal that comes when activation no longer waits', async () => {
	TIMES.subscribeMs = 100;
	sandbox.faults.add({ on: 'subscribe', fault: { kind: 'slow', ms: 2_000 } });
	const wrong = '00000000-0000-0000-0000-000000000000';
	await publish({ approvalCodes: [CODE, wrong] });
	await until(() => host.errors.length === 1);
	expect(host.errors[0]).toContain(wrong);
	expect(sandbox.calls('subscribe')).toHaveLength(2);
});

it('goes on by itself where the quota is used up', async () => {
	TIMES.subscribeAgainMs = 50;
	sandbox.faults.add({ on: 'subscribe', fault: businessError(99991403) });
	await publish();
	await until(() => host.log.some((line) => line.includes('all approval codes are subscribed')));
	expect(host.errors).toEqual([]);
});

it('leaves what another workflow has begun to listen to while it unsubscribes', async () => {
	TIMES.unpublishedMs = 50;
	const second = sandbox.addInstance({ approval_code: 'SECOND' }).approval_code;
	const options = { unsubscribeWhenUnpublished: true };
	await publish({ approvalCodes: [CODE, second], options });
	sandbox.faults.add({ on: 'unsubscribe', fault: { kind: 'slow', ms: 500 } });
	await host.unpublish();
	await until(() => sandbox.calls('unsubscribe').length === 1);
	await host.publish(flow({ approvalCodes: [second] }, 'workflow2'));
	await wait(1_000);
	const { appId } = engine.credential();
	expect(sandbox.isSubscribed(String(appId), second)).toBe(true);
	expect(sandbox.isSubscribed(String(appId), CODE)).toBe(false);
	await host.stop('workflow2');
});

it('says in the log that an instance could not be read for its code, and has the event sent again', async () => {
	await publish({ events: ['businessTrip'] });
	sandbox.faults.add({ on: 'get', fault: businessError(99991672) });
	sandbox.events.push(tripEvent(SAMPLE_INSTANCE));
	await sandbox.events.settled();
	expect(host.runs).toHaveLength(1);
	expect(host.log.filter((line) => line.includes('cannot be read'))).toHaveLength(1);
});
