/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import type { AddressInfo } from 'node:net';
import type { JournalEntry } from './model';
import { Platform } from './platform';
import type { PlatformOptions } from './platform';
import { buildServer } from './server';

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
	/** Ends at once, hanging requests included; no timer is left. */
	close(): Promise<void>;
}

/**
 * Starts a local Feishu platform on 127.0.0.1: token exchange, Get Instance and CC Instance with
 * the codes, limits and state that the API sheet and the two pages describe.
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
	const platform = new Platform(options);
	await platform.fileHost.listen();
	await platform.events.longConnection.listen();
	const closing = new AbortController();
	const server = buildServer(platform, closing.signal, options.onDone);
	await server.listen({ host: '127.0.0.1', port: options.port ?? 0 });
	const { port } = server.server.address() as AddressInfo;
	const close = async () => {
		closing.abort();
		await server.close();
		await platform.fileHost.close();
		await platform.events.close();
	};
	return Object.assign(platform, { url: `http://127.0.0.1:${port}`, port, close });
}
