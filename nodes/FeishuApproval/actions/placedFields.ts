import type { Field, Fields } from './fields/field';

/** Fields that a builder adds if need be, by the name of the collection that they are in. */
export type Collections = Record<'filters' | 'options', Fields>;

/** A field with the name and the place that it has in an operation. */
export interface Placed {
	name: string;
	field: Field<unknown>;
	within?: keyof Collections;
}

/** The fields of an operation, each with its place. */
export function placeFields(fields: Fields, { filters, options }: Collections): Placed[] {
	const place = (some: Fields, within?: keyof Collections) =>
		Object.entries(some).map(([name, field]): Placed => ({ name, field, within }));
	return [...place(fields), ...place(filters, 'filters'), ...place(options, 'options')];
}

/** What an input has for a field. */
export const valueOf = (input: unknown, { name, within }: Placed): unknown => {
	const values = input as Record<string, unknown> &
		Record<keyof Collections, Record<string, unknown>>;
	return within === undefined ? values[name] : values[within][name];
};

const namesIn = (value: unknown): string[] =>
	(Array.isArray(value) ? value : [value]).filter(
		(name): name is string => typeof name === 'string' && name !== '',
	);

const withValue = (input: unknown, { name, within }: Placed, value: unknown): unknown => {
	const values = input as Record<string, object>;
	return within === undefined
		? { ...values, [name]: value }
		: { ...values, [within]: { ...values[within], [name]: value } };
};

/** Who is named by a field that holds people. */
export function peopleIn(input: unknown, place: Placed): string[] {
	const value = valueOf(input, place);
	const { people } = place.field;
	if (people === undefined) return namesIn(value);
	return value === undefined ? [] : people.read(value);
}

/** The input with these IDs in place of who is named, in their order; each counts once in a list. */
export function withPeople(input: unknown, place: Placed, ids: string[]): unknown {
	const value = valueOf(input, place);
	const { people } = place.field;
	if (people !== undefined) return withValue(input, place, people.replace(value, ids));
	return withValue(input, place, Array.isArray(value) ? [...new Set(ids)] : ids[0]);
}
