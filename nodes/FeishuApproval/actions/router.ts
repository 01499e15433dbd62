import {
	NodeApiError,
	NodeOperationError,
	type IExecuteFunctions,
	type INode,
	type INodeExecutionData,
} from 'n8n-workflow';

import { errorData } from '../transport/errors';
import { Transport } from '../transport/request';
import { Stopped } from '../transport/waiting';
import { instance } from './instance';
import type { Operation } from './operation';

const RESOURCES: Record<string, Record<string, Operation>> = { instance };

function operationOf(context: IExecuteFunctions): Operation {
	const resource = context.getNodeParameter('resource', 0, '') as string;
	const name = context.getNodeParameter('operation', 0, '') as string;
	const operation = RESOURCES[resource]?.[name];
	if (operation === undefined) {
		throw new NodeOperationError(context.getNode(), 'The operation is not known to this node', {
			description: 'Choose one of the offered operations under Resource and Operation.',
		});
	}
	return operation;
}

function asNodeError(node: INode, error: unknown, itemIndex: number) {
	if (error instanceof NodeApiError || error instanceof NodeOperationError) return error;
	if (error instanceof Stopped) {
		// By this word n8n tells a cancelled execution from one that did not succeed.
		return new NodeOperationError(node, 'The execution was canceled', { itemIndex });
	}
	return new NodeOperationError(node, error as Error, { itemIndex });
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

/**
 * Runs the chosen operation for every item and gives the results back in the order of the items,
 * each paired with its own, however many are worked on at once. Under "continue" an item that could
 * not be handled carries the explanation instead.
 *
 * @throws NodeApiError or NodeOperationError of the first item that could not be handled
 */
export async function router(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const node = context.getNode();
	const operation = operationOf(context);
	const feishu = new Transport(context);
	const count = context.getInputData().length;
	const results: INodeExecutionData[] = new Array<INodeExecutionData>(count);
	let next = 0;

	const handle = async (item: number): Promise<INodeExecutionData> => {
		const pairedItem = { item };
		try {
			return { json: await operation.execute(context, item, feishu), pairedItem };
		} catch (thrown) {
			const error = asNodeError(node, thrown, item);
			if (!context.continueOnFail() || feishu.stopped()) throw error;
			return unhandled({ json: errorData(error), pairedItem }, error, node);
		}
	};
	const worker = async () => {
		while (next < count && !feishu.stopped()) {
			const item = next++;
			results[item] = await handle(item);
		}
	};

	try {
		const workers = Math.min(operation.concurrency(context), count);
		await Promise.all(Array.from({ length: workers }, worker));
	} finally {
		feishu.end();
	}
	return [results];
}
