import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { Problem } from '../../../approval/problem';
import type { FeishuClient } from '../../../feishu/client/client';
import { ItemClient } from '../../../feishu/client/itemClient';
import { hashOf, Journal, type Execution, type JournalItem } from '../../../feishu/client/journal';
import { resultBefore } from '../../../feishu/client/readBack';
import { CREDENTIAL } from '../../../feishu/account';
import { Writer } from '../../../feishu/client/writer';
import { FeishuCallError } from '../../../feishu/errors/callError';
import { ExecutionCancelled, yieldToEventLoop } from '../../../feishu/timing';
import { groupsOf, type Group, type Groups } from './groups';
import type { ItemErrors } from './itemErrors';
import type { Operation, Result } from './operation';
import { pair } from './pairing';
import { resolvePeople } from './resolvePeople';

/** n8n would refuse values that are written as people write them, and name no cure. */
const CHECKED_HERE = { skipValidation: true };

/** After so many items, reading their fields lets the rest of n8n have a turn. */
const READ_IN_A_ROW = 200;

/** The items of one run of the node on their way through an operation. */
export class Items {
	private readonly results: Array<INodeExecutionData | INodeExecutionData[]>;
	private readonly journal: Journal;
	private readonly execution: Execution;
	/** What the items have in common: a hash of the node as it is set, and of its credential. */
	private readonly node: string;

	constructor(
		private readonly context: IExecuteFunctions,
		private readonly client: FeishuClient,
		private readonly operation: Operation,
		private readonly errors: ItemErrors,
	) {
		const count = context.getInputData().length;
		this.results = new Array<INodeExecutionData>(count);
		this.journal = Journal.of(context);
		const { parameters, credentials } = context.getNode();
		this.node = hashOf(credentials?.[CREDENTIAL]?.id, parameters);
		const id = context.getExecutionId();
		this.execution = { id, isRetriedByHand: context.getMode() === 'retry' };
	}

	/** The results in the order of the items. */
	output(): INodeExecutionData[] {
		return this.results.flat();
	}

	/**
	 * Reads the fields of all items, looks people up and checks what can be checked, before anything
	 * is written, and groups the items that are handled together, in the order of their first.
	 */
	async groups(): Promise<Groups> {
		const inputs = await this.read();
		await this.lookPeopleUp(inputs);
		await this.prepare(inputs);
		return groupsOf(inputs, this.operation, (item) => this.isUnfinished(item));
	}

	/** Handles a group of items and puts their results where they belong. */
	async handle({ items, inputs }: Group): Promise<void> {
		const feishu = this.clientFor(items, inputs);
		let results: Array<Result | FeishuCallError>;
		try {
			results = await this.operation.run(feishu, inputs);
		} catch (thrown) {
			for (const [index, item] of items.entries()) await this.fail(item, thrown, inputs[index]);
			return;
		}
		for (const [index, item] of items.entries()) {
			const result = results[index];
			if (result instanceof FeishuCallError) continue;
			if (feishu.hasWritten) this.remember(item, result);
			this.results[item] = await pair(
				item,
				result,
				async (error) => await this.explain(item, error, inputs[index]),
			);
		}
		// Only now: the first of them may end the run, and what was done has to be remembered.
		for (const [index, item] of items.entries()) {
			const result = results[index];
			if (result instanceof FeishuCallError) await this.fail(item, result, inputs[index]);
		}
	}

	private async read(): Promise<Map<number, unknown>> {
		const inputs = new Map<number, unknown>();
		const zone = this.context.getTimezone();
		for (let item = 0; item < this.results.length; item++) {
			if (item % READ_IN_A_ROW === READ_IN_A_ROW - 1) await yieldToEventLoop();
			if (this.client.cancellation.isCancelled) {
				throw await this.errors.errorOf(new ExecutionCancelled(), item);
			}
			try {
				if (this.wasDone(item)) continue;
				const input = this.operation.read(
					(name, fallback) => this.context.getNodeParameter(name, item, fallback, CHECKED_HERE),
					zone,
				);
				if (input instanceof Problem) await this.fail(item, input);
				else inputs.set(item, input);
			} catch (thrown) {
				await this.fail(item, thrown);
			}
		}
		return inputs;
	}

	/** Puts IDs in place of email addresses and mobile numbers; drops the items where that fails. */
	private async lookPeopleUp(inputs: Map<number, unknown>): Promise<void> {
		const resolved = await resolvePeople(this.client, this.operation, inputs).catch(
			(thrown: unknown) => new Map([...inputs.keys()].map((item) => [item, thrown])),
		);
		for (const [item, input] of resolved) {
			const entered = inputs.get(item);
			if (input instanceof Error || input instanceof Problem) {
				inputs.delete(item);
				await this.fail(item, input, entered);
			} else {
				inputs.set(item, input);
			}
		}
	}

	/**
	 * Drops the items of which it can be found out now that they cannot be handled. What an earlier
	 * try has sent for an item is found out in its own turn.
	 */
	private async prepare(inputs: Map<number, unknown>): Promise<void> {
		if (this.operation.prepare === undefined) return;
		const waiting = [...inputs].filter(([item]) => !this.isUnfinished(item));
		const all = waiting.map(([item, input]) => ({
			feishu: this.clientFor([item], [input]),
			input,
		}));
		const failures = await this.operation
			.prepare(all)
			.catch((thrown: unknown) => all.map(() => thrown));
		for (const [index, [item, input]] of waiting.entries()) {
			if (failures[index] === undefined) continue;
			inputs.delete(item);
			await this.fail(item, failures[index], input);
		}
	}

	private isUnfinished(item: number): boolean {
		return !this.journal.isEmpty && this.journal.isUnfinished(this.keyOf(item));
	}

	private clientFor(items: number[], inputs: unknown[]): ItemClient {
		let named: JournalItem[] | undefined;
		const name = () =>
			(named ??= items.map((item, index) => ({
				key: this.keyOf(item),
				input: hashOf(inputs[index]),
			})));
		const writer = new Writer(this.client, this.journal, name, this.execution);
		return new ItemClient(this.client, this.journal, writer, items);
	}

	/** Takes an item's result from an earlier try of the execution, if there is one. */
	private wasDone(item: number): boolean {
		if (this.journal.isEmpty) return false;
		const done = this.journal.resultOf(this.keyOf(item));
		if (done === undefined) return false;
		this.results[item] = { json: resultBefore(done), pairedItem: { item } };
		return true;
	}

	private remember(item: number, result: Result): void {
		this.journal.finish(this.keyOf(item), Array.isArray(result) ? undefined : result);
	}

	/**
	 * The name of an item in the journal: the same in every try, unless the node was changed. What
	 * its fields give is no part of it: an expression may give the time.
	 */
	private keyOf(item: number): string {
		return hashOf(this.node, item, hashOf(this.context.getInputData()[item].json));
	}

	/** Puts an explanation in place of an item's result, or ends the run. */
	private async fail(item: number, thrown: unknown, input?: unknown): Promise<void> {
		this.results[item] = await this.explain(item, thrown, input);
	}

	private async explain(
		item: number,
		thrown: unknown,
		input: unknown,
	): Promise<INodeExecutionData> {
		const call = input === undefined ? undefined : this.operation.contextOf(input);
		return await this.errors.itemFor(item, thrown, call);
	}
}
