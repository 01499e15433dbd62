import {
	approvalInstanceEvent,
	SAMPLE_INSTANCE,
	startSandbox,
	type Sandbox,
	type Way,
} from '../../../sandbox/index';
import { Engine } from '../../engine/engine';
import { credentialFor } from '../../engine/harness';
import { busyWith, memoryInUse } from '../../engine/process';
import { TriggerHost } from '../../engine/triggerHost';
import { provideWebSocket } from './longConnection/connecting';

const KEYS = { encryptKey: 'test key', verificationToken: 'v-token' };
const AT_ONCE = 50;
const BEFORE = 1_000;
const EVENTS = 4_000;
/** What may be remembered of an event, for at most 10,000 of them (bytes). */
const REMEMBERED = 3_000;

let sandbox: Sandbox;
let host: TriggerHost;

beforeAll(provideWebSocket);
beforeEach(async () => {
	sandbox = await startSandbox();
	const engine = await Engine.load();
	engine.setCredential({ ...credentialFor(sandbox), ...KEYS });
	host = new TriggerHost(engine);
	await host.listen();
});
afterEach(async () => {
	await host.close();
	await sandbox.close();
});

it.each<Way>(['webhook', 'longConnection'])(
	'starts many runs and keeps nothing but what it has to remember (%s)',
	async (connection) => {
		const { approval_code: approvalCodes } = SAMPLE_INSTANCE;
		await host.publish({ parameters: { connection, approvalCodes } });
		sandbox.events.setRequestUrl(`${host.url}/workflow1`, KEYS);
		let runs = 0;
		const push = async (events: number) => {
			for (let done = 0; done < events; done += AT_ONCE) {
				for (let one = 0; one < AT_ONCE; one++) {
					const codes = { ...SAMPLE_INSTANCE, instance_code: `I-${done + one}` };
					sandbox.events.push(approvalInstanceEvent(codes, 'APPROVED'), { to: connection });
				}
				await sandbox.events.settled();
				runs += host.runs.length;
				// What the platform and n8n keep is not the node's.
				sandbox.events.deliveries.length = 0;
				sandbox.journal.length = 0;
				host.forget();
			}
		};
		await push(BEFORE);
		const [before, held] = [busyWith(), memoryInUse()];
		await push(EVENTS);
		const after = busyWith();
		expect(runs).toBe(BEFORE + EVENTS);
		expect((memoryInUse() - held) / EVENTS).toBeLessThan(REMEMBERED);
		for (const kind of ['TCPSocketWrap', 'Timeout', 'MessagePort']) {
			expect((after[kind] ?? 0) - (before[kind] ?? 0)).toBeLessThanOrEqual(AT_ONCE);
		}
	},
	120_000,
);
