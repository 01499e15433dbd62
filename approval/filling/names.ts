import type { FormField } from '../definition';
import { isName } from '../formWidget';
import { isObject } from '../json';
import { Problem } from '../problem';
import { isEmpty, type Entered } from './filling';
import { isGroup, partKey, partsOf, shortName } from './parts';

/** So many names are listed; more would bury the rest. */
const LISTED = 40;

const plain = (name: string): string => name.normalize('NFKC').trim().toLowerCase();

/** How a field is called in explanations. */
export const labelOf = ({ name, custom_id: customId, id }: FormField): string =>
	name ?? customId ?? id;

/** The fields by the names under which Get Instance gives their values: `Name`, `Name (2)`. */
function byReadName(fields: FormField[]): Map<string, FormField> {
	const names = new Map<string, FormField>();
	for (const field of fields) {
		const name = field.custom_id ?? field.name ?? field.id;
		let free = name;
		for (let count = 2; names.has(free); count++) free = `${name} (${count})`;
		names.set(free, field);
	}
	return names;
}

/** All names of the fields: custom ID first, then ID, then name. */
function namesOf(fields: FormField[]): Map<string, FormField> {
	const names = new Map<string, FormField>();
	const add = (name: string | null | undefined, field: FormField) => {
		if (name && !names.has(name)) names.set(name, field);
	};
	for (const field of fields) add(field.custom_id, field);
	for (const field of fields) add(field.id, field);
	for (const [name, field] of byReadName(fields)) add(name, field);
	for (const field of fields) add(field.name, field);
	for (const field of fields) add(shortName(field), field);
	for (const [name, field] of [...names]) add(plain(name), field);
	return names;
}

/** What stands beside a value under a name of its own, as Get Instance gives it. */
const BESIDE = /^(.*) (currency|open_ids|names)$/s;

/** What Get Instance says of a group of leave, and Feishu computes itself. */
const COMPUTED = new Set(['interval', 'unit', 'duration']);

function stale(name: string, fields: FormField[]): Problem {
	const known = fields.map(labelOf);
	const more = known.length > LISTED ? `, and ${known.length - LISTED} more` : '';
	return new Problem(
		`"${name.slice(0, 60)}" is no field of the form`,
		`The definition may have been changed since. Its fields are: ${known.slice(0, LISTED).join(', ')}${more}.`,
	);
}

function readWidgets(fields: FormField[], widgets: unknown[]): Map<FormField, Entered> | Problem {
	const entered = new Map<FormField, Entered>();
	for (const widget of widgets) {
		if (!isObject(widget) || !isName(widget.id)) {
			return new Problem(
				'The form is not a list of form fields',
				'Each entry needs an id and a value: [{"id": "widget1", "type": "input", "value": "text"}].',
			);
		}
		const id = String(widget.id);
		const field = fields.find((one) => one.id === id || one.custom_id === id);
		if (field === undefined) return stale(id, fields);
		const { value, option, currency, open_ids: openIds, ext } = widget;
		// Get Instance gives the label as the value, and the key beside it.
		const isChoice = /^(radio|checkbox)/.test(String(field.type)) && !isEmpty(option);
		const own = isObject(ext) ? ext.currency : undefined;
		entered.set(field, { value: isChoice ? option : value, currency: currency ?? own, openIds });
	}
	return entered;
}

/**
 * What was entered for which field: an object by the names of fields, or the list of widgets that
 * the API takes. A Problem for a name that is none.
 */
export function matchNames(
	fields: FormField[],
	values: unknown,
): Map<FormField, Entered> | Problem {
	if (Array.isArray(values)) return readWidgets(fields, values as unknown[]);
	if (!isObject(values)) {
		return new Problem(
			'The form is neither an object nor a list',
			'Enter an object such as {"Subject": "text"}.',
		);
	}
	const names = namesOf(fields);
	const find = (name: string) => names.get(name) ?? names.get(plain(name));
	const entered = new Map<FormField, Entered>();
	const of = (field: FormField): Entered => {
		const known = entered.get(field) ?? { value: undefined };
		entered.set(field, known);
		return known;
	};
	const parts = new Map<string, [FormField, FormField]>();
	for (const group of fields.filter(isGroup)) {
		for (const part of partsOf(group)) parts.set(partKey(group, part), [group, part]);
	}
	for (const [name, value] of Object.entries(values)) {
		const field = find(name);
		const part = parts.get(name);
		const [, base, beside] = BESIDE.exec(name) ?? [];
		const owner = base === undefined ? undefined : find(base);
		if (field !== undefined) of(field).value = value;
		else if (part !== undefined) {
			const [group, { id }] = part;
			const own = of(group);
			own.value = { ...(isObject(own.value) ? own.value : {}), [id]: value };
		} else if (owner !== undefined) {
			if (beside === 'currency') of(owner).currency = value;
			if (beside === 'open_ids') of(owner).openIds = value;
		} else if (!isEmpty(value) && !COMPUTED.has(name)) return stale(name, fields);
	}
	return entered;
}
