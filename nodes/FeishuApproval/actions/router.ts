import {
	NodeApiError,
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INode,
	type INodeExecutionData,
} from 'n8n-workflow';

import { errorData, FeishuCallError } from '../../../feishu/errors/nodeError';
import { FeishuClient } from '../../../feishu/client/client';
import { yieldToEventLoop, ExecutionCancelled } from '../../../feishu/timing';
import { instance } from './instance';
import type { Operation, OperationRun } from './operation';

const RESOURCES: Record<string, Record<string, Operation>> = { instance };

/** After so many items, reading their fields lets the rest of n8n have a turn. */
const READ_IN_A_ROW = 200;

/** Items that are handled together. */
interface Group {
	items: number[];
	inputs: unknown[];
}

function operationOf(context: IExecuteFunctions): Operation {
	const resource = context.getNodeParameter('resource', 0, '') as string;
	const name = context.getNodeParameter('operation', 0, '') as string;
	const operations = RESOURCES[resource] ?? {};
	const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
	if (operation === undefined) {
		throw new NodeOperationError(context.getNode(), 'The operation is not known to this node', {
			description: 'Choose one of the offered operations under Resource and Operation.',
		});
	}
	return operation;
}

/**
 * An item that could not be handled. n8n sends it to the error output for its `error`, but wherever
 * it still finds that property afterwards, it replaces the item's data by the bare message. So the
 * property is there only where it routes, and is not copied along with the item.
 */
function unhandled(
	item: INodeExecutionData,
	error: NodeApiError | NodeOperationError,
	{ onError }: INode,
): INodeExecutionData {
	if (onError !== 'continueErrorOutput') return item;
	return Object.defineProperty(item, 'error', { value: error, enumerable: false });
}

/** The items of one run of the node on their way through an operation. */
class Items {
	readonly results: INodeExecutionData[];
	private readonly node: INode;

	constructor(
		private readonly context: IExecuteFunctions,
		private readonly feishu: FeishuClient,
		private readonly run: OperationRun<unknown>,
	) {
		this.node = context.getNode();
		this.results = new Array<INodeExecutionData>(context.getInputData().length);
	}

	/**
	 * Reads the fields of all items, before anything is sent, and groups those that are handled
	 * together, in the order of their first items.
	 */
	async groups(): Promise<Group[]> {
		const groups: Group[] = [];
		const known = new Map<string, Group>();
		for (let item = 0; item < this.results.length; item++) {
			if (item % READ_IN_A_ROW === READ_IN_A_ROW - 1) await yieldToEventLoop();
			if (this.feishu.isCancelled()) throw await this.errorOf(new ExecutionCancelled(), item);
			try {
				const input = this.run.read(item);
				const key = this.run.together(input);
				const group = key === undefined ? undefined : known.get(key);
				if (group === undefined) {
					// All groups wait in memory: a list that begins empty takes room for more than its one.
					const alone = { items: [item], inputs: [input] };
					groups.push(alone);
					if (key !== undefined) known.set(key, alone);
				} else {
					group.items.push(item);
					group.inputs.push(input);
				}
			} catch (thrown) {
				await this.fail(item, thrown);
			}
		}
		return groups;
	}

	/** Handles a group of items and puts their results where they belong. */
	async handle({ items, inputs }: Group): Promise<void> {
		let data: IDataObject[];
		try {
			data = await this.run.execute(inputs);
		} catch (thrown) {
			const apart = items.length > 1 && (await this.canGoApart(inputs, thrown));
			for (const [index, item] of items.entries()) {
				if (apart) await this.handle({ items: [item], inputs: [inputs[index]] });
				else await this.fail(item, thrown);
			}
			return;
		}
		for (const [index, item] of items.entries()) {
			this.results[item] = { json: data[index], pairedItem: { item } };
		}
	}

	private async canGoApart(inputs: unknown[], thrown: unknown): Promise<boolean> {
		if (!(thrown instanceof FeishuCallError)) return false;
		return (await this.run.apart?.(inputs, thrown.failure)) ?? false;
	}

	/** Puts an explanation in place of an item's result, or ends the run. */
	private async fail(item: number, thrown: unknown): Promise<void> {
		const error = await this.errorOf(thrown, item);
		if (!this.context.continueOnFail() || this.feishu.isCancelled()) throw error;
		const result = { json: errorData(error), pairedItem: { item } };
		this.results[item] = unhandled(result, error, this.node);
	}

	private async errorOf(error: unknown, itemIndex: number) {
		if (error instanceof NodeApiError || error instanceof NodeOperationError) return error;
		if (error instanceof FeishuCallError) return await this.feishu.errorOf(error, itemIndex);
		if (error instanceof ExecutionCancelled) {
			// By this word n8n tells a cancelled execution from one that did not succeed.
			return new NodeOperationError(this.node, 'The execution was canceled', { itemIndex });
		}
		return new NodeOperationError(this.node, error as Error, { itemIndex });
	}
}

/**
 * Runs the chosen operation for every item and gives the results back in the order of the items,
 * each paired with its own, however many are worked on at once. Under "continue" an item that could
 * not be handled carries the explanation instead.
 *
 * @throws NodeApiError or NodeOperationError of the first item that could not be handled
 */
export async function router(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const operation = operationOf(context);
	const feishu = new FeishuClient(context);
	const run = operation.begin(context, feishu);
	const items = new Items(context, feishu, run);
	// Taken from the end, so that nothing is kept of a group that was handled.
	const groups = (await items.groups()).reverse();
	let turn = Promise.resolve();
	const worker = async () => {
		for (;;) {
			// One call is on its way before the next is made ready.
			turn = turn.then(yieldToEventLoop);
			await turn;
			const group = groups.pop();
			if (group === undefined) return;
			await items.handle(group);
		}
	};

	try {
		await Promise.all(Array.from({ length: Math.min(run.concurrency, groups.length) }, worker));
	} finally {
		feishu.end();
	}
	return [items.results];
}
