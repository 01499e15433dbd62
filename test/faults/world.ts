import type { IDataObject } from 'n8n-workflow';

import { Engine, type Step } from '../engine/engine';
import { credentialFor } from '../engine/stage';
import {
	ACCOUNTANT,
	APPROVER,
	COLLEAGUE,
	INITIATOR,
	SANDBOX_APP,
	startSandbox,
	type Endpoint,
	type Fault,
	type Instance,
	type JournalEntry,
	type Sandbox,
} from '../sandbox';
import type { Leaks } from './leaks';
import type { Beside } from './servers';

/** What is run: Get Instance, CC Instance, CC Instance with Skip Already Copied. */
export type Operation = 'get' | 'cc' | 'skip';

/** An input item: each has an approval of its own, so that a mix-up would show. */
export interface Item {
	index: number;
	instance: Instance;
	/** Entries that the timeline had before the run: an old copy to one of the people. */
	before: number;
}

export const PEOPLE = [COLLEAGUE.open_id, ACCOUNTANT.open_id, INITIATOR.open_id];
/** Was copied an hour ago; only Skip Already Copied may leave this person out. */
export const COPIED_BEFORE = COLLEAGUE.open_id;

const HOUR_MS = 3_600_000;
const API: Endpoint[] = ['get', 'cc'];

/** A platform, n8n's engine with a credential for it, and items to run; for one cell. */
export class World {
	/** How often a request met the fault. */
	hits = 0;
	private readonly over: JournalEntry[] = [];
	/** Hosts that must not hear of anything. */
	readonly strangers: Beside[] = [];
	private readonly closers: Array<() => Promise<void>> = [];

	private constructor(
		readonly operation: Operation,
		readonly sandbox: Sandbox,
		readonly engine: Engine,
		readonly items: Item[],
	) {}

	/** @param leaks is told the app's secret and every token that is issued */
	static async open(operation: Operation, count: number, leaks: Leaks): Promise<World> {
		const sandbox = await startSandbox({ onDone: (entry) => world.over.push(entry) });
		leaks.guard(SANDBOX_APP.app_secret);
		const exchange = sandbox.tokens.exchange.bind(sandbox.tokens);
		sandbox.tokens.exchange = (appId) => {
			const issued = exchange(appId);
			leaks.guard(issued.tenant_access_token);
			return issued;
		};
		const items = Array.from({ length: count }, (_, index): Item => {
			const timeline = [
				{
					type: 'CC',
					create_time: String(sandbox.clock.now() - HOUR_MS),
					open_id_list: [COPIED_BEFORE],
					ext: '',
				},
			];
			return { index, instance: sandbox.addInstance({ timeline }), before: timeline.length };
		});
		const engine = await Engine.load();
		engine.setCredential(credentialFor(sandbox));
		const world = new World(operation, sandbox, engine, items);
		return world;
	}

	/** Requests that are neither answered to the end nor hung up on. */
	get open(): JournalEntry[] {
		return this.sandbox.journal.filter((entry) => !this.over.includes(entry));
	}

	/** The one item that meets a fault which spares the others. */
	get target(): Item {
		return this.items[Math.floor(this.items.length / 2)];
	}

	/** The endpoint that does what the operation is there for. */
	get endpoint(): 'get' | 'cc' {
		return this.operation === 'get' ? 'get' : 'cc';
	}

	/** Stores a token that is good for two hours, as an earlier run would have left it. */
	giveToken(): void {
		const { tenant_access_token, expire } = this.sandbox.tokens.exchange(SANDBOX_APP.app_id);
		this.engine.setCredential({
			tenantAccessToken: tenant_access_token,
			accessExpiresAt: Date.now() + expire * 1000,
		});
		this.moveTo(this.sandbox.url);
	}

	/** The platform is to be found at this address, and the stored token was got there. */
	moveTo(baseUrl: string): void {
		const accessOwner = `${SANDBOX_APP.app_id}@${baseUrl}`;
		this.engine.setCredential({ baseUrl, accessOwner });
	}

	/** Requests that match meet the fault, `times` of them. */
	meet(on: Endpoint | ((entry: JournalEntry) => boolean), fault: Fault, times = Infinity): void {
		const matches = (entry: JournalEntry) =>
			typeof on === 'function' ? on(entry) : entry.endpoint === on;
		const noted = (entry: JournalEntry) => {
			const met = matches(entry);
			if (met) this.hits++;
			return met;
		};
		this.sandbox.faults.add({ on: noted, times, fault });
	}

	/** The first call to each endpoint for each of these items meets the fault, or `times` calls. */
	meetAtFirst(fault: Fault, items = this.items, times = 1): void {
		for (const item of items) {
			for (const endpoint of API) {
				this.meet((entry) => entry.endpoint === endpoint && isAbout(entry, item), fault, times);
			}
		}
	}

	/** One item's calls meet the fault for good. */
	meetForGood(fault: Fault, endpoints: Endpoint[] = [this.endpoint]): void {
		this.meet((entry) => endpoints.includes(entry.endpoint) && isAbout(entry, this.target), fault);
	}

	/** What was called for one item, in order of arrival. */
	calls(item: Item, endpoint: Endpoint): JournalEntry[] {
		return this.sandbox.calls(endpoint).filter((entry) => isAbout(entry, item));
	}

	/** Whom the run has to notify, each once. */
	get recipients(): string[] {
		if (this.operation === 'get') return [];
		return this.operation === 'skip' ? PEOPLE.filter((id) => id !== COPIED_BEFORE) : PEOPLE;
	}

	/** People whom this run copied, item by item; whoever stands there twice was notified twice. */
	copied({ instance, before }: Item): string[] {
		return instance.timeline
			.slice(before)
			.filter(({ type }) => type === 'CC')
			.flatMap(({ open_id_list }) => open_id_list ?? []);
	}

	input(): IDataObject[] {
		return this.items.map(({ instance }) => ({
			a: instance.approval_code,
			i: instance.instance_code,
		}));
	}

	/** The node as a builder would set it up, going on behind an item that does not succeed. */
	step(): Step {
		const copying = {
			approvalCode: '={{ $json.a }}',
			userId: APPROVER.open_id,
			ccUserIds: PEOPLE.join(', '),
			options: { skipAlreadyCopied: this.operation === 'skip' },
		};
		return {
			name: 'Node',
			onError: 'continueRegularOutput',
			parameters: {
				operation: this.endpoint,
				instanceCode: '={{ $json.i }}',
				...(this.operation === 'get' ? {} : copying),
			},
		};
	}

	onClose(close: () => Promise<void>): void {
		this.closers.push(close);
	}

	/** A host that must not hear of anything; closed with the world. */
	beware(stranger: Beside): Beside {
		this.strangers.push(stranger);
		this.onClose(stranger.close);
		return stranger;
	}

	async close(): Promise<void> {
		for (const close of this.closers) await close();
		await this.sandbox.close();
	}
}

/** Whether a call is made for the item. */
export function isAbout({ endpoint, path, body }: JournalEntry, { instance }: Item): boolean {
	const code = instance.instance_code;
	if (endpoint === 'get') return path.endsWith(`/${code}`);
	return endpoint === 'cc' && (body as { instance_code?: unknown }).instance_code === code;
}
