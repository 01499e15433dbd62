/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { isDeepStrictEqual } from 'node:util';

import type { Fault, JournalEntry } from '../../sandbox';
import { ENDPOINTS } from '../../sandbox/endpoints';
import type { Step } from '../engine/engine';
import type { Harness } from '../engine/harness';
import { parametersFromItem } from './operations';
import type { Case, Row, Variant, Wire } from './row';

type Bare = Omit<Wire, 'sdk'>;

/** A request of the journal, as rows write them down. */
export function wireOf({ method, path, query, body }: JournalEntry): Bare {
	return { method, path, query, ...(body === undefined ? {} : { body }) };
}

/** What a row says of a request, without the SDK. */
export function bare({ method, path, query, body }: Wire): Bare {
	return { method, path, query, ...(body === undefined ? {} : { body }) };
}

/** Texts in a sample that may belong to this one alone: codes, IDs, addresses. */
export function wordsIn(value: unknown): string[] {
	if (typeof value === 'string') return value.split(/[\s,"]+/).filter(({ length }) => length > 5);
	if (typeof value !== 'object' || value === null) return [];
	return Object.values(value).flatMap(wordsIn);
}

/** Which item each output comes from. */
export const sourcesOf = (outputs: INodeExecutionData[]): number[] =>
	outputs.map(({ pairedItem }) => (pairedItem as { item: number }).item);

/** Several items for one variant of an operation, about different things, in one run of a node. */
export class Trial {
	readonly cases: Case[];
	/** What each item may have in its output and no other. */
	private readonly words: string[][];

	constructor(
		private readonly harness: Pick<Harness, 'engine' | 'sandbox'>,
		private readonly row: Row,
		private readonly variant: Variant,
		count = 1,
	) {
		this.cases = Array.from({ length: count }, () => variant.make(harness.sandbox));
		const all = this.cases.map(({ sample }) => [...new Set(wordsIn(sample))]);
		const samples = new Map<string, number>();
		for (const word of all.flat()) samples.set(word, (samples.get(word) ?? 0) + 1);
		this.words = all.map((own) => own.filter((word) => samples.get(word) === 1));
	}

	/** Texts of an item that stand in no other. */
	ownWords(index: number): string[] {
		return this.words[index];
	}

	/** The node, every field of which comes from its item. */
	node(more: Partial<Step> = {}): Step {
		const parameters = parametersFromItem(this.row, this.cases[0].sample);
		return { name: 'Node', parameters, ...more };
	}

	/** The fields of an item for each case. */
	fields(): IDataObject[] {
		return this.cases.map(({ sample }, index) => ({ sample, index, code: 'mine' }));
	}

	/** An item for each case, with its files. */
	input(): IDataObject[] {
		return this.fields().map((json, index) => {
			const { binary } = this.cases[index];
			return binary === undefined ? json : { json, binary };
		});
	}

	/** The first request of an item to the endpoint that the variant is about. */
	callOf(index: number): Wire {
		const { requests } = this.cases[index];
		const { endpoint } = this.variant;
		if (endpoint === 'other' || endpoint === 'exchange') return requests[0];
		const { method, path } = ENDPOINTS[endpoint];
		const pattern = new RegExp(`^${path.replace(/:\w+/g, '[^/]+')}$`);
		return requests.find((wire) => wire.method === method && pattern.test(wire.path))!;
	}

	/** Lets something happen to the first call of an item. */
	disturb(index: number, fault: Fault, times = 1): void {
		const call = bare(this.callOf(index));
		const on = (entry: JournalEntry) => isDeepStrictEqual(wireOf(entry), call);
		this.harness.sandbox.faults.add({ on, times, fault });
	}

	/** How often the first call of an item was sent. */
	sent(index: number): number {
		const call = bare(this.callOf(index));
		return this.journal().filter((entry) => isDeepStrictEqual(wireOf(entry), call)).length;
	}

	/** All that was asked for, without exchanges of tokens. */
	journal(): JournalEntry[] {
		return this.harness.sandbox.journal.filter(({ endpoint }) => endpoint !== 'exchange');
	}

	/** How often each item's things were done, where it writes. */
	effects(index: number): number[] {
		return this.cases[index].effects?.() ?? [];
	}

	/** What outputs hold though only other items are about it; nothing, if all is right. */
	foreignIn(outputs: INodeExecutionData[]): string[] {
		return outputs.flatMap(({ json, pairedItem }) => {
			const text = JSON.stringify(json);
			const { item } = pairedItem as { item: number };
			const foreign = this.words.filter((_words, index) => index !== item).flat();
			return foreign.filter((word) => text.includes(word));
		});
	}
}
