import { type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';

import { Problem } from '../../../approval/problem';
import { FeishuClient } from '../../../feishu/client/client';
import { yieldToEventLoop } from '../../../feishu/timing';
import { ItemErrors } from './itemErrors';
import { Items } from './items';
import type { Operation } from './operation';
import { findOperation } from './resources';

const UNKNOWN_OPERATION = new Problem(
	'The operation is not known to this node',
	'Choose one of the offered operations under Resource and Operation.',
);

/** The operation that the node is set to, if it is one. */
function operationOf(context: IExecuteFunctions): Operation | undefined {
	const resource = context.getNodeParameter('resource', 0, '');
	const operation = context.getNodeParameter('operation', 0, '');
	return findOperation(String(resource), String(operation));
}

/**
 * Runs the chosen operation for every item and gives the results back in the order of the items,
 * each paired with its own, however many are worked on at once. Under "continue" an item that could
 * not be handled carries the explanation instead; nothing is thrown then, since n8n would pass the
 * unread items on as if they had been handled.
 *
 * @throws NodeApiError or NodeOperationError of the first item that could not be handled
 */
export async function router(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const client = new FeishuClient(context);
	const errors = new ItemErrors(context, client);
	try {
		const operation = operationOf(context);
		if (operation === undefined) {
			const count = context.getInputData().length;
			const all = Array.from({ length: count }, (_, item) => item);
			return [
				await Promise.all(all.map(async (item) => await errors.itemFor(item, UNKNOWN_OPERATION))),
			];
		}
		return [await runAll(new Items(context, client, operation, errors))];
	} finally {
		client.cancellation.end();
	}
}

async function runAll(items: Items): Promise<INodeExecutionData[]> {
	const { groups, concurrency } = await items.groups();
	// Taken from the end, so that nothing is kept of a group that was handled.
	groups.reverse();
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
	const workers = Math.min(concurrency, groups.length);
	await Promise.all(Array.from({ length: workers }, worker));
	return items.output();
}
