import type { INodeParameters } from 'n8n-workflow';

import { startHarness, type Harness } from '../engine/harness';
import { findGaps } from './gaps';
import { EACH_ROW, RESOURCES, type Operations } from './operations';
import type { Case, Row } from './row';
import { ROWS } from './rows';

let harness: Harness;
beforeAll(async () => {
	harness = await startHarness();
});
afterAll(async () => await harness.close());

const gapsOf = (rows: Row[], operations: Operations = RESOURCES) =>
	findGaps(operations, rows, harness.sandbox);

/** The table with another row in place of `row`. */
const withRow = (row: Row, other: Row) => ROWS.map((one) => (one === row ? other : one));

/** The row with its samples changed. */
const withSamples = (row: Row, change: (made: Case) => void): Row => ({
	...row,
	variants: row.variants.map((variant) => ({
		...variant,
		make(sandbox) {
			const made = variant.make(sandbox);
			change(made);
			return made;
		},
	})),
});

/** The node's operations with another default for a field of one. */
function withDefault(row: Row, name: string, usual: object): Operations {
	const resource = RESOURCES[row.resource];
	const operations = resource.operations.map((one) => ({
		...one,
		properties: one.properties.map((field) =>
			one.value === row.operation && field.name === name
				? { ...field, default: usual as INodeParameters }
				: field,
		),
	}));
	return { ...RESOURCES, [row.resource]: { ...resource, operations } };
}

it('has one row for every operation, with all that the suites need, and no other', () => {
	expect(gapsOf(ROWS)).toEqual([]);
});

describe.each(EACH_ROW)('%s', (name, row) => {
	const [field] = Object.keys(row.badInput);

	it('is missed when its row is taken away', () => {
		expect(gapsOf(ROWS.filter((one) => one !== row))).toEqual([`rows: ${name} is missing`]);
	});

	it('is missed when it is one of the node no longer', () => {
		const { operations } = RESOURCES[row.resource];
		const others = operations.filter(({ value }) => value !== row.operation);
		const without = {
			...RESOURCES,
			[row.resource]: { ...RESOURCES[row.resource], operations: others },
		};
		expect(gapsOf(ROWS, without)).toEqual([`rows: ${name} is not known`]);
	});

	it('is missed when no sample has a value for a field', () => {
		const other = withSamples(row, ({ sample }) => delete sample[field]);
		expect(gapsOf(withRow(row, other))).toContain(`${name}, samples: ${field} is missing`);
	});

	it('is missed when a sample has a field too many', () => {
		const other = withSamples(row, ({ sample }) => Object.assign(sample, { more: 1 }));
		expect(gapsOf(withRow(row, other))).toEqual([`${name}, samples: more is not known`]);
	});

	it('is missed when a field is at its default in all samples, whatever the order of its names', () => {
		const operations = withDefault(row, field, { one: 1, two: { three: 3, four: 4 } });
		const same = { two: { four: 4, three: 3 }, one: 1 };
		const other = withSamples(row, ({ sample }) => Object.assign(sample, { [field]: same }));
		expect(gapsOf(withRow(row, other), operations)).toContain(
			`${name}, at default: ${field} is missing`,
		);
	});

	it('is missed when it has no bad input for a field', () => {
		const badInput = { ...row.badInput };
		delete badInput[field];
		expect(gapsOf(withRow(row, { ...row, badInput }))).toEqual([
			`${name}, bad input: ${field} is missing`,
		]);
	});

	it('is missed when it makes the same sample twice', () => {
		const variants = row.variants.map((variant) => {
			const made = variant.make(harness.sandbox);
			return { ...variant, make: () => made };
		});
		expect(gapsOf(withRow(row, { ...row, variants }))).toHaveLength(variants.length);
	});
});
