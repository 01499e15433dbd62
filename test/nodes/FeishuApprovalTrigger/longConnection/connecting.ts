/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- tests, not nodes */
import type { IDataObject } from 'n8n-workflow';
import { WebSocket } from 'undici';

import type { ConnectionContext } from '../../../../nodes/FeishuApprovalTrigger/longConnection/context';
import {
	joinConnection,
	type Consumer,
} from '../../../../nodes/FeishuApprovalTrigger/longConnection/registry';
import { postWith } from '../../../../nodes/FeishuApprovalTrigger/longConnection/endpoint';
import type { Taken } from '../../../../nodes/FeishuApprovalTrigger/deliver';
import { CONNECTION_TIMES as TIMES } from '../../../../nodes/FeishuApprovalTrigger/longConnection/times';
import {
	approvalInstanceEvent,
	SAMPLE_INSTANCE,
	SANDBOX_APP,
	startSandbox,
	type Sandbox,
	type SandboxOptions,
} from '../../../../sandbox/index';
import { triggerFunctions } from './helpers';

/** Node 22 and later have this implementation as their own; Node 20 has none. */
export function provideWebSocket(): void {
	globalThis.WebSocket ??= WebSocket as unknown as typeof globalThis.WebSocket;
}

export const APP = SANDBOX_APP;
const USUAL = { ...TIMES };

/** A platform whose clients come again at once, and whose events come again soon. */
export async function startPlatform(options: SandboxOptions = {}): Promise<Sandbox> {
	Object.assign(TIMES, USUAL, { shortestPauseMs: 10, keepMs: 100 });
	const sandbox = await startSandbox({ events: { retryScale: 0.001 }, ...options });
	sandbox.subscribe(SAMPLE_INSTANCE.approval_code);
	Object.assign(sandbox.events.longConnection.config, {
		ReconnectNonce: 0.02,
		ReconnectInterval: 0.02,
	});
	return sandbox;
}

export interface Seen extends Consumer {
	events: IDataObject[];
	refusals: string[];
}

/** Takes events and remembers them. */
export function listener(
	outcome: (body: IDataObject) => Taken | Promise<Taken> = () => 'started',
): Seen {
	const events: IDataObject[] = [];
	const refusals: string[] = [];
	return {
		events,
		refusals,
		onEvent: async (body) => {
			events.push(body);
			return await outcome(body);
		},
		onRefused: ({ message }) => void refusals.push(message),
	};
}

export interface TestContext extends ConnectionContext {
	lines: string[];
}

export function contextFor(
	sandbox: { url: string },
	more: Partial<ConnectionContext['account']> = {},
): TestContext {
	const lines: string[] = [];
	return {
		account: { baseUrl: sandbox.url, appId: APP.app_id, appSecret: APP.app_secret, ...more },
		refresh: async () => await Promise.resolve(),
		post: postWith(triggerFunctions()),
		log: {
			info: (text) => void lines.push(`info ${text}`),
			warn: (text) => void lines.push(`warn ${text}`),
		},
		lines,
	};
}

const leaves: Array<() => void> = [];

/** Joins, and leaves at the end of the test. */
export async function join(
	context: ConnectionContext,
	who: Consumer = listener(),
): Promise<() => void> {
	const leave = await joinConnection(context, who);
	leaves.push(leave);
	return leave;
}

export function leaveAll(): void {
	TIMES.keepMs = 0;
	for (const leave of leaves.splice(0)) leave();
}

export const anEvent = (more = {}) => approvalInstanceEvent(SAMPLE_INSTANCE, 'APPROVED', more);

/** Has a platform for each test, and nobody joined to it after. */
export function withPlatform(
	take: (sandbox: Sandbox) => void,
	options: () => SandboxOptions = () => ({}),
): void {
	let sandbox: Sandbox;
	beforeAll(provideWebSocket);
	beforeEach(async () => {
		sandbox = await startPlatform(options());
		take(sandbox);
	});
	afterEach(async () => {
		leaveAll();
		await sandbox.close();
	});
}
