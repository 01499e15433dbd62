import {
	updateDisplayOptions,
	type INodeProperties,
	type INodePropertyCollection,
} from 'n8n-workflow';

import type { Fields } from './fields/field';
import type { Collections } from './placedFields';

type Words = Pick<INodeProperties, 'displayName' | 'placeholder'>;

/** The fields of an operation as n8n shows them: for this operation only. */
export function propertiesOf(
	resource: string,
	operation: string,
	fields: Fields,
	collections: Collections,
	notice?: string,
): INodeProperties[] {
	const warning: INodeProperties[] =
		notice === undefined
			? []
			: [{ displayName: notice, name: 'notice', type: 'notice', default: '' }];
	const named = (some: Fields) =>
		Object.entries(some).map(([name, { property }]): INodeProperties => ({ ...property, name }));
	const collection = (name: keyof Collections, words: Words): INodeProperties[] => {
		const added = named(collections[name]).sort((one, other) =>
			one.displayName.localeCompare(other.displayName),
		);
		if (added.length === 0) return [];
		const options = added as Array<INodeProperties | INodePropertyCollection> as INodeProperties[];
		return [{ ...words, name, type: 'collection', default: {}, options }];
	};
	const displayOptions = { show: { resource: [resource], operation: [operation] } };
	return updateDisplayOptions(displayOptions, [
		...warning,
		...named(fields),
		...collection('filters', { displayName: 'Filters', placeholder: 'Add filter' }),
		...collection('options', { displayName: 'Options', placeholder: 'Add option' }),
	]);
}
