/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { setTimeout as wait } from 'node:timers/promises';

import {
	businessError,
	refusedConnection,
	SAMPLE_INSTANCE,
	serverError,
	type Forgery,
	type Way,
} from '../../../sandbox';
import { until } from '../../sandbox/until';
import type { Scene } from './scene';

/** What becomes of the events; in the words of the page. */
interface Expected {
	/** What the sender gets, try after try, of all pushes. */
	answers?: string;
	/** How many runs there are in the end; default 1. */
	runs?: number;
	/** What stands in an error execution; default: there is none. */
	failure?: RegExp;
	/** What the editor says where the workflow cannot be published. */
	refusal?: RegExp;
	/** What the item has to say. */
	item?: RegExp;
}

/** A fault, and what becomes of an event by each way; a way that cannot meet it is missing. */
export interface TriggerRow extends Partial<Record<Way, Expected>> {
	fault: string;
	happen(scene: Scene): Promise<void>;
}

/** Publishes and pushes one event while it is so. */
const whileSo =
	(arrange: (scene: Scene) => void, parameters = {}): TriggerRow['happen'] =>
	async (scene) => {
		arrange(scene);
		await scene.publish(parameters);
		if (scene.refusal === '') scene.push();
	};

const forged = (forge: Forgery, fault: string): TriggerRow => ({
	fault,
	webhook: { answers: '401', runs: 0 },
	happen: async (scene) => {
		await scene.publish();
		scene.push({ forge });
	},
});

const ONCE = { answers: '200' };
const BOTH = { webhook: ONCE, longConnection: ONCE };
const UNKNOWN = '00000000-0000-0000-0000-00000000DEAD';
const INSTANCE = { options: { includeInstance: true } };

