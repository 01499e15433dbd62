import type { IDataObject, INodePropertyOptions } from 'n8n-workflow';

import { startHarness, type Harness } from '../engine/harness';
import { EACH_ROW, fieldsOf, parametersOf, valueIn, withValue } from './operations';

let harness: Harness;
beforeAll(async () => {
	harness = await startHarness();
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
		harness.sandbox.journal.length = 0;
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

const CHOICES = FIELDS.filter(
	([, , , { field }]) => /^(options|multiOptions)$/.test(field.type) && field.options !== undefined,
);

describe.each(CHOICES)('%s: %s', (_operation, displayName, row, place) => {
	it('takes every choice that it offers, and each is another', async () => {
		const choices = (place.field.options as INodePropertyOptions[]).map(({ value }) => value);
		expect(new Set(choices).size).toBe(choices.length);
		const samples = row.variants.map(({ make }) => make(harness.sandbox).sample);
		// Several choices may also be written as one text.
		const chosen = samples
			.flatMap((sample) => valueIn(sample, place) ?? [])
			.flatMap((value) =>
				place.field.type === 'multiOptions' ? String(value).toUpperCase().split(/,\s*/) : [value],
			);
		const isText = place.field.type === 'multiOptions';
		const offered = choices.map((value) => (isText ? String(value).toUpperCase() : value));
		expect(offered).toEqual(expect.arrayContaining(chosen));
		const parameters = parametersOf(row, withValue(samples[0], place, '={{ $json.value }}'));
		const { json } = await harness.engine.run(
			[{ name: 'Node', parameters, onError: 'continueRegularOutput' }],
			choices.map((value) => ({ value: place.field.type === 'options' ? value : [value] })),
		);
		const refused = json('Node').filter(({ error }) => String(error).startsWith(displayName));
		expect(refused).toEqual([]);
	});
});
