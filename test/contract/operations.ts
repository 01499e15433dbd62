/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- tests, not nodes */
import { createRequire } from 'node:module';

import type {
	INodeParameters,
	INodeProperties,
	NodeParameterValueType,
	ResourceMapperValue,
} from 'n8n-workflow';

import type * as Resources from '../../nodes/FeishuApproval/actions/resources';
import type { Row } from './row';
import { ROWS } from './rows';

/** Loads what n8n's engine loads, in Jest and without it. */
const built = createRequire(__filename);

/** The operations of the built package, as n8n loads it. */
export const { RESOURCES } = built(
	'../../dist/nodes/FeishuApproval/actions/resources',
) as typeof Resources;

/** All that the node can do, by resource. */
export type Operations = typeof RESOURCES;

type Named = Pick<Row, 'resource' | 'operation'>;

/** "instance.get" and the like. */
export const nameOf = ({ resource, operation }: Named): string => `${resource}.${operation}`;

/** The operations that the mutation run tries alone; all, if it names none. */
const ALONE = (process.env.CONTRACT_OPERATIONS ?? '').split(',').filter(Boolean);

/** Every row with its name, for `describe.each`. */
export const EACH_ROW = ROWS.map((row) => [nameOf(row), row] as const).filter(
	([name]) => ALONE.length === 0 || ALONE.includes(name),
);

/** Every variant of every row with its name, for `describe.each`. */
export const EACH_VARIANT = EACH_ROW.flatMap(([name, row]) =>
	row.variants.map((variant) => {
		const { title } = variant;
		return [title === undefined ? name : `${name}, ${title}`, row, variant] as const;
	}),
);

/** A field of an operation, and the collection that it is one of. */
export interface Place {
	field: INodeProperties;
	within?: string;
}

/** The fields and options of an operation, as the node describes them. */
export function fieldsOf({ resource, operation }: Named, operations = RESOURCES): Place[] {
	const found = operations[resource].operations.find(({ value }) => value === operation);
	const fields = (found?.properties ?? []).filter(({ type }) => type !== 'notice');
	return fields.flatMap((field): Place[] =>
		field.type === 'collection'
			? ((field.options ?? []) as INodeProperties[]).map((option) => ({
					field: option,
					within: field.name,
				}))
			: [{ field }],
	);
}

/** What a sample has for a field. */
export function valueIn(sample: INodeParameters, { field, within }: Place): unknown {
	const values = within === undefined ? sample : ((sample[within] ?? {}) as INodeParameters);
	return values[field.name];
}

/** A sample with another value for a field. */
export function withValue(
	sample: INodeParameters,
	{ field: { name }, within }: Place,
	value: NodeParameterValueType,
): INodeParameters {
	if (within === undefined) return { ...sample, [name]: value };
	return { ...sample, [within]: { ...(sample[within] as INodeParameters), [name]: value } };
}

/** The names of the fields that a sample has values for. */
export function namesIn(row: Named, sample: INodeParameters, operations = RESOURCES): string[] {
	const collections = new Set(fieldsOf(row, operations).map(({ within }) => within));
	return Object.entries(sample).flatMap(([name, value]) =>
		collections.has(name) ? Object.keys(value as INodeParameters) : [name],
	);
}

/** The parameters of a node that does what a sample asks for. */
export function parametersOf(
	{ resource, operation }: Named,
	sample: INodeParameters,
): INodeParameters {
	return { resource, operation, ...sample };
}

/** What gives a value out of `sample` of the item. */
const expressionOf = (path: string[]): string =>
	`={{ $json.sample${path.map((name) => `[${JSON.stringify(name)}]`).join('')} }}`;

/** The parameters of a node that takes every field of such a sample from `sample` of its item. */
export function parametersFromItem(row: Named, sample: INodeParameters): INodeParameters {
	return fieldsOf(row)
		.filter((place) => valueIn(sample, place) !== undefined)
		.reduce<INodeParameters>(
			(parameters, place) => {
				// n8n takes no expression for the whole of such a field.
				if (place.field.type === 'fixedCollection') {
					return withValue(parameters, place, valueIn(sample, place) as NodeParameterValueType);
				}
				const path = [place.within ?? [], place.field.name].flat();
				if (place.field.type === 'resourceMapper') {
					const mapped = valueIn(sample, place) as ResourceMapperValue;
					const value = Object.fromEntries(
						Object.keys(mapped.value ?? {}).map((name) => [
							name,
							expressionOf([...path, 'value', name]),
						]),
					);
					return withValue(parameters, place, { ...mapped, value });
				}
				return withValue(parameters, place, expressionOf(path));
			},
			parametersOf(row, {}),
		);
}
