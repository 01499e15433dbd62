import type { INodeProperties } from 'n8n-workflow';

import type { Operation } from '../operation';
import { cc } from './cc.operation';
import { get } from './get.operation';

/** The operations on an approval instance, by the value that stands in workflows. */
export const instance = { cc, get } satisfies Record<string, Operation>;

/** The choice of operation, and the fields of each. */
export const description: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['instance'] } },
		options: [
			{
				name: 'Get',
				value: 'get',
				description: 'Read one approval instance: status, form, tasks and history',
				action: 'Get approval instance',
			},
			{
				name: 'CC',
				value: 'cc',
				description: 'Copy an approval instance to people and notify them',
				action: 'CC Approval instance',
			},
		],
		default: 'get',
	},
	...get.description,
	...cc.description,
];
