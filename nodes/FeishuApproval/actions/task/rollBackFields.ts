import { stripInvisible, entriesOf } from '../../../../approval/inputText';
import { Problem } from '../../../../approval/problem';
import { choiceField } from '../fields/choices';
import type { Field } from '../fields/field';

/** How far an approval is sent back. */
export const rollBackTo = choiceField(
	[
		{ name: 'Nodes', value: 'nodes' },
		{ name: 'Start', value: 'start' },
	],
	{
		displayName: 'Roll Back To',
		default: 'start',
		description: 'Who is to decide again: the initiator (Start), or nodes that were passed already',
	},
);

/** Nodes by their keys in the timeline, or by their names; empty where the field is not shown. */
export const nodeKeys: Field<string[]> = {
	property: {
		displayName: 'Nodes',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. Manager',
		displayOptions: { show: { rollBackTo: ['nodes'] } },
		description:
			'Names of nodes that were passed already, or their node_key in the timeline, separated by commas, or a list from an expression',
	},
	parse(value) {
		const names = entriesOf(value, /[,，、\n]/).map((name) =>
			typeof name === 'string' ? stripInvisible(name).trim() : name,
		);
		if (names.length === 1 && names[0] === '') return [];
		const odd = names.findIndex(
			(name) => typeof name !== 'string' || name === '' || /[{}[\]]/.test(name),
		);
		if (odd === -1) return names as string[];
		return new Problem(
			`holds an entry that names no node (number ${odd + 1})`,
			'Enter names of nodes as Get Instance gives them, separated by commas.',
		);
	},
};
