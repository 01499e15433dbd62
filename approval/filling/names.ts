import type { IDataObject } from 'n8n-workflow';

import type { FormField } from '../definition';
import { isName } from '../formWidget';
import { isObject } from '../json';
import { Problem } from '../problem';
import { isEmpty, type Entered } from './filling';
import { isGroup, partsOf, shortName } from './parts';

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

/** The fields by one name each that means no other: that of Get Instance, unless it is another's ID. */
export function byOwnName(fields: FormField[]): Map<string, FormField> {
	const all = namesOf(fields);
	return new Map(
		[...byReadName(fields)].map(([name, field]) => [
			all.get(name) === field ? name : field.id,
			field,
		]),
	);
}

/** What stands beside a value under a name of its own, as Get Instance gives it. */
const BESIDE = /^(.*) (currency|open_ids|names)$/s;

/** Whether such a thing stands beside the value of a field. */
function isBeside(beside: string, { type }: FormField): boolean {
	if (beside === 'currency') return type === 'amount';
	if (beside === 'names') return /^(attachment|image)/.test(type ?? '');
	return type === 'contact' || type === 'department';
}

/** What Get Instance says of a group of leave, and Feishu computes itself. */
const COMPUTED = new Set(['interval', 'unit', 'duration']);

function stale(name: string, fields: FormField[]): Problem {
	const known = fields.map(labelOf);
	const more = known.length > LISTED ? `, and ${known.length - LISTED} more` : '';
	return new Problem(
		`"${name.slice(0, 60)}" is no field of the form`,
		`Check the name; somebody may also have changed the form. Its fields are: ${known.slice(0, LISTED).join(', ')}${more}.`,
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

/** A part of a control group, and the group. */
export type Part = [group: FormField, part: FormField];

/** The parts of all control groups by the names under which they stand beside the other fields. */
export function partsByName(fields: FormField[]): Map<string, Part> {
	const parts = new Map<string, Part>();
	for (const [name, group] of byReadName(fields)) {
		if (!isGroup(group)) continue;
		for (const [partName, part] of byReadName(partsOf(group))) {
			parts.set(`${name} / ${partName}`, [group, part]);
		}
	}
	return parts;
}

/** What a name means: a field, a part of a control group, or what stands beside the value of a field. */
type Meaning = { field: FormField } | { part: Part } | { field: FormField; beside: string };

/** Finds out what the names of a form mean; nothing for one that is none. */
function reader(fields: FormField[]): (name: string) => Meaning | undefined {
	const names = namesOf(fields);
	const parts = partsByName(fields);
	const find = (name: string) => names.get(name) ?? names.get(plain(name));
	// As the panel calls them.
	const shown = new Map(
		[...parts.values()].map((part) => [part.map(labelOf).join(': '), part] as const),
	);
	return (name) => {
		const field = find(name);
		if (field !== undefined) return { field };
		const part = parts.get(name) ?? shown.get(name);
		if (part !== undefined) return { part };
		const [, base, beside] = BESIDE.exec(name) ?? [];
		const owner = base === undefined ? undefined : find(base);
		return owner && isBeside(beside, owner) ? { field: owner, beside } : undefined;
	};
}

/** Of an item that holds more than a form: what is about fields of the form. */
export function onlyFields(fields: FormField[], item: IDataObject): IDataObject {
	const read = reader(fields);
	return Object.fromEntries(Object.entries(item).filter(([name]) => read(name) !== undefined));
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
	const read = reader(fields);
	const entered = new Map<FormField, Entered>();
	const of = (field: FormField): Entered => {
		const known = entered.get(field) ?? { value: undefined };
		entered.set(field, known);
		return known;
	};
	for (const [name, value] of Object.entries(values)) {
		const meaning = read(name);
		if (meaning === undefined) {
			if (!isEmpty(value) && !COMPUTED.has(name)) return stale(name, fields);
		} else if ('part' in meaning) {
			const [group, { id }] = meaning.part;
			// A group of which nothing was entered is left out.
			if (isEmpty(value)) continue;
			const own = of(group);
			own.value = { ...(isObject(own.value) ? own.value : {}), [id]: value };
		} else if (!('beside' in meaning)) of(meaning.field).value = value;
		else if (meaning.beside === 'currency') of(meaning.field).currency = value;
		else if (meaning.beside === 'open_ids') of(meaning.field).openIds = value;
	}
	return entered;
}
