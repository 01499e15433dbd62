import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { Field } from './field';
import { parseChoice } from './text';

type Words = Pick<INodeProperties, 'displayName' | 'description' | 'displayOptions'>;

/** One of several values, each with the name that builders see. */
export function choiceField<T extends string>(
	choices: Array<Omit<INodePropertyOptions, 'value'> & { value: T }>,
	property: Words & { default: T },
): Field<T> {
	const values = choices.map(({ value }) => value);
	return {
		property: { ...property, type: 'options', options: choices },
		parse: (value, displayName) => parseChoice(value, values, displayName),
	};
}
