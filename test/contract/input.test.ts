import type { IDataObject } from 'n8n-workflow';

import { startHarness, type Harness } from '../engine/harness';
import { fieldsOf, nameOf, sampleWith } from './operations';
import { ROWS } from './rows';

let harness: Harness;
beforeAll(async () => {
	harness = await startHarness();
});
beforeEach(() => {
	harness.sandbox.journal.length = 0;
});
afterAll(async () => await harness.close());

const FIELDS = ROWS.flatMap((row) =>
	fieldsOf(row).map(({ name, displayName }) => [nameOf(row), displayName, row, name] as const),
);

describe.each(FIELDS)('%s: %s', (_operation, displayName, row, name) => {
	it('refuses by its name what it cannot take, item by item, and nothing is sent', async () => {
		const { values, message, within = (value: string) => value } = row.badInput[name];
		const parameters = sampleWith(row, harness.sandbox, name, within('={{ $json.value }}'));
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
