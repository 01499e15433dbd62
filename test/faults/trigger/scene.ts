/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { createRequire } from 'node:module';
import { setTimeout as wait } from 'node:timers/promises';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { WebSocket } from 'undici';

import type * as ConnectionTimesModule from '../../../nodes/FeishuApprovalTrigger/longConnection/times';
import type * as TimesModule from '../../../nodes/FeishuApprovalTrigger/times';
import {
	approvalInstanceEvent,
	SAMPLE_INSTANCE,
	SANDBOX_APP,
	startSandbox,
	type Delivery,
	type PushOptions,
	type Sandbox,
	type Way,
} from '../../../sandbox';
import { Engine } from '../../engine/engine';
import { credentialFor } from '../../engine/harness';
import { TriggerHost } from '../../engine/triggerHost';
import { until } from '../../sandbox/until';
import type { Leaks } from '../leaks';
import { guardSecrets } from '../world';

const built = createRequire(__filename);
const TRIGGER = '../../../dist/nodes/FeishuApprovalTrigger';
const KEYS = { encryptKey: 'a key for tests', verificationToken: 'a token for tests' };

/** How long the node waits for what, and how long the platform does (ms): shorter, in proportion. */
const SHORT = {
	webhookMs: 800,
	instanceMs: 500,
	subscribeMs: 5_000,
	subscribeAgainMs: 50,
	beginAgainMs: [50, 100, 200],
	settlingMs: 300,
};
const SHORT_CONNECTION = {
	acknowledgeMs: 900,
	marginMs: 40,
	adoptMs: 300,
	startMs: 300,
	keepMs: 300,
	firstPauseMs: 30,
	shortestPauseMs: 10,
	refusedPauseMs: 50,
};
const ANSWER_WITHIN_MS = 1_800;
const RETRY_SCALE = 0.01;

/** What of the platform's connections is not for everybody. */
type Sockets = Iterable<{ socket: { send(data: Uint8Array): void } }>;

/** Node 20 has none of its own. */
Object.assign(globalThis, { WebSocket });

function forgetPackage(): void {
	for (const file of Object.keys(built.cache)) {
		if (/[\\/]dist[\\/](nodes|feishu|approval|credentials)[\\/]/.test(file))
			Reflect.deleteProperty(built.cache, file);
	}
}

function shorten(): void {
	const { TIMES } = built(`${TRIGGER}/times`) as typeof TimesModule;
	const connection = built(`${TRIGGER}/longConnection/times`) as typeof ConnectionTimesModule;
	Object.assign(TIMES, SHORT);
	Object.assign(connection.CONNECTION_TIMES, SHORT_CONNECTION);
}

/** A platform that pushes events one way, and n8n with one workflow that begins with the trigger. */
export class Scene {
	/** What was sent out, with what became of it. */
	readonly deliveries: Delivery[] = [];
	/** Why the workflow could not be published. */
	refusal = '';
	private parameters: INodeParameters = {};

	private constructor(
		readonly way: Way,
		readonly sandbox: Sandbox,
		readonly engine: Engine,
		readonly host: TriggerHost,
		private readonly leaks: Leaks,
	) {}

	static async open(way: Way, leaks: Leaks): Promise<Scene> {
		shorten();
		const apps = [{ ...SANDBOX_APP }];
		const events = { retryScale: RETRY_SCALE, answerWithinMs: ANSWER_WITHIN_MS };
		const sandbox = await startSandbox({ apps, events });
		guardSecrets(sandbox, leaks);
		for (const key of Object.values(KEYS)) leaks.guard(key);
		const { config } = sandbox.events.longConnection;
		Object.assign(config, { ReconnectNonce: 0.02, ReconnectInterval: 0.02 });
		const engine = await Engine.load();
		engine.setCredential({ ...credentialFor(sandbox), ...KEYS });
		const host = new TriggerHost(engine, {
			forgetPackage: () => {
				forgetPackage();
				shorten();
			},
		});
		await host.listen();
		return new Scene(way, sandbox, engine, host, leaks);
	}

	private get flow() {
		const usual = { connection: this.way, events: ['instanceStatusChanged'] };
		const approvalCodes = SAMPLE_INSTANCE.approval_code;
		// Two scenes in one process must not be one workflow.
		return { id: this.way, parameters: { ...usual, approvalCodes, ...this.parameters } };
	}

	/** Publishes the workflow; what does not let it is kept. */
	async publish(parameters: INodeParameters = {}): Promise<void> {
		this.parameters = parameters;
		try {
			await this.host.publish(this.flow);
			if (this.way === 'webhook') this.listenAtUrl();
			await until(() => this.isReachable());
		} catch (error) {
			this.refusal = (error as Error).message;
		}
	}

	/** Publishes it once more, as after a change, with what `between` does while it is away. */
	async publishAnew(between: () => Promise<unknown>): Promise<void> {
		await this.host.stop(this.way);
		await between();
		await this.host.publish(this.flow);
	}

	async restart(): Promise<void> {
		await this.host.restart(this.flow);
	}

	/** From now on requests come to a process that does not listen, after it has begun or much later. */
	async otherProcess(hasBegun: 'now' | 'before'): Promise<void> {
		await this.host.stop(this.way);
		await this.host.webhookProcess(this.flow);
		if (hasBegun === 'before') await wait(SHORT.settlingMs);
	}

	/** The process that has begun begins to listen. */
	async listenAgain(): Promise<void> {
		await this.host.publish(this.flow, 'init');
	}

	/** Pushes an event of an approval, which has its own unless it is said. */
	push(
		options: PushOptions = {},
		instance: { instance_code: string } = this.sandbox.addInstance(),
	) {
		const codes = {
			approval_code: SAMPLE_INSTANCE.approval_code,
			instance_code: instance.instance_code,
		};
		const made = this.sandbox.events.push(approvalInstanceEvent(codes, 'APPROVED'), {
			to: this.way,
			...options,
		});
		this.deliveries.push(...made);
		return made;
	}

	repeat(delivery: Delivery): Delivery {
		const again = this.sandbox.events.repeat(delivery);
		this.deliveries.push(again);
		return again;
	}

	async settled(): Promise<void> {
		await this.sandbox.events.settled();
	}

	/** Whether the platform knows where to push to. */
	isReachable(): boolean {
		const { events } = this.sandbox;
		const { appId } = this.engine.credential();
		const isOpen = this.way === 'webhook' || events.longConnection.connections.size === 1;
		return isOpen && this.sandbox.isSubscribed(String(appId), SAMPLE_INSTANCE.approval_code);
	}

	/** Loses the frame of this number, from now on, that the platform sends. */
	loseFrame(number: number): void {
		const [{ socket }] = this.sandbox.events.longConnection.connections as unknown as Sockets;
		const send = socket.send.bind(socket);
		let sent = 0;
		socket.send = (data) => (++sent === number ? undefined : send(data));
	}

	/** What the runs began with. */
	get items(): IDataObject[] {
		return this.host.runs.map(({ json }) => json);
	}

	async close(): Promise<void> {
		const { host, sandbox, leaks } = this;
		leaks.take(host.runs, host.log, host.errors, this.refusal);
		leaks.take(...this.deliveries.flatMap(({ attempts }) => attempts));
		await sandbox.close();
		await host.close();
	}

	private listenAtUrl(): void {
		this.sandbox.events.setRequestUrl(`${this.host.url}/${this.way}`, KEYS);
	}
}
