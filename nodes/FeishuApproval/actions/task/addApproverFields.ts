import { Problem } from '../../../../approval/problem';
import type { Field } from '../fields/field';
import { parseChoice } from '../fields/text';

/** When the added people decide: the API's number, and what the timeline calls it. */
export const ADD_TYPES: Record<string, { number: number; entry: string }> = {
	before: { number: 1, entry: 'ADD_APPROVER_BEFORE' },
	after: { number: 2, entry: 'ADD_APPROVER_AFTER' },
	parallel: { number: 3, entry: 'ADD_APPROVER' },
};

/** How several added people decide, as the API numbers it. */
export const METHODS: Record<string, number> = { or: 1, and: 2, sequential: 3 };

export const addSignType: Field<string> = {
	property: {
		displayName: 'When',
		type: 'options',
		options: [
			{
				name: 'After This Approver',
				value: 'after',
				description: "This approver's task is approved at once",
			},
			{
				name: 'At the Same Time',
				value: 'parallel',
				description: 'All decide beside one another',
			},
			{
				name: 'Before This Approver',
				value: 'before',
				description: 'The added people decide first, and then this approver',
			},
		],
		default: 'parallel',
		description: 'When the added people decide',
	},
	parse: (value, displayName) => parseChoice(value, Object.keys(ADD_TYPES), displayName),
};

/** Empty where the field is not shown. */
export const approvalMethod: Field<string> = {
	property: {
		displayName: 'Approval Method',
		type: 'options',
		options: [
			{ name: 'All of Them', value: 'and' },
			{ name: 'Any One of Them', value: 'or' },
			{ name: 'One After Another', value: 'sequential' },
		],
		default: 'and',
		displayOptions: { show: { addSignType: ['after', 'before'] } },
		description: 'How several added people decide',
	},
	parse(value, displayName): string | Problem {
		if (value === '') return '';
		return parseChoice(value, Object.keys(METHODS), displayName);
	},
};
