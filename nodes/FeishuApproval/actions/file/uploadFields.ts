import { entriesOf } from '../../../../approval/inputText';
import { Problem } from '../../../../approval/problem';
import { choiceField } from '../fields/choices';
import type { Field } from '../fields/field';

/** The binary fields of the item that are uploaded. */
export const inputFields: Field<string[]> = {
	property: {
		displayName: 'Input Data Field Name',
		type: 'string',
		required: true,
		default: 'data',
		placeholder: 'e.g. data, data_1',
		hint: 'The name of the input binary field containing the file to be uploaded',
		description: 'Names of the binary fields, separated by commas',
	},
	parse(value) {
		const isFile = typeof value === 'object' && value !== null && !Array.isArray(value);
		if (isFile || String(value).includes('[object ')) {
			return new Problem(
				'holds a file, not its name',
				'Enter the name of the binary field, for example data, without {{ $binary… }}.',
			);
		}
		const names = entriesOf(value, /[,，;；\n]/).map((name) =>
			typeof name === 'string' ? name.trim() : '',
		);
		if (names.length > 0 && names.every((name) => name !== '')) return [...new Set(names)];
		return new Problem(
			'is empty',
			'Enter the name of a binary field of the item, for example data.',
		);
	},
};

/** As what a file is uploaded: a form has fields for attachments and others for pictures. */
export const fileType: Field<'auto' | 'attachment' | 'image'> = choiceField(
	[
		{ name: 'By Its MIME Type', value: 'auto' },
		{ name: 'Attachment', value: 'attachment' },
		{ name: 'Image', value: 'image' },
	],
	{
		displayName: 'File Type',
		default: 'auto',
		description: 'The kind of form field that the file is meant for',
	},
);

/**
 * The names if the item has all of these binary fields.
 *
 * @throws Problem that names the one that is missing
 */
export function chosenBinaries(names: string[], existing: string[]): string[] {
	const missing = names.find((name) => !existing.includes(name));
	if (missing === undefined) return names;
	throw new Problem(
		`Input Data Field Name: the item has no file in "${missing}"`,
		existing.length === 0
			? 'It has no files at all: a node before this one has to give some, for example HTTP Request or Read Files.'
			: `Its binary fields are: ${existing.join(', ')}.`,
	);
}
