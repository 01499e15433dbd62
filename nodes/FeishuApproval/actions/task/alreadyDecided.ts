import { choiceField } from '../fields/choices';
import { optional } from '../fields/field';

/** What happens where the person has decided in the same sense before. */
export const alreadyDecided = optional(
	choiceField(
		[
			{ name: 'Fail', value: 'fail' },
			{ name: 'Continue', value: 'continue' },
		],
		{
			displayName: 'Already Decided',
			default: 'fail',
			description: 'What to do if this person has decided the task in the same sense before',
		},
	),
);
