import type { INodeParameters } from 'n8n-workflow';

import type * as Times from '../../../nodes/FeishuApprovalTrigger/times';
import {
	approvalInstanceEvent,
	SAMPLE_INSTANCE,
	startSandbox,
	type Sandbox,
} from '../../../sandbox/index';
import { Engine } from '../../engine/engine';
import { credentialFor } from '../../engine/harness';
import { TriggerHost } from '../../engine/triggerHost';
import { until } from '../../sandbox/until';

const { TIMES } = jest.requireActual<typeof Times>(
	'../../../dist/nodes/FeishuApprovalTrigger/times',
);
const USUAL = { ...TIMES };
const KEYS = { encryptKey: 'test key', verificationToken: 'v-token' };
const CODE = SAMPLE_INSTANCE.approval_code;
const UNKNOWN = '00000000-0000-0000-0000-000000000000';

let sandbox: Sandbox;
let engine: Engine;
let host: TriggerHost;

const flow = (more: INodeParameters = {}) => ({
	parameters: { connection: 'webhook', approvalCodes: CODE, ...more },
});
const push = () => sandbox.events.push(approvalInstanceEvent(SAMPLE_INSTANCE, 'APPROVED'))[0];
const lines = (part: string) => host.log.filter((line) => line.includes(part));

beforeEach(async () => {
	sandbox = await startSandbox({ events: { retryScale: 0.001 } });
	engine = await Engine.load();
	engine.setCredential({ ...credentialFor(sandbox), ...KEYS });
	host = new TriggerHost(engine);
	await host.listen();
});
afterEach(async () => {
	Object.assign(TIMES, USUAL);
	await host.close();
	await sandbox.close();
});

it('subscribes once its credential can be read again, and says once why it could not', async () => {
	TIMES.subscribeAgainMs = 50;
	const { credentials } = engine;
	const read = credentials.getDecrypted.bind(credentials);
	let readings = 0;
	// The first one checks the keys; the database is locked after it.
	credentials.getDecrypted = async (...given) => {
		const isLocked = ++readings > 1 && readings < 6;
		if (isLocked) throw new Error('SQLITE_BUSY: database is locked');
		return await read(...given);
	};
	await host.publish(flow());
	await until(() => lines('all approval codes are subscribed').length === 1);
	expect(readings).toBeGreaterThan(5);
	expect(lines('could not be subscribed yet (SQLITE_BUSY')).toHaveLength(1);
	expect(host.errors).toEqual([]);
	sandbox.events.setRequestUrl(`${host.url}/workflow1`, KEYS);
	push();
	await sandbox.events.settled();
	expect(host.runs).toHaveLength(1);
});

it('does not say that it goes on where all of its codes are refused for good', async () => {
	await host.publish(flow({ approvalCodes: UNKNOWN }), 'init');
	await until(() => host.errors.length === 1);
	expect(host.errors[0]).toContain(UNKNOWN);
	expect(lines('subscribed')).toEqual([]);
});

it('refuses events until all that starts with n8n may listen, so that none has two runs', async () => {
	await host.publish(flow());
	sandbox.events.setRequestUrl(`${host.url}/workflow1`, KEYS);
	const delivery = push();
	await sandbox.events.settled();
	await host.stop();
	// The workflow is away, and n8n still takes its requests.
	const { parameters } = flow();
	host.keepAnswering({ parameters });
	const again = sandbox.events.repeat(delivery);
	await until(() => again.attempts.length > 0);
	expect(again.attempts[0].status).toBe(500);
	await host.publish(flow());
	await sandbox.events.settled();
	expect(again.state).toBe('accepted');
	expect(host.runs).toHaveLength(1);
});
