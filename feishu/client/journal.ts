import type { IDataObject } from 'n8n-workflow';
import { createHash } from 'node:crypto';

import type { ClientContext } from './limiters';

/** Where the journal lies in the execution's own data. */
const PLACE = 'feishuApproval';
/** Longer data (characters of JSON) is not kept: the journal is stored with the execution. */
const LONGEST = 2_000;

/** One write of an item. */
export interface WriteRecord {
	/** When it began (epoch ms), as long as nobody knows what became of it. */
	begun?: number;
	/** What was said about that: message and hint. */
	unclear?: [message: string, hint: string];
	/** What Feishu answered, once it was carried out. */
	data?: IDataObject;
}

interface Entry {
	/** The writes of the item in their order, until all is done. */
	writes?: WriteRecord[];
	/** What the item gave out; `true` if that was too long to be kept. */
	done?: IDataObject | true;
}

/** What one run of a node has written. */
interface Run {
	/** Which run of the node it is, in a loop. */
	turn: number;
	entries: Record<string, Entry>;
}

interface Stored {
	/** By the ID of the node. */
	runs: Record<string, Run>;
	notes: Record<string, IDataObject>;
}

function isShort(data: IDataObject): boolean {
	try {
		return JSON.stringify(data).length <= LONGEST;
	} catch {
		// Nested too deeply to be written down.
		return false;
	}
}

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

	/** Only the last run of a node can be tried again: in a loop, the one before is forgotten. */
	private get entries(): Record<string, Entry> {
		if (this.own === undefined) {
			const turn = this.turn();
			const last = this.stored.runs[this.node];
			this.own = last?.turn === turn ? last : { turn, entries: {} };
			this.stored.runs[this.node] = this.own;
		}
		return this.own.entries;
	}

	/** What an item gave out in an earlier try; `true` if it was too long to be kept. */
	resultOf(key: string): IDataObject | true | undefined {
		return this.entries[key]?.done;
	}

	/** Whether an earlier try has made a write of the item, or begun one, without finishing it. */
	isUnfinished(key: string): boolean {
		const writes = this.entries[key]?.writes ?? [];
		return writes.some(({ begun, data }) => begun !== undefined || data !== undefined);
	}

	/** The record of an item's write, by its place in their order. */
	record(key: string, place: number): WriteRecord {
		const entry = (this.entries[key] ??= {});
		return ((entry.writes ??= [])[place] ??= {});
	}

	/** Remembers what came of a write. */
	carryOut(record: WriteRecord, data: IDataObject): void {
		record.data = isShort(data) ? data : {};
		delete record.begun;
		delete record.unclear;
	}

	/** Remembers what an item gave out once all was done. */
	finish(key: string, result: IDataObject | undefined): void {
		this.entries[key] = { done: result !== undefined && isShort(result) ? result : true };
	}

	/** What an operation wants to remember for the whole execution, under a name of its own. */
	notes(name: string): IDataObject {
		return (this.stored.notes[name] ??= {});
	}
}

/** A short name for something, from which it cannot be read. */
export function hashOf(...parts: unknown[]): string {
	return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 22);
}
