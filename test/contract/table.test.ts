import { NodeHelpers } from 'n8n-workflow';

import { startHarness, type Harness } from '../engine/harness';
import { fieldsOf, nameOf, parametersOf, RESOURCES } from './operations';
import { ROWS } from './rows';

let harness: Harness;
beforeAll(async () => {
	harness = await startHarness();
});
afterAll(async () => await harness.close());

it('has one row for every operation, and no other', () => {
	const operations = Object.entries(RESOURCES).flatMap(([resource, { operations: own }]) =>
		own.map(({ value }) => nameOf({ resource, operation: value })),
	);
	expect(ROWS.map(nameOf).sort()).toEqual(operations.sort());
});

describe.each(ROWS.map((row) => [nameOf(row), row] as const))('%s', (_name, row) => {
	it('gives every field and option a value of its own', () => {
		const { options = {}, ...fields } = row.sample(harness.sandbox);
		const sample: Record<string, unknown> = { ...fields, ...options };
		const known = fieldsOf(row);
		expect(Object.keys(sample).sort()).toEqual(known.map(({ name }) => name).sort());
		const atDefault = known.filter((field) => sample[field.name] === field.default);
		expect(atDefault.map(({ name }) => name)).toEqual(Object.keys(row.atDefault));
	});

	it('says of every field and option what it does not take', () => {
		expect(Object.keys(row.badInput).sort()).toEqual(
			fieldsOf(row)
				.map(({ name }) => name)
				.sort(),
		);
	});

	it('tells builders and agents what it does and what each field is for', () => {
		const type = harness.engine.nodeType();
		expect(type.description.usableAsTool).toBe(true);
		const operation = RESOURCES[row.resource].operations.find(
			({ value }) => value === row.operation,
		)!;
		expect(operation.option.description).toMatch(row.words);
		const described = NodeHelpers.makeDescription(
			parametersOf(row, harness.sandbox),
			type.description,
		);
		expect(described).toBe(`${operation.option.action} in Feishu Approval`);
		for (const { name, description = '' } of fieldsOf(row)) {
			expect(`${name}: ${description}`).toMatch(/: [A-Z].{9,}/);
		}
	});
});
