import type { IDataObject, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import type { UserIdType } from '../../../approval/userIds';
import type { ItemClient } from '../../../feishu/client/itemClient';
import type { FeishuCallError } from '../../../feishu/errors/callError';
import type { CallContext } from '../../../feishu/errors/description';

/**
 * What an item gives out: the data of one item, or several items, with files if need be; what could
 * not be had of them is an error among the others.
 */
export type Result = IDataObject | Array<INodeExecutionData | FeishuCallError>;

/** The value of a field of an item, as n8n gives it; `fallback` where it has none. */
export type ReadParameter = (name: string, fallback: unknown) => unknown;

/** An item that is about to be handled. */
export interface Waiting<I> {
	feishu: ItemClient;
	input: I;
}

/** What was entered for a person: read before anything is sent, looked up before the first call. */
export interface PeopleField {
	/** Its name as builders see it. */
	displayName: string;
	read(input: unknown): string[];
	/** The input with these IDs in place of what was entered, one for each. */
	replace(input: unknown, ids: string[]): unknown;
}

/** One operation as the router and the node's description see it, whatever its fields are. */
export interface Operation {
	resource: string;
	/** The value that workflows store. */
	value: string;
	/** Its entry in the list of operations. */
	option: { name: string; action: string; description: string };
	/** What the canvas shows under the node. */
	title: string;
	/** The fields, shown for this operation only. */
	properties: INodeProperties[];

	/**
	 * The checked fields of an item, or a Problem with the first that cannot work; nothing is sent.
	 * `zone` is the time zone of the workflow.
	 */
	read(parameter: ReadParameter, zone: string): unknown;
	people: PeopleField[];
	userIdType(input: unknown): UserIdType;
	/** How many groups of items may be worked on at once. */
	concurrency(input: unknown): number;
	/** Items for which this is the same are handled together; one without it is handled alone. */
	groupKey(input: unknown): string | undefined;
	/**
	 * Finds out before the first item is handled which of them cannot be; gives back why, or nothing,
	 * for each. Nothing is written meanwhile.
	 */
	prepare?(items: Array<Waiting<unknown>>): Promise<unknown[]>;
	/** Handles a group of items; gives back what each of them gives out, or why it cannot. */
	run(feishu: ItemClient, inputs: unknown[]): Promise<Array<Result | FeishuCallError>>;
	/** What an error text has to know of an item. */
	contextOf(input: unknown): CallContext;
}
