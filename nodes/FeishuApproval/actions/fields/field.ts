import type { INodeProperties } from 'n8n-workflow';

import type { Problem } from '../../../../approval/problem';
import type { ReadParameter } from '../operation';
import { parseText } from './text';

/** What a field holds, where error texts and the look-up of people have to know it. */
export type Holds = 'people' | 'instanceCode' | 'approvalCode';

/** A field of an operation: what n8n shows, and how its value is checked. Its name is its key. */
export interface Field<T> {
	property: Omit<INodeProperties, 'name'>;
	/**
	 * The value as the operation wants it, or what is wrong with it; the field's name is put before.
	 * `zone` is the time zone of the workflow.
	 */
	parse(value: unknown, displayName: string, zone: string): T | Problem;
	/** Where n8n does not store one value under the name of the field: what is parsed. */
	read?(parameter: ReadParameter, name: string): unknown;
	holds?: Holds;
	/** Where a value holds people, but is no ID and no list of them: who they are, one after another. */
	people?: {
		read(value: T): string[];
		replace(value: T, ids: string[]): T;
	};
	/** What to say where Feishu does not know the code in this field. */
	notFound?: string;
}

/** Several fields by their names. */
export type Fields = Record<string, Field<unknown>>;

/** A field under another name, or with other words. */
export function reworded<T>(
	field: Field<T>,
	property: Partial<INodeProperties>,
	more: Partial<Field<T>> = {},
): Field<T> {
	return { ...field, ...more, property: { ...field.property, ...property } };
}

/** A field that may be left out: where there is no value at all, none is checked. */
export function optional<T>(field: Field<T>): Field<T | undefined> {
	return {
		...field,
		parse: (value, displayName, zone) =>
			value === undefined ? undefined : field.parse(value, displayName, zone),
	};
}

/** A field for text that may be empty: then it counts as left out. */
export function optionalText<T>(field: Field<T>): Field<T | undefined> {
	return {
		...field,
		parse: (value, displayName, zone) =>
			parseText(value, displayName) === '' ? undefined : field.parse(value, displayName, zone),
	};
}
