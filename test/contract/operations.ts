import type { INodeParameters, INodeProperties, NodeParameterValueType } from 'n8n-workflow';

import type * as Resources from '../../nodes/FeishuApproval/actions/resources';
import type { Sandbox } from '../../sandbox';
import type { Row } from './row';

/** The operations of the built package, as n8n loads it. */
export const { RESOURCES } = jest.requireActual<typeof Resources>(
	'../../dist/nodes/FeishuApproval/actions/resources',
);

/** "instance.get" and the like. */
export const nameOf = ({ resource, operation }: Pick<Row, 'resource' | 'operation'>): string =>
	`${resource}.${operation}`;

/** The fields and options of an operation, as the node describes them. */
export function fieldsOf({ resource, operation }: Row): INodeProperties[] {
	const found = RESOURCES[resource].operations.find(({ value }) => value === operation);
	const properties = found?.properties ?? [];
	const options = properties.find(({ name }) => name === 'options')?.options ?? [];
	return [
		...properties.filter(({ name, type }) => name !== 'options' && type !== 'notice'),
		...(options as INodeProperties[]),
	];
}

/** Whether a field is one of the options. */
export function isOption(row: Row, name: string): boolean {
	const found = RESOURCES[row.resource].operations.find(({ value }) => value === row.operation);
	return found?.properties.some((property) => property.name === name) !== true;
}

/** The parameters of the sample, with another value for one field. */
export function sampleWith(
	row: Row,
	sandbox: Sandbox,
	name: string,
	value: NodeParameterValueType,
): INodeParameters {
	const { options = {}, ...fields } = row.sample(sandbox);
	const all = { resource: row.resource, operation: row.operation, ...fields };
	if (isOption(row, name)) return { ...all, options: { ...options, [name]: value } };
	return { ...all, [name]: value, options };
}

/** The parameters of the sample as a node has them. */
export function parametersOf(row: Row, sandbox: Sandbox): INodeParameters {
	return { resource: row.resource, operation: row.operation, ...row.sample(sandbox) };
}
