import type { Choice, FormField } from '../definition';
import { isName } from '../formWidget';
import { isObject, readJson } from '../json';
import { Problem } from '../problem';
import { isEmpty, shown, type Fill } from './filling';

/** So many labels are listed; more would bury the rest. */
const LISTED = 30;

/** What two ways of writing a label have in common: case, width and spaces do not matter. */
const plain = (text: string): string =>
	text.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();

const YES = new Set(['yes', 'y', 'true', '1', '是', '有', '同意']);
const NO = new Set(['no', 'n', 'false', '0', '否', '无', '没有', '不同意']);

/** A switch stands for one of two labels that say yes and no. */
function bySwitch(isOn: boolean, options: Choice[]): Choice[] {
	const words = isOn ? YES : NO;
	return options.filter(({ text }) => words.has(plain(text)));
}

/** The choice that was entered: by its key, by its label, or as Get Instance gives it. */
function choiceOf(value: unknown, { options }: FormField): string | Problem {
	const given = isObject(value) ? (value.key ?? value.value ?? value.text ?? value.name) : value;
	if (!isName(given) && typeof given !== 'boolean') return unknown(value, options);
	const text = String(given);
	if (options.length === 0) return text.trim();
	const byKey = options.find(({ key }) => key === text.trim());
	if (byKey !== undefined) return byKey.key;
	const byLabel = options.filter((option) => plain(option.text) === plain(text));
	const fitting =
		byLabel.length > 0 || typeof given !== 'boolean' ? byLabel : bySwitch(given, options);
	if (fitting.length === 1) return fitting[0].key;
	if (fitting.length === 0) return unknown(given, options);
	const keys = fitting.map(({ key }) => key).join(', ');
	return new Problem(
		`has several choices named ${shown(given)}`,
		`Enter the key instead: ${keys}.`,
	);
}

function unknown(value: unknown, options: Choice[]): Problem {
	const labels = options.slice(0, LISTED).map(({ text }) => text);
	const more = options.length > LISTED ? `, and ${options.length - LISTED} more` : '';
	return new Problem(
		`has no choice ${shown(value)}`,
		labels.length === 0
			? 'Enter the key or the label of a choice.'
			: `Choose from: ${labels.join(', ')}${more}.`,
	);
}

/** One choice. */
export const fillChoice: Fill = ({ value }, field) => {
	const list = Array.isArray(value) ? (value as unknown[]) : [value];
	if (list.length !== 1) return new Problem('takes one choice only', 'Enter one label.');
	const key = choiceOf(list[0], field);
	return key instanceof Problem ? key : { value: key };
};

/** The labels in a text; a label may hold a comma itself. */
function split(text: string, field: FormField): unknown[] {
	const list = readJson(text);
	if (Array.isArray(list)) return list;
	if (!(choiceOf(text, field) instanceof Problem) && field.options.length > 0) return [text];
	return text.split(/[,，、;；|\n]/).map((part) => part.trim());
}

/** Several choices: a list, or a text with commas between. */
export const fillChoices: Fill = ({ value }, field) => {
	const entered = Array.isArray(value)
		? (value as unknown[])
		: typeof value === 'string'
			? split(value, field)
			: [value];
	const keys: string[] = [];
	for (const one of entered.filter((each) => !isEmpty(each))) {
		const key = choiceOf(one, field);
		if (key instanceof Problem) return key;
		if (!keys.includes(key)) keys.push(key);
	}
	return { value: keys };
};