/** Everything that is known to go wrong between an event and its run. */
export const TRIGGER_ROWS: TriggerRow[] = [
	{
		fault: 'The event comes four times at once',
		webhook: { answers: '200, 200, 200, 200' },
		longConnection: { answers: '200, 200, 200, 200' },
		happen: async (scene) => {
			await scene.publish();
			scene.push({ duplicate: 3 });
		},
	},
	{
		fault: 'The event comes again later',
		webhook: { answers: '200, 200' },
		longConnection: { answers: '200, 200' },
		happen: async (scene) => {
			await scene.publish();
			const [delivery] = scene.push();
			await scene.settled();
			scene.repeat(delivery);
		},
	},
	{
		fault: 'The event comes again after n8n was started anew',
		webhook: { answers: '200, 200' },
		longConnection: { answers: '200, 200' },
		happen: async (scene) => {
			await scene.publish();
			const [delivery] = scene.push();
			await scene.settled();
			await scene.restart();
			await until(() => scene.isReachable());
			// Before, it would be sent again once more: other workflows may not listen yet.
			await wait(400);
			scene.repeat(delivery);
		},
	},
	{
		fault: 'The event comes again while n8n starts, before the workflow listens',
		webhook: { answers: '200, 500, 200' },
		happen: async (scene) => {
			await scene.publish();
			const [delivery] = scene.push();
			await scene.settled();
			await scene.otherProcess('now');
			const again = scene.repeat(delivery);
			await until(() => again.attempts.length > 0);
			await scene.listenAgain();
		},
	},
	{
		fault: 'The event comes twice to a process for webhooks, which starts no runs itself',
		webhook: { answers: '200, 200' },
		happen: async (scene) => {
			await scene.publish();
			await scene.otherProcess('before');
			const [delivery] = scene.push();
			await scene.settled();
			scene.repeat(delivery);
		},
	},
	forged('signature', 'The request is signed with another key'),
	forged('stale', 'The request was signed an hour ago'),
	forged('unsigned', 'The request is not signed'),
	forged('tampered', 'The request was changed on its way'),
	forged('plain', 'The request is neither encrypted nor signed'),
	forged('token', 'The verification token is another one'),
	{
		fault: 'The request is larger than 1 MB',
		webhook: { answers: '400', runs: 0 },
		happen: async (scene) => {
			await scene.publish();
			scene.push({
				forge: 'signature',
				alter: (envelope) => ({ ...envelope, x: 'x'.repeat(2e6) }),
			});
		},
	},
	{
		fault: 'n8n cannot write the run (its database is locked) for a moment',
		webhook: { answers: '500, 200' },
		longConnection: { answers: '500, 200' },
		happen: async (scene) => {
			await scene.publish();
			scene.host.isDatabaseLocked = true;
			const [delivery] = scene.push();
			await until(() => delivery.attempts.length > 0);
			scene.host.isDatabaseLocked = false;
		},
	},
	{
		fault: 'n8n is so busy that it fails to write the run after the platform was answered',
		...BOTH,
		happen: async (scene) => {
			await scene.publish();
			Object.assign(scene.host, { writeMs: 1_500, isDatabaseLocked: true });
			const [delivery] = scene.push();
			await until(() => delivery.state === 'accepted');
			await wait(1_000);
			Object.assign(scene.host, { writeMs: 0, isDatabaseLocked: false });
			await until(() => scene.host.runs.length > 0);
		},
	},
	{
		fault: 'The run waits for its turn for longer than the platform waits',
		...BOTH,
		happen: async (scene) => {
			await scene.publish();
			scene.host.waitMs = 3_000;
			scene.push();
		},
	},
	{
		fault: 'The event names an instance that Include Instance cannot read',
		webhook: { ...ONCE, item: /instance_error.*1390003/ },
		longConnection: { ...ONCE, item: /instance_error.*1390003/ },
		happen: async (scene) => {
			await scene.publish(INSTANCE);
			scene.push({}, { instance_code: 'UNKNOWN' });
		},
	},
	{
		fault: 'Include Instance gets no answer in time',
		webhook: { ...ONCE, item: /instance_error.*did not give the instance in time/ },
		longConnection: { ...ONCE, item: /instance_error.*did not give the instance in time/ },
		happen: whileSo(({ sandbox }) => {
			sandbox.faults.add({ on: 'get', fault: { kind: 'slow', ms: 3_000 } });
		}, INSTANCE),
	},
	{
		fault: 'The workflow is being published anew when the event comes',
		webhook: { answers: '404, 200' },
		longConnection: ONCE,
		happen: async (scene) => {
			await scene.publish();
			await scene.publishAnew(async () => {
				const [delivery] = scene.push();
				if (scene.way === 'webhook') await until(() => delivery.attempts.length > 0);
				else await wait(50);
			});
		},
	},
	{
		fault: 'The connection breaks before the acknowledgement',
		longConnection: { answers: 'none, 200' },
		happen: async (scene) => {
			await scene.publish();
			scene.host.waitMs = 200;
			scene.push();
			await until(() => scene.host.runs.length === 1);
			scene.sandbox.events.longConnection.disconnect({ abruptly: true });
		},
	},
	{
		fault: 'A part of a large event is lost',
		longConnection: { answers: 'none, 200' },
		happen: async (scene) => {
			await scene.publish();
			scene.loseFrame(2);
			scene.push({ parts: 3 });
		},
	},
	{
		fault: 'The platform falls silent: no ping is answered, no acknowledgement arrives',
		longConnection: { answers: 'none, 200' },
		happen: async (scene) => {
			const { longConnection } = scene.sandbox.events;
			longConnection.config.PingInterval = 0.1;
			await scene.publish();
			const [connection] = longConnection.connections;
			await until(() => connection.pings > 0);
			connection.silent = true;
			scene.push();
			await until(() => longConnection.opened === 2);
		},
	},
	{
		fault: 'The ticket is refused once',
		longConnection: ONCE,
		happen: whileSo(({ sandbox: { events } }) => {
			let handshakes = 0;
			Object.defineProperty(events.longConnection, 'refuseHandshakes', {
				get: () => (handshakes++ === 0 ? 514 : undefined),
			});
		}),
	},
	{
		fault: 'The platform is busy when the connection is to be opened',
		longConnection: ONCE,
		happen: whileSo(({ sandbox }) => {
			sandbox.faults.add({ on: 'openConnection', times: 3, fault: refusedConnection(1) });
		}),
	},
	{
		fault: 'The app belongs to the other cloud',
		longConnection: { runs: 0, refusal: /belongs to the other cloud/ },
		happen: whileSo(({ sandbox }) => {
			for (const app of sandbox.apps.values()) app.ofOtherCloud = true;
		}),
	},
	{
		fault: 'The app secret is wrong',
		webhook: { runs: 0, refusal: /App Secret/ },
		longConnection: { runs: 0, refusal: /App Secret/ },
		happen: whileSo(({ engine }) => void engine.setCredential({ appSecret: 'wrong' })),
	},
	{
		fault: 'The app secret is changed later',
		longConnection: { runs: 0, failure: /App Secret/ },
		happen: async (scene) => {
			await scene.publish();
			for (const app of scene.sandbox.apps.values()) app.app_secret = 'another';
			scene.sandbox.events.longConnection.disconnect();
			await until(() => scene.host.errors.length > 0);
			await wait(200);
		},
	},
	{
		fault: 'The app secret is changed, on the platform and in the credential',
		...BOTH,
		happen: async (scene) => {
			await scene.publish();
			for (const app of scene.sandbox.apps.values()) app.app_secret = 'another';
			scene.engine.setCredential({ appSecret: 'another' });
			if (scene.way === 'longConnection') {
				scene.sandbox.events.longConnection.disconnect();
				await until(() => scene.sandbox.events.longConnection.opened === 2);
			}
			scene.push();
		},
	},
	{
		fault: 'The app lacks the permission to subscribe',
		webhook: { runs: 0, refusal: /99991672/ },
		longConnection: { runs: 0, refusal: /99991672/ },
		happen: whileSo(({ sandbox }) => {
			for (const app of sandbox.apps.values()) app.scopes = [];
		}),
	},
	{
		fault: 'One of two approval codes is unknown',
		webhook: { runs: 0, refusal: new RegExp(UNKNOWN) },
		longConnection: { runs: 0, refusal: new RegExp(UNKNOWN) },
		happen: whileSo(() => undefined, { approvalCodes: [SAMPLE_INSTANCE.approval_code, UNKNOWN] }),
	},
	{
		fault: 'The app is subscribed already',
		...BOTH,
		happen: whileSo(({ sandbox }) => sandbox.subscribe(sandbox.addInstance().approval_code)),
	},
	{
		fault: "The month's quota of calls is used up when it subscribes, for a while",
		...BOTH,
		happen: whileSo(({ sandbox }) => {
			sandbox.faults.add({ on: 'subscribe', times: 2, fault: businessError(99991403) });
		}),
	},
	{
		fault: 'HTTP 503 when it subscribes, for a while',
		...BOTH,
		happen: whileSo(({ sandbox }) => {
			sandbox.faults.add({ on: 'subscribe', times: 3, fault: serverError(503) });
		}),
	},
];
