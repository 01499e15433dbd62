import type { IDataObject } from 'n8n-workflow';

import { isObject } from '../../../approval/json';
import { epochMs } from '../../../approval/times';
import { labelsIn } from './labels';
import { readLoose } from './looseText';

/** Reads one field of the item out of those of the event. */
export type Read = (fields: IDataObject) => unknown;

const isEmpty = (value: unknown) => value === undefined || value === null || value === '';

/** What an event has instead of a time that it does not know. */
const NOT_YET: unknown[] = [0, '0', '', null, undefined];

function firstOf(fields: IDataObject, names: string[]): unknown {
	return names.map((name) => fields[name]).find((value) => !isEmpty(value)) ?? null;
}

function numberOf(value: unknown): unknown {
	if (isEmpty(value)) return null;
	const number = typeof value === 'string' ? Number(value) : NaN;
	return String(number) === value ? number : value;
}

/** An ID or a text, the first that is there; a number becomes text. */
export const text =
	(...names: string[]): Read =>
	(fields) => {
		const value = firstOf(fields, names);
		return typeof value === 'number' ? String(value) : value;
	};

/** A number, also where the event has it as text. */
export const number =
	(name: string): Read =>
	(fields) =>
		numberOf(fields[name]);

/** A time in seconds or milliseconds as ISO 8601 in UTC; local times stay as they are. */
export const time =
	(name: string): Read =>
	(fields) => {
		const at = epochMs(fields[name]);
		if (at !== undefined) return new Date(at).toISOString();
		return NOT_YET.includes(fields[name]) ? null : fields[name];
	};

/** A yes or no, which is also met as a number or a text. */
export const flag =
	(name: string): Read =>
	(fields) => {
		if (isEmpty(fields[name])) return null;
		return [true, 'true', 1, '1'].includes(fields[name] as string);
	};

/** A word instead of a number, or of one that is written otherwise. */
export const word =
	(name: string, words: ReadonlyMap<string, string>): Read =>
	(fields) => {
		const value = text(name)(fields);
		return typeof value === 'string' ? (words.get(value) ?? value) : value;
	};

/** A list or an object, which is also met as text. */
export const data =
	(name: string): Read =>
	(fields) =>
		isEmpty(fields[name]) ? null : readLoose(fields[name]);

function listOf(value: unknown): unknown[] {
	if (isEmpty(value)) return [];
	return Array.isArray(value) ? value : [value];
}

/** A list, which is also met as text; empty where there is none. */
export const list =
	(name: string, readEntry: (entry: unknown) => unknown = (entry) => entry): Read =>
	(fields) =>
		listOf(readLoose(fields[name])).map((entry) => readEntry(readLoose(entry)));

/** A period, which events have as a pair. */
export function period(entry: unknown): unknown {
	if (!Array.isArray(entry) || entry.length !== 2) return entry;
	const [start, end] = entry.map((value: unknown) => time('value')({ value } as IDataObject));
	return { start, end };
}

/** An object within an event, of which some fields are numbers as text. */
export const withNumbers =
	(...names: string[]) =>
	(entry: unknown): unknown => {
		if (!isObject(entry)) return entry;
		const read = Object.entries(entry).map(([name, value]) => [
			name,
			names.includes(name) ? numberOf(value) : value,
		]);
		return Object.fromEntries(read) as unknown;
	};

/** The IDs of a person, which some events wrap in `id`. */
export function person(entry: unknown): unknown {
	return isObject(entry) && isObject(entry.id) ? entry.id : entry;
}

/** A label that the event gives in its own `i18n_resources`, the first that is there. */
export const label =
	(...names: string[]): Read =>
	(fields) => {
		const value = text(...names)(fields);
		return typeof value === 'string'
			? (labelsIn(fields.i18n_resources).get(value) ?? value)
			: value;
	};
