import type { IDataObject } from 'n8n-workflow';

import { startHarness, type Harness } from '../engine/harness';
import { EACH_ROW, fieldsOf, parametersOf, valueIn, withValue } from './operations';

let harness: Harness;
beforeAll(async () => {
	harness = await startHarness();
});
beforeEach(() => {
	harness.sandbox.journal.length = 0;
});
afterAll(async () => await harness.close());

const FIELDS = EACH_ROW.flatMap(([operation, row]) =>
	fieldsOf(row).map((place) => [operation, place.field.displayName, row, place] as const),
);

describe.each(FIELDS)('%s: %s', (_operation, displayName, row, place) => {
	it('refuses by its name what it cannot take, item by item, and nothing is sent', async () => {
		const { values, message, within = (value: string) => value } = row.badInput[place.field.name];
		const samples = row.variants.map(({ make }) => make(harness.sandbox).sample);
		const sample = samples.find((one) => valueIn(one, place) !== undefined)!;
		const parameters = parametersOf(row, withValue(sample, place, within('={{ $json.value }}')));
		const { json, error } = await harness.engine.run(
			[{ name: 'Node', parameters, onError: 'continueRegularOutput' }],
			values.map((value) => ({ value }) as IDataObject),
		);
		expect(error).toBeUndefined();
		const refused = json('Node').map(({ error: said }) => String(said));
		expect(refused).toHaveLength(values.length);
		for (const [index, said] of refused.entries()) {
			const value = JSON.stringify(values[index]);
			expect(`${value}: ${said.slice(0, displayName.length)}`).toBe(`${value}: ${displayName}`);
			expect(`${said.slice(displayName.length + 1)}`).toMatch(message);
		}
		for (const { description } of json('Node')) expect(description).toMatch(/\w/);
		expect(harness.sandbox.journal).toEqual([]);
	});
});
