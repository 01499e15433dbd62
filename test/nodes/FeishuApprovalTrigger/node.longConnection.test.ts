/* eslint-disable @n8n/community-nodes/no-restricted-imports -- tests, not nodes */
import type { INodeParameters } from 'n8n-workflow';
import { setTimeout as wait } from 'node:timers/promises';

import type * as ConnectionTimes from '../../../nodes/FeishuApprovalTrigger/longConnection/times';
import type * as Times from '../../../nodes/FeishuApprovalTrigger/times';
import {
	approvalInstanceEvent,
	approvalTaskEvent,
	SAMPLE_INSTANCE,
	startSandbox,
	type Sandbox,
} from '../../../sandbox/index';
import { Engine } from '../../engine/engine';
import { credentialFor } from '../../engine/harness';
import { TriggerHost } from '../../engine/triggerHost';
import { until } from '../../sandbox/until';
import { provideWebSocket } from './longConnection/connecting';

const DIST = '../../../dist/nodes/FeishuApprovalTrigger';
const { TIMES } = jest.requireActual<typeof Times>(`${DIST}/times`);
const CONNECTION = jest.requireActual<typeof ConnectionTimes>(
	`${DIST}/longConnection/times`,
).CONNECTION_TIMES;
const USUAL = { ...TIMES };
const USUAL_CONNECTION = { ...CONNECTION };
const CODE = SAMPLE_INSTANCE.approval_code;

let sandbox: Sandbox;
let engine: Engine;
let host: TriggerHost;

const flow = (more: INodeParameters = {}, id = 'workflow1') => ({
	id,
	parameters: { events: ['instanceStatusChanged'], approvalCodes: CODE, ...more },
});

const push = (status = 'APPROVED') =>
	sandbox.events.push(approvalInstanceEvent(SAMPLE_INSTANCE, status))[0];

beforeAll(provideWebSocket);
beforeEach(async () => {
	CONNECTION.keepMs = 200;
	CONNECTION.shortestPauseMs = 10;
	sandbox = await startSandbox({ events: { retryScale: 0.001 } });
	Object.assign(sandbox.events.longConnection.config, {
		ReconnectNonce: 0.02,
		ReconnectInterval: 0.02,
	});
	engine = await Engine.load();
	engine.setCredential(credentialFor(sandbox));
	host = new TriggerHost(engine);
	await host.listen();
});
afterEach(async () => {
	Object.assign(TIMES, USUAL);
	Object.assign(CONNECTION, USUAL_CONNECTION);
	await host.close();
	await sandbox.close();
});

it('starts one run for an event, and acknowledges it', async () => {
	await host.publish(flow());
	const delivery = push();
	await sandbox.events.settled();
	expect(delivery).toMatchObject({ state: 'accepted', way: 'longConnection', retries: 0 });
	expect(host.runs).toMatchObject([{ json: { event_id: delivery.id, status: 'APPROVED' } }]);
});

it('gives two workflows of one app every event, over one connection', async () => {
	await host.publish(flow());
	await host.publish(flow({}, 'workflow2'));
	push();
	await sandbox.events.settled();
	expect(host.runs.map(({ workflow }) => workflow).sort()).toEqual(['workflow1', 'workflow2']);
	expect(sandbox.events.longConnection.opened).toBe(1);
});

it('makes one run of an event that comes again, also where one of two workflows failed', async () => {
	await host.publish(flow());
	host.isDatabaseLocked = true;
	const delivery = push();
	await until(() => delivery.attempts.length === 1);
	expect(delivery.attempts[0].answer).toBe('{"code":500}');
	host.isDatabaseLocked = false;
	await sandbox.events.settled();
	sandbox.events.repeat(delivery);
	await sandbox.events.settled();
	expect(host.runs).toHaveLength(1);
});

