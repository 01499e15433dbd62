import {
	updateDisplayOptions,
	type INodeProperties,
	type INodePropertyCollection,
} from 'n8n-workflow';

import type { Fields } from './fields/field';

/** The fields of an operation as n8n shows them: for this operation only. */
export function propertiesOf(
	resource: string,
	operation: string,
	fields: Fields,
	options: Fields,
	notice?: string,
): INodeProperties[] {
	const warning: INodeProperties[] =
		notice === undefined
			? []
			: [{ displayName: notice, name: 'notice', type: 'notice', default: '' }];
	const own = Object.entries(fields).map(([name, { property }]): INodeProperties => ({
		...property,
		name,
	}));
	const added = Object.entries(options).map(([name, { property }]): INodeProperties => ({
		...property,
		name,
	}));
	const collection: INodeProperties = {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: added as Array<INodeProperties | INodePropertyCollection> as INodeProperties[],
	};
	const displayOptions = { show: { resource: [resource], operation: [operation] } };
	return updateDisplayOptions(displayOptions, [
		...warning,
		...own,
		...(added.length === 0 ? [] : [collection]),
	]);
}
