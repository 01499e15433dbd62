import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { Failure } from '../../../feishu/answer';
import type { FeishuClient } from '../../../feishu/client/client';

/** One operation of the node: its fields, and what it does with the items of a run. */
export interface Operation {
	/** The fields, shown for this operation only. */
	description: INodeProperties[];

	/**
	 * Begins a run of the node.
	 *
	 * @throws NodeOperationError if a field for the run as a whole cannot work
	 */
	begin(context: IExecuteFunctions, feishu: FeishuClient): OperationRun<unknown>;
}

/** One run of an operation; `Input` is what it reads from the fields of one item. */
export interface OperationRun<Input> {
	/** How many groups of items may be worked on at once. */
	concurrency: number;

	/**
	 * Reads the fields of one item; nothing is sent.
	 *
	 * @throws NodeOperationError that names the field if a value cannot work
	 */
	read(itemIndex: number): Input;

	/** Items for which this is the same are handled together; one without it is handled alone. */
	together(input: Input): string | undefined;

	/**
	 * Handles a group of items and gives back the data of each, in their order.
	 *
	 * @throws FeishuCallError if Feishu refused or did not answer
	 */
	execute(inputs: Input[]): Promise<IDataObject[]>;

	/** Whether a group that Feishu refused may be handled item by item: one alone may be the reason. */
	apart?(inputs: Input[], failure: Failure): Promise<boolean>;
}
