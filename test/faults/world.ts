import type { IDataObject } from 'n8n-workflow';

import { Engine, type Step } from '../engine/engine';
import { credentialFor } from '../engine/harness';
import {
	businessError,
	SANDBOX_APP,
	startSandbox,
	type Endpoint,
	type Fault,
	type JournalEntry,
	type Sandbox,
} from '../../sandbox';
import {
	addSubject,
	isAbout,
	itemsAbout,
	recipientsOf,
	stepOf,
	type Item,
	type Operation,
	type Subject,
} from './items';
import type { Leaks } from './leaks';
import type { Beside } from './servers';

const API: Endpoint[] = ['get', 'cc'];
/** How often n8n tries a node with Retry On Fail. */
const TRIES = 3;

/** Lets `leaks` know the app's secret and every token that is issued. */
export function guardSecrets({ tokens }: Sandbox, leaks: Leaks): void {
	leaks.guard(SANDBOX_APP.app_secret);
	const exchange = tokens.exchange.bind(tokens);
	tokens.exchange = (appId) => {
		const issued = exchange(appId);
		leaks.guard(issued.tenant_access_token);
		return issued;
	};
}

/** A platform, n8n's engine with a credential for it, and items to run; for one cell. */
export class World {
	/** How often a request met the fault. */
	hits = 0;
	readonly items: Item[];
	/** One more approval, at the end, for which every try but the last is refused. */
	readonly extra: Subject | undefined;
	private readonly over: JournalEntry[] = [];
	/** Hosts that must not hear of anything. */
	readonly strangers: Beside[] = [];
	private readonly closers: Array<() => Promise<void>> = [];

	private constructor(
		readonly operation: Operation,
		readonly sandbox: Sandbox,
		readonly engine: Engine,
		readonly subjects: Subject[],
	) {
		this.items = itemsAbout(subjects, operation);
		this.extra = operation === 'retried' ? addSubject(sandbox) : undefined;
	}

	/** A run about `count` approvals on a platform that others may use, too. */
	static in(operation: Operation, count: number, sandbox: Sandbox, engine: Engine): World {
		const subjects = Array.from({ length: count }, () => addSubject(sandbox));
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
		guardSecrets(sandbox, leaks);
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

	/** Refuses the last item for sure, as often as n8n tries by itself, so that all is tried again. */
	refuseExtra(): void {
		const { extra } = this;
		if (extra === undefined) return;
		const on = (entry: JournalEntry) => entry.endpoint === 'cc' && isAbout(entry, extra);
		const fault = businessError(1390009, 'no operation permission', { status: 403 });
		this.sandbox.faults.add({ on, times: TRIES, fault });
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
		return recipientsOf(this.operation);
	}

	/** People whom this run copied; whoever stands there twice was notified twice. */
	copied({ instance, before }: Subject): string[] {
		return instance.timeline
			.slice(before)
			.filter(({ type }) => type === 'CC')
			.flatMap(({ open_id_list }) => open_id_list ?? []);
	}

	input(): IDataObject[] {
		const rowOf = ({ instance }: Subject, people: string[]) => ({
			a: instance.approval_code,
			i: instance.instance_code,
			p: people.join(', '),
		});
		const rows = this.items.map(({ subject, people }) => rowOf(subject, people));
		return this.extra === undefined ? rows : [...rows, rowOf(this.extra, this.recipients)];
	}

	step(): Step {
		return stepOf(this.operation);
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
