import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { Transport } from '../transport/request';

/** One operation of the node: its fields, and what it does with one item. */
export interface Operation {
	/** The fields, shown for this operation only. */
	description: INodeProperties[];

	/**
	 * How many items may be worked on at once.
	 *
	 * @throws NodeOperationError if the builder entered something else than a number for it
	 */
	concurrency(context: IExecuteFunctions): number;

	/**
	 * Works on one item and gives back the output item's data.
	 *
	 * @throws NodeOperationError for bad input, before anything is sent
	 * @throws NodeApiError if Feishu refused or did not answer
	 */
	execute(context: IExecuteFunctions, itemIndex: number, feishu: Transport): Promise<IDataObject>;
}
