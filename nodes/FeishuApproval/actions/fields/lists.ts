import type { Field } from './field';
import { switchField } from './simple';
import { parseCount } from './text';

/** Whether a list is followed to its end. */
export const returnAll = switchField({
	displayName: 'Return All',
	description: 'Whether to return all results or only up to a given limit',
});

/** How many entries of a list are wanted. */
export const limit: Field<number> = {
	property: {
		displayName: 'Limit',
		type: 'number',
		displayOptions: { show: { returnAll: [false] } },
		typeOptions: { minValue: 1 },
		default: 50,
		description: 'Max number of results to return',
	},
	parse: (value) =>
		parseCount(value, 'Enter how many results to return at most, or switch Return All on.'),
};

/** How many entries an item asks for. */
export const countOf = (input: { returnAll: boolean; limit: number }): number =>
	input.returnAll ? Infinity : input.limit;
