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

/** What is run: Get Instance, CC Instance, the latter with Skip Already Copied or Combine. */
export type Operation = 'get' | 'cc' | 'skip' | 'combine';

/** An approval that is read or copied. */
export interface Subject {
	instance: Instance;
	/** Entries that the timeline had before the run: an old copy to one of the people. */
	before: number;
}

/** An input item. */
export interface Item {
	index: number;
	subject: Subject;
	/** Whom it wants notified. */
	people: string[];
}

/** Was copied an hour ago; only Skip Already Copied may leave this person out. */
const COPIED_BEFORE = COLLEAGUE.open_id;
const OTHERS = [ACCOUNTANT.open_id, INITIATOR.open_id];
const PEOPLE = [COPIED_BEFORE, ...OTHERS];

/** The items that each approval has: what one asks for may be part of what another does. */
const ASKED: Record<Operation, string[][]> = {
	// The second is for the very same data, so one call serves both.
	get: [[], []],
	cc: [PEOPLE],
	skip: [PEOPLE],
	combine: [PEOPLE.slice(0, 2), PEOPLE.slice(1)],
};

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

	readonly items: Item[];

	private constructor(
		readonly operation: Operation,
		readonly sandbox: Sandbox,
		readonly engine: Engine,
		readonly subjects: Subject[],
	) {
		this.items = ASKED[operation]
			.flatMap((people) => subjects.map((subject) => ({ subject, people })))
			.map((item, index) => ({ index, ...item }));
	}

	/** A run about `count` approvals on a platform that others may use, too. */
	static in(operation: Operation, count: number, sandbox: Sandbox, engine: Engine): World {
		const subjects = Array.from({ length: count }, (): Subject => {
			const create_time = String(sandbox.clock.now() - HOUR_MS);
			const timeline = [{ type: 'CC', create_time, open_id_list: [COPIED_BEFORE], ext: '' }];
			return { instance: sandbox.addInstance({ timeline }), before: timeline.length };
		});
		return new World(operation, sandbox, engine, subjects);
	}

	/**
	 * A run with a platform of its own.
	 *
	 * @param leaks is told the app's secret and every token that is issued
	 */
	static async open(operation: Operation, count: number, leaks: Leaks): Promise<World> {
		const sandbox = await startSandbox({ onDone: (entry) => world.over.push(entry) });
		const engine = await Engine.load();
		engine.setCredential(credentialFor(sandbox));
		const world = World.in(operation, count, sandbox, engine);
		leaks.guard(SANDBOX_APP.app_secret);
		const exchange = sandbox.tokens.exchange.bind(sandbox.tokens);
		sandbox.tokens.exchange = (appId) => {
			const issued = exchange(appId);
			leaks.guard(issued.tenant_access_token);
			return issued;
		};
		return world;
	}

	/** Requests that are neither answered to the end nor hung up on. */
	get open(): JournalEntry[] {
		return this.sandbox.journal.filter((entry) => !this.over.includes(entry));
	}

	/** The one approval that meets a fault which spares the others. */
	get target(): Subject {
		return this.subjects[Math.floor(this.subjects.length / 2)];
	}

	/** The endpoint that does what the operation is there for. */
	get endpoint(): 'get' | 'cc' {
		return this.operation === 'get' ? 'get' : 'cc';
	}

	/** Lets an earlier run store a token, which is good for two hours. */
	async warmUp(): Promise<void> {
		const instanceCode = this.sandbox.addInstance().instance_code;
		const parameters = { operation: 'get', instanceCode };
		await this.engine.run([{ name: 'Earlier', parameters }]);
		this.sandbox.journal.length = 0;
	}

	/** The platform is to be found at this address, and the stored token was got there. */
	moveTo(baseUrl: string): void {
		const { accessOwner } = this.engine.credential();
		const owner = String(accessOwner).replace(this.sandbox.url, baseUrl);
		this.engine.setCredential({ baseUrl, accessOwner: owner });
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

	/** The first call to each endpoint about each of these meets the fault, or `times` calls. */
	meetAtFirst(fault: Fault, subjects = this.subjects, times = 1): void {
		for (const subject of subjects) {
			for (const endpoint of API) {
				this.meet((entry) => entry.endpoint === endpoint && isAbout(entry, subject), fault, times);
			}
		}
	}

	/** The calls about one approval meet the fault for good. */
	meetForGood(fault: Fault, endpoints: Endpoint[] = [this.endpoint]): void {
		this.meet((entry) => endpoints.includes(entry.endpoint) && isAbout(entry, this.target), fault);
	}

	/** What was called about one approval, in order of arrival. */
	calls(subject: Subject, endpoint: Endpoint): JournalEntry[] {
		return this.sandbox.calls(endpoint).filter((entry) => isAbout(entry, subject));
	}

	/** Whom the run has to notify about each approval, once. */
	get recipients(): string[] {
		if (this.operation === 'get') return [];
		return this.operation === 'skip' ? OTHERS : PEOPLE;
	}

	/** People whom this run copied; whoever stands there twice was notified twice. */
	copied({ instance, before }: Subject): string[] {
		return instance.timeline
			.slice(before)
			.filter(({ type }) => type === 'CC')
			.flatMap(({ open_id_list }) => open_id_list ?? []);
	}

	input(): IDataObject[] {
		return this.items.map(({ subject: { instance }, people }) => ({
			a: instance.approval_code,
			i: instance.instance_code,
			p: people.join(', '),
		}));
	}

	/** The node as a builder would set it up, going on behind an item that does not succeed. */
	step(): Step {
		const copying = {
			approvalCode: '={{ $json.a }}',
			userId: APPROVER.open_id,
			ccUserIds: '={{ $json.p }}',
			options: {
				skipAlreadyCopied: this.operation === 'skip',
				combine: this.operation === 'combine',
			},
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

/** Whether a call is about the approval. */
export function isAbout({ endpoint, path, body }: JournalEntry, { instance }: Subject): boolean {
	const code = instance.instance_code;
	if (endpoint === 'get') return path.endsWith(`/${code}`);
	return endpoint === 'cc' && (body as { instance_code?: unknown }).instance_code === code;
}
