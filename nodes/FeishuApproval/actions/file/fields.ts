import { FILE_PLACES, type FilePlace } from '../../../../approval/files';
import { entriesOf, wordsOf } from '../../../../approval/inputText';
import { Problem } from '../../../../approval/problem';
import type { Field } from '../fields/field';
import { parseRequiredText } from '../fields/text';

const NAMES: Record<FilePlace, string> = {
	form: 'Form',
	comments: 'Comments',
	timeline: 'Timeline',
};

/** Which files of an instance are wanted. */
export const from: Field<FilePlace[]> = {
	property: {
		displayName: 'From',
		type: 'multiOptions',
		options: FILE_PLACES.map((value) => ({ name: NAMES[value], value })),
		default: ['form'],
		description: 'Where to look for files: in the form, in comments, in the history of decisions',
	},
	parse(value) {
		const entered = wordsOf(value);
		const places = FILE_PLACES.filter((place) => entered.includes(place));
		if (places.length > 0 && places.length === new Set(entered).size) return places;
		return new Problem(
			'is not a choice of places',
			`Choose one or more of ${FILE_PLACES.map((place) => `\`${place}\``).join(', ')}.`,
		);
	},
};

/** The name of the binary field of an item. */
export const binaryPropertyName: Field<string> = {
	property: {
		displayName: 'Put Output File in Field',
		type: 'string',
		required: true,
		default: 'data',
		placeholder: 'e.g. data',
		hint: 'The name of the output binary field to put the file in',
		description: 'Name of the binary field that gets the file',
	},
	parse: (value, displayName) => parseRequiredText(value, displayName),
};

/** Which files, by their names; `*` stands for anything. */
export const fileNames: Field<string[]> = {
	property: {
		displayName: 'File Names',
		type: 'string',
		default: '',
		placeholder: 'e.g. *.pdf, receipt.jpg',
		description:
			'Only files with these names, separated by commas, or a list from an expression; * stands for anything',
	},
	parse(value) {
		const names = entriesOf(value, /[,，;；\n]/).map((name) =>
			typeof name === 'string' ? name.trim() : '',
		);
		if (names.length > 0 && names.every((name) => name !== '')) return names;
		return new Problem(
			'holds an empty entry',
			'Enter names such as receipt.pdf or *.pdf, or remove the option.',
		);
	},
};

/** How large a file may be, in bytes. */
export const maxSize: Field<number> = {
	property: {
		displayName: 'Maximum Size',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 100,
		description: 'Largest size of a file in MB; a larger one is an error, the others come',
	},
	parse(value) {
		const megabytes = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
		if (typeof megabytes === 'number' && megabytes > 0 && Number.isFinite(megabytes)) {
			return Math.round(megabytes * 1_000_000);
		}
		return new Problem('is not a number of MB above 0', 'Enter how many MB a file may have.');
	},
};

/** Whether a name is one of those that are wanted, in capitals or not. */
export function isNamed(name: string, patterns: string[]): boolean {
	return patterns.some((pattern) => fits(plain(name), plain(pattern)));
}

/** The same name may be written with a letter and its accent apart. */
const plain = (name: string) => name.normalize('NFC').toLowerCase();

/** Looks for the parts between the stars one after another: a regular expression would go back. */
function fits(name: string, pattern: string): boolean {
	const [first, ...rest] = pattern.split('*');
	const last = rest.pop();
	if (last === undefined) return name === pattern;
	if (!name.startsWith(first)) return false;
	let at = first.length;
	for (const part of rest) {
		const found = name.indexOf(part, at);
		if (found === -1) return false;
		at = found + part.length;
	}
	return name.length - last.length >= at && name.endsWith(last);
}
