import type { Field } from './fields/field';

/** A field with the name and the place that it has in an operation. */
export interface Placed {
	name: string;
	field: Field<unknown>;
	isOption: boolean;
}

export const valueOf = (input: unknown, { name, isOption }: Placed): unknown => {
	const values = input as Record<string, unknown> & { options: Record<string, unknown> };
	return isOption ? values.options[name] : values[name];
};

const namesIn = (value: unknown): string[] =>
	(Array.isArray(value) ? value : [value]).filter(
		(name): name is string => typeof name === 'string' && name !== '',
	);

const withValue = (input: unknown, { name, isOption }: Placed, value: unknown): unknown => {
	const values = input as { options: object };
	return isOption
		? { ...values, options: { ...values.options, [name]: value } }
		: { ...values, [name]: value };
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
