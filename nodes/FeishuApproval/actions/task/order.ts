import type { IDataObject } from 'n8n-workflow';

import { isObject } from '../../../../approval/json';
import { choiceField } from '../fields/choices';

interface Order {
	/** What Feishu calls it (API sheet 4.4). */
	value: number;
	isOldestFirst: boolean;
	/** Puts tasks into the order; nothing where they come in it window by window. */
	compare?(one: IDataObject, other: IDataObject): number;
}

const updatedAt = ({ task }: IDataObject): number =>
	isObject(task) ? Number(task.update_time) : 0;

export type OrderName = 'startedFirst' | 'startedLast' | 'updatedFirst' | 'updatedLast';

/** In which order tasks can be searched. */
export const ORDERS: Record<OrderName, Order> = {
	startedFirst: { value: 3, isOldestFirst: true },
	startedLast: { value: 2, isOldestFirst: false },
	updatedFirst: {
		value: 1,
		isOldestFirst: true,
		compare: (one, other) => updatedAt(one) - updatedAt(other),
	},
	updatedLast: {
		value: 0,
		isOldestFirst: false,
		compare: (one, other) => updatedAt(other) - updatedAt(one),
	},
};

/** The order of the tasks that are found. */
export const order = choiceField<OrderName>(
	[
		{ name: 'Started First', value: 'startedFirst' },
		{ name: 'Started Last', value: 'startedLast' },
		{ name: 'Updated First', value: 'updatedFirst' },
		{ name: 'Updated Last', value: 'updatedLast' },
	],
	{
		displayName: 'Order',
		default: 'startedLast',
		description: 'Which tasks come first: those that began or changed first, or last',
	},
);
