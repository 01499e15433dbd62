import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { wordsOf } from '../../../../approval/inputText';
import { Problem } from '../../../../approval/problem';
import {
	INSTANCE_STATUSES,
	statusOf,
	TASK_STATUSES,
	type InstanceStatus,
} from '../../../../approval/statuses';
import type { Field } from './field';

type Words = Pick<INodeProperties, 'displayName' | 'description'>;

/** "PENDING" as "Pending". */
const nameOf = (status: string): string =>
	status === 'RM_REPEAT' ? 'Repeated' : status[0] + status.slice(1).toLowerCase();

const optionsOf = (statuses: readonly string[]): INodePropertyOptions[] =>
	statuses.map((value) => ({ name: nameOf(value), value }));

function parseStatus<T extends string>(value: unknown, statuses: readonly T[]): T | Problem {
	const known = statuses.find((status) => status === statusOf(value));
	return (
		known ??
		new Problem(
			'is not one that Feishu knows',
			`These are known: ${statuses.map((status) => `\`${status}\``).join(', ')}.`,
		)
	);
}

/** Several statuses; a text may name them with commas between. */
export function statusesField<T extends string>(words: Words, statuses: readonly T[]): Field<T[]> {
	return {
		property: { ...words, type: 'multiOptions', options: optionsOf(statuses), default: [] },
		parse(value) {
			const entered = wordsOf(value);
			if (entered.length === 0) {
				return new Problem('is empty', 'Choose at least one status, or remove the field.');
			}
			const read: T[] = [];
			for (const one of entered) {
				const status = parseStatus(one, statuses);
				if (status instanceof Problem) return status;
				if (!read.includes(status)) read.push(status);
			}
			return read;
		},
	};
}

/** What the instances are to be that are wanted. */
export const instanceStatuses = statusesField(
	{ displayName: 'Status', description: 'Only approvals with one of these statuses' },
	INSTANCE_STATUSES,
);

/** The same for one status. */
export const instanceStatus: Field<InstanceStatus> = {
	property: {
		displayName: 'Status',
		type: 'options',
		options: optionsOf(INSTANCE_STATUSES),
		default: 'PENDING',
		description: 'Only approvals with this status',
	},
	parse: (value) => parseStatus(value, INSTANCE_STATUSES),
};

/** What the tasks are to be that are searched for. */
export const taskStatuses = statusesField(
	{ displayName: 'Task Status', description: 'Only tasks with one of these statuses' },
	TASK_STATUSES,
);

const READ_STATUSES = ['READ', 'UNREAD'] as const;

/** Whether the copies that are searched for were opened. */
export const readStatus: Field<(typeof READ_STATUSES)[number]> = {
	property: {
		displayName: 'Read Status',
		type: 'options',
		options: optionsOf(READ_STATUSES),
		default: 'UNREAD',
		description: 'Only copies that were opened, or only those that were not',
	},
	parse: (value) => parseStatus(value, READ_STATUSES),
};
