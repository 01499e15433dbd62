import type { IDataObject } from 'n8n-workflow';
import { createHash } from 'node:crypto';

import type { ClientContext } from './limiters';

/** Where the journal lies in the execution's own data. */
const PLACE = 'feishuApproval';
/** Longer data (characters of JSON) is not kept: the journal is stored with the execution. */
const LONGEST = 20_000;
/** What all items of a run may take together. */
const ROOM = 5_000_000;
/** So many runs of a node with unfinished writes are kept: an agent may call a tool several times at once. */
const MOST_RUNS = 20;
/** Names of fields that may hold something that does not belong into the data of an execution. */
const SECRET = /token|secret|password|ticket|private_?key|access_?key/i;

/** One write of an item. */
export interface WriteRecord {
	/** When it began (epoch ms), as long as nobody knows what became of it. */
	begun?: number;
	/** In which execution it was sent last: the Retry button makes a new one. */
	execution?: string;
	/** A hash of what the fields of the item gave then. */
	input?: string;
	/** What was found out before, such as the ID of the task that was decided. */
	about?: string;
	/** What was said about that: message and hint. */
	unclear?: [message: string, hint: string];
	/** What Feishu answered, once it was carried out. */
	data?: IDataObject;
}

/** An item as the journal knows it. */
export interface JournalItem {
	/** Its name: the same in every try of an execution. */
	key: string;
	/** A hash of what its fields give in this try. */
	input: string;
}

/** The execution that calls are made in. */
export interface Execution {
	id: string;
	/** A person pressed Retry: what nobody can find out is sent. */
	isRetriedByHand: boolean;
}

interface Entry {
	/** The writes of the item in their order, until all is done. */
	writes?: WriteRecord[];
	/** What the item gave out; `true` if that was not kept. */
	done?: IDataObject | true;
}

/** What one run of a node has written. */
interface Run {
	/** Which run of the node it is, in a loop. */
	turn: number;
	/** How much of what was given out is kept (characters of JSON). */
	size: number;
	entries: Record<string, Entry>;
}

interface Stored {
	/** By the ID of the node. */
	runs: Record<string, Run[]>;
	notes: Record<string, IDataObject>;
}

/** Whether a write was begun or made, while its item is not done. */
export const isUnfinished = ({ begun, data }: WriteRecord): boolean =>
	begun !== undefined || data !== undefined;

/**
 * What an execution has written already, so that neither Retry On Fail nor n8n's Retry button does
 * it again. It lies in the execution's own data, which n8n keeps over both and begins anew with each
 * run of a workflow. Keys are hashes; times, IDs and what items gave out are kept, no secrets.
 */
export class Journal {
	/** What this run of the node has written. */
	private own: Run | undefined;

	private constructor(
		private readonly stored: Stored,
		private readonly node: string,
		private readonly turn: () => number,
	) {}

	/** The journal of the execution that `context` belongs to; one for this run where there is none. */
	static of(context: ClientContext): Journal {
		const kept: IDataObject = 'getContext' in context ? context.getContext('flow') : {};
		kept[PLACE] ??= { runs: {}, notes: {} };
		const turn = () =>
			'evaluateExpression' in context
				? Number(context.evaluateExpression('{{ $runIndex }}', 0))
				: 0;
		return new Journal(kept[PLACE] as unknown as Stored, context.getNode().id, turn);
	}

	/** True as long as no run of this node has written anything. */
	get isEmpty(): boolean {
		return this.stored.runs[this.node] === undefined;
	}

	private get run(): Run {
		this.own ??= this.findRun(this.turn());
		return this.own;
	}

	/**
	 * Only the last run of a node can be tried again: in a loop, the ones before are forgotten, unless
	 * they are still at work.
	 */
	private findRun(turn: number): Run {
		const runs = this.stored.runs[this.node] ?? [];
		const known = runs.find((run) => run.turn === turn);
		if (known !== undefined) return known;
		const own: Run = { turn, size: 0, entries: {} };
		const atWork = runs.filter(({ entries }) =>
			Object.values(entries).some(({ writes = [] }) => writes.some(isUnfinished)),
		);
		this.stored.runs[this.node] = [...atWork.slice(1 - MOST_RUNS), own];
		return own;
	}

	/** What an item gave out in an earlier try; `true` if that was not kept. */
	resultOf(key: string): IDataObject | true | undefined {
		return this.run.entries[key]?.done;
	}

	/** Whether an earlier try has made a write of the item, or begun one, without finishing it. */
	isUnfinished(key: string): boolean {
		return (this.run.entries[key]?.writes ?? []).some(isUnfinished);
	}

	/** The record of an item's write, by its place in their order. */
	record(key: string, place: number): WriteRecord {
		const entry = (this.run.entries[key] ??= {});
		return ((entry.writes ??= [])[place] ??= {});
	}

	/** Remembers what came of a write. */
	carryOut(record: WriteRecord, data: IDataObject): void {
		record.data = this.keep(data) ?? {};
		delete record.begun;
		delete record.execution;
		delete record.input;
		delete record.unclear;
	}

	/** Remembers what an item gave out once all was done. */
	finish(key: string, result: IDataObject | undefined): void {
		this.run.entries[key] = { done: (result && this.keep(result)) ?? true };
	}

	/** The data if it may be kept: it is short enough, and no name in it is that of a secret. */
	private keep(data: IDataObject): IDataObject | undefined {
		let isSecret = false;
		try {
			const { length } = JSON.stringify(data, (name, value: unknown) => {
				isSecret ||= SECRET.test(name);
				return value;
			});
			if (isSecret || length > LONGEST || this.run.size + length > ROOM) return undefined;
			this.run.size += length;
			return data;
		} catch {
			// Nested too deeply to be written down.
			return undefined;
		}
	}

	/** What an operation wants to remember for the whole execution, under a name of its own. */
	notes(name: string): IDataObject {
		return (this.stored.notes[name] ??= {});
	}
}

/** A short name for something, from which it cannot be read; the same for all that is nested too deeply. */
export function hashOf(...parts: unknown[]): string {
	let text: string;
	try {
		text = JSON.stringify(parts);
	} catch {
		text = '';
	}
	return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}
