import { parseChoice } from '../fields/text';
import { optional, type Field } from '../fields/field';

const CHOICES = [
	{ name: 'Fail', value: 'fail' },
	{ name: 'Continue', value: 'continue' },
];

/** What happens where the person has decided in the same sense before. */
export const alreadyDecided: Field<string | undefined> = optional({
	property: {
		displayName: 'Already Decided',
		type: 'options',
		options: CHOICES,
		default: 'fail',
		description: 'What to do if this person has decided the task in the same sense before',
	},
	parse: (value, displayName) =>
		parseChoice(
			value,
			CHOICES.map((choice) => choice.value),
			displayName,
		),
});
