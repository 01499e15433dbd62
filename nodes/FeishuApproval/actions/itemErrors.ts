import {
	NodeApiError,
	NodeOperationError,
	type IExecuteFunctions,
	type INode,
	type INodeExecutionData,
} from 'n8n-workflow';

import { Problem } from '../../../approval/problem';
import { SCOPE_MISSING } from '../../../feishu/codes/groups';
import type { FeishuClient } from '../../../feishu/client/client';
import { FeishuCallError } from '../../../feishu/errors/callError';
import type { CallContext } from '../../../feishu/errors/description';
import { errorData, toInputError, toNodeError } from '../../../feishu/errors/nodeError';
import { ExecutionCancelled } from '../../../feishu/timing';

/** Nothing is known of the call, because its fields could not be read. */
const NO_CONTEXT: CallContext = { userIdType: 'open_id', ids: {}, codes: [] };

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

/** Explains to builders why an item could not be handled. */
export class ItemErrors {
	private readonly node: INode;

	constructor(
		private readonly context: IExecuteFunctions,
		private readonly client: FeishuClient,
	) {
		this.node = context.getNode();
	}

	/**
	 * What an item that failed gives out.
	 *
	 * @throws NodeApiError or NodeOperationError unless the node is set to continue
	 */
	async itemFor(item: number, thrown: unknown, call?: CallContext): Promise<INodeExecutionData> {
		const error = await this.errorOf(thrown, item, call);
		if (!this.context.continueOnFail() || this.client.cancellation.isCancelled) throw error;
		// At the error output n8n merges the explanation into the row.
		const isMerged = this.node.onError === 'continueErrorOutput';
		const row = isMerged ? this.context.getInputData()[item]?.json : {};
		const result = { json: errorData(error, row), pairedItem: { item } };
		return unhandled(result, error, this.node);
	}

	/** The error for a builder, whatever was thrown; explaining it never throws. */
	async errorOf(
		thrown: unknown,
		itemIndex: number,
		call = NO_CONTEXT,
	): Promise<NodeApiError | NodeOperationError> {
		if (thrown instanceof NodeApiError || thrown instanceof NodeOperationError) return thrown;
		if (thrown instanceof Problem) return toInputError(this.node, thrown, itemIndex);
		if (thrown instanceof ExecutionCancelled) {
			// By this word n8n tells a cancelled execution from one that did not succeed.
			return new NodeOperationError(this.node, 'The execution was canceled', { itemIndex });
		}
		if (thrown instanceof FeishuCallError) return await this.callError(thrown, itemIndex, call);
		const error = thrown instanceof Error ? thrown : new Error('The item could not be handled');
		return new NodeOperationError(this.node, error, { itemIndex });
	}

	private async callError(
		{ failure }: FeishuCallError,
		itemIndex: number,
		call: CallContext,
	): Promise<NodeApiError> {
		try {
			const app = SCOPE_MISSING.has(failure.code) ? await this.client.credential() : undefined;
			return toNodeError(this.node, failure, { ...call, app }, itemIndex);
		} catch {
			// Only the link to the scope page needs the credential: the explanation goes without it.
			return toNodeError(this.node, failure, call, itemIndex);
		}
	}
}
