/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import type { AddressInfo } from 'node:net';
import type { Instance, JournalEntry } from './model';
import { Platform } from './platform';
import type { PlatformOptions } from './platform';
import { buildServer } from './server';
import { readCopy, setStatus, type EventStatus, type InstanceRef } from './statuses';

export type { Definition } from './creating/definition';
export { EXAMPLE_DEFINITIONS } from './creating/exampleDefinitions';
export { RICH_DEFINITION } from './creating/richDefinition';
export * from './events';
export type { Fault, FaultRule, Faults } from './faults';
export type { HostedFile } from './fileHost';
export * from './faultMakers';
export * from './fixtures';
export { LOCALES } from './getInstance';
export { CC_SAMPLE_INSTANCE, EXPENSE_INSTANCE, LEAVE_INSTANCE, SAMPLE_INSTANCE } from './instances';
export type { ClientConfig, Connection } from './longConnection/connection';
export { MAX_CONNECTIONS, type LongConnectionHost } from './longConnection/host';
export type { OverLimit } from './limits';
export type * from './model';
export { INSTANCE_SCOPES, LIST_SCOPE, USER_ID_SCOPE, USER_LOOK_UP_SCOPE } from './people';
export { DOCUMENTED_WIDGETS, RICH_FORM, UNDOCUMENTED_WIDGETS } from './richForm';
export { SEEN_WIDGETS } from './seenWidgets';
export { EVENT_STATUSES, type EventStatus } from './statuses';
export { TOKEN_LIFE_SECONDS } from './tokens';

export interface SandboxOptions extends PlatformOptions {
	/** Default: any free port. */
	port?: number;
	/** Called once for each request when it is over. */
	onDone?: (entry: JournalEntry) => void;
}

/** A running local Feishu platform. */
export interface Sandbox extends Platform {
	/** Base URL, e.g. `http://127.0.0.1:3900`. */
	readonly url: string;
	readonly port: number;
	/** Brings an instance into a status; apps that have subscribed get the events of that. */
	setStatus(which: InstanceRef, status: EventStatus, how?: { automatic?: boolean }): Instance;
	/** Somebody opens a copy (`cc_id` of the timeline); apps that have subscribed get the event. */
	readCopy(which: InstanceRef, ccId: string): void;
	/** Ends at once, hanging requests included; no timer is left. */
	close(): Promise<void>;
}

/** The parameters of a function after the platform. */
type Rest<F> = F extends (platform: Platform, ...rest: infer R) => unknown ? R : never;

/**
 * Starts a local Feishu platform on 127.0.0.1: the endpoints of approval with
 * the codes, limits, events and state that the API sheet and the two pages describe.
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
	const platform = new Platform(options);
	const closing = new AbortController();
	const server = buildServer(platform, closing.signal, options.onDone);
	await server.listen({ host: '127.0.0.1', port: options.port ?? 0 });
	// Only now: if the port is taken, nothing is left open.
	await platform.fileHost.listen();
	await platform.events.longConnection.listen();
	const { port } = server.server.address() as AddressInfo;
	const close = async () => {
		closing.abort();
		await server.close();
		await platform.fileHost.close();
		await platform.events.close();
	};
	return Object.assign(platform, {
		url: `http://127.0.0.1:${port}`,
		port,
		close,
		setStatus: (...rest: Rest<typeof setStatus>) => setStatus(platform, ...rest),
		readCopy: (...rest: Rest<typeof readCopy>) => readCopy(platform, ...rest),
	});
}
