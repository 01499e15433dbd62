import type { INodeProperties } from 'n8n-workflow';

import { request } from './api/request.operation';
import { create } from './comment/create.operation';
import { deleteOne } from './comment/delete.operation';
import { deleteAll } from './comment/deleteAll.operation';
import { getAll as getAllComments } from './comment/getAll.operation';
import { get as getDefinition } from './definition/get.operation';
import { subscribe } from './definition/subscribe.operation';
import { unsubscribe } from './definition/unsubscribe.operation';
import { download } from './file/download.operation';
import { upload } from './file/upload.operation';
import { cancel } from './instance/cancel.operation';
import { cc } from './instance/cc/cc.operation';
import { create as createInstance } from './instance/create/create.operation';
import { get } from './instance/get.operation';
import { getAll as getAllInstances } from './instance/getAll/getAll.operation';
import { preview } from './instance/preview.operation';
import { search as searchInstances } from './instance/search.operation';
import { searchCc } from './instance/searchCc.operation';
import type { Operation } from './operation';
import { addApprover } from './task/addApprover.operation';
import { approve } from './task/approve.operation';
import { getAll as getAllTasks } from './task/getAll.operation';
import { reject } from './task/reject.operation';
import { resubmit } from './task/resubmit.operation';
import { rollBack } from './task/rollBack.operation';
import { search as searchTasks } from './task/search.operation';
import { transfer } from './task/transfer.operation';
import { getId } from './user/getId.operation';

/** A resource as builders choose it; the first of its operations is chosen to begin with. */
interface Resource {
	name: string;
	operations: Operation[];
}

/** All that the node can do, by the values that workflows store. */
export const RESOURCES: Record<string, Resource> = {
	api: { name: 'API Call', operations: [request] },
	comment: { name: 'Comment', operations: [create, deleteOne, deleteAll, getAllComments] },
	definition: { name: 'Definition', operations: [getDefinition, subscribe, unsubscribe] },
	file: { name: 'File', operations: [download, upload] },
	instance: {
		name: 'Instance',
		operations: [
			get,
			cancel,
			cc,
			createInstance,
			getAllInstances,
			preview,
			searchInstances,
			searchCc,
		],
	},
	task: {
		name: 'Task',
		operations: [
			approve,
			addApprover,
			getAllTasks,
			reject,
			resubmit,
			rollBack,
			searchTasks,
			transfer,
		],
	},
	user: { name: 'User', operations: [getId] },
};

const operations = Object.values(RESOURCES).flatMap((resource) => resource.operations);

/** The operation with these values, if there is one. */
export function findOperation(resource: string, value: string): Operation | undefined {
	return operations.find((one) => one.resource === resource && one.value === value);
}

const OPERATION: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	default: '',
};

const operationChoices = Object.entries(RESOURCES).map(
	([resource, { operations: own }]): INodeProperties => ({
		...OPERATION,
		displayOptions: { show: { resource: [resource] } },
		options: own
			.map(({ value, option }) => ({ ...option, value }))
			.sort((one, other) => one.name.localeCompare(other.name)),
		default: own[0].value,
	}),
);

/** The choice of resource and operation, and the fields of each. */
export const properties: INodeProperties[] = [
	{
		displayName: 'Resource',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		options: Object.entries(RESOURCES).map(([value, { name }]) => ({ name, value })),
		default: 'instance',
	},
	...operationChoices,
	...operations.flatMap((one) => one.properties),
];

/** What the canvas shows under the node: an expression that finds the title of what is chosen. */
export const subtitle = `={{ (${JSON.stringify(
	Object.fromEntries(
		operations.map(({ resource, value, title }) => [`${resource}.${value}`, title]),
	),
)})[$parameter["resource"] + "." + $parameter["operation"]] }}`;
