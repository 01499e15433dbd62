import { choiceField } from '../fields/choices';
import type { Field } from '../fields/field';

type When = 'before' | 'after' | 'parallel';
type Method = 'or' | 'and' | 'sequential';

/** When the added people decide: the API's number, and what the timeline calls it. */
export const ADD_TYPES: Record<When, { number: number; entry: string }> = {
	before: { number: 1, entry: 'ADD_APPROVER_BEFORE' },
	after: { number: 2, entry: 'ADD_APPROVER_AFTER' },
	parallel: { number: 3, entry: 'ADD_APPROVER' },
};

/** How several added people decide, as the API numbers it; nothing where the field is not shown. */
export const METHODS: Record<Method | '', number | undefined> = {
	or: 1,
	and: 2,
	sequential: 3,
	'': undefined,
};

export const addSignType = choiceField<When>(
	[
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
	{
		displayName: 'When',
		default: 'parallel',
		description: 'When the added people decide',
	},
);

const method = choiceField<Method>(
	[
		{ name: 'All of Them', value: 'and' },
		{ name: 'Any One of Them', value: 'or' },
		{ name: 'One After Another', value: 'sequential' },
	],
	{
		displayName: 'Approval Method',
		default: 'and',
		displayOptions: { show: { addSignType: ['after', 'before'] } },
		description: 'How several added people decide',
	},
);

/** Empty where the field is not shown. */
export const approvalMethod: Field<Method | ''> = {
	...method,
	parse: (value, ...rest) => (value === '' ? '' : method.parse(value, ...rest)),
};