it('misses nothing when the workflow is published again under load', async () => {
	await host.publish(flow());
	const statuses = Array.from({ length: 40 }, (_, index) => `S${index}`);
	for (const [index, status] of statuses.entries()) {
		sandbox.events.push(approvalInstanceEvent(sandbox.addInstance(), status));
		if (index % 10 === 5) {
			await host.stop();
			await wait(20);
			await host.publish(flow());
		}
		await wait(2);
	}
	await sandbox.events.settled();
	expect(host.runs.map(({ json }) => String(json.status)).sort()).toEqual([...statuses].sort());
	expect(sandbox.events.longConnection.opened).toBe(1);
});

it('lets a test in the editor take an event, beside the published workflow', async () => {
	await host.publish(flow());
	const test = await host.test(flow());
	push();
	await sandbox.events.settled();
	expect(await test.event).toMatchObject({ status: 'APPROVED' });
	expect(host.runs).toHaveLength(1);
	await test.stop();
	expect(sandbox.events.longConnection.opened).toBe(1);
});

it('fails to be published with all there is to know where the secret is wrong', async () => {
	engine.setCredential({ appSecret: 'wrong' });
	await expect(host.publish(flow())).rejects.toThrow(/App Secret/);
	expect(sandbox.events.longConnection.connections.size).toBe(0);
});

it('leaves the connection where a code cannot be subscribed', async () => {
	const wrong = '00000000-0000-0000-0000-000000000000';
	await expect(host.publish(flow({ approvalCodes: wrong }))).rejects.toThrow(wrong);
	await until(() => sandbox.events.longConnection.connections.size === 0);
});

it('does not unsubscribe when publishing fails', async () => {
	TIMES.unpublishedMs = 50;
	const options = { unsubscribeWhenUnpublished: true };
	await host.publish(flow({ options }));
	await host.stop();
	const wrong = '00000000-0000-0000-0000-000000000000';
	const failing = flow({ options, approvalCodes: [CODE, wrong] });
	await expect(host.publish(failing)).rejects.toThrow(wrong);
	await host.deleteWebhookOf(failing);
	await wait(400);
	expect(sandbox.calls('unsubscribe')).toHaveLength(0);
	await host.publish(flow({ options }));
	await host.unpublish();
	await until(() => sandbox.calls('unsubscribe').length === 1);
});

it('tells a refusal that comes later once', async () => {
	await host.publish(flow());
	for (const app of sandbox.apps.values()) app.app_secret = 'another';
	sandbox.events.longConnection.disconnect();
	await until(() => host.errors.length > 0);
	await wait(200);
	expect(host.errors).toHaveLength(1);
	expect(host.errors[0]).toMatch(/App Secret/);
});

it('never acknowledges an event that has not begun', async () => {
	host.waitMs = 3_000;
	await host.publish(flow({ events: ['taskStatusChanged'] }));
	const instance = sandbox.addInstance();
	const statuses = Array.from({ length: 6 }, (_, index) => `S${index}`);
	const sent = statuses.map(
		(status) => sandbox.events.push(approvalTaskEvent(instance, { id: status }, status))[0],
	);
	await sandbox.events.settled();
	expect(sent.every(({ state }) => state === 'accepted')).toBe(true);
	expect(host.runs.map(({ json }) => String(json.status)).sort()).toEqual(statuses);
});

it('keeps the events of a workflow that is away for a moment, beside one that stays', async () => {
	await host.publish(flow());
	await host.publish(flow({}, 'workflow2'));
	await host.stop('workflow2');
	const delivery = push();
	await until(() => delivery.attempts.length > 0);
	expect(delivery.attempts[0].answer).toBe('{"code":500}');
	await host.publish(flow({}, 'workflow2'));
	await sandbox.events.settled();
	expect(host.runs.map(({ workflow }) => workflow).sort()).toEqual(['workflow1', 'workflow2']);
});

it('keeps the events that come while n8n starts its workflows one after the other', async () => {
	CONNECTION.startMs = 2_000;
	await host.publish(flow(), 'init');
	const delivery = push();
	await until(() => delivery.attempts.length > 0);
	expect(delivery.attempts[0].answer).toBe('{"code":500}');
	await host.publish(flow({}, 'workflow2'), 'init');
	await sandbox.events.settled();
	expect(host.runs.map(({ workflow }) => workflow).sort()).toEqual(['workflow1', 'workflow2']);
});
