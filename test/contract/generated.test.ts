import fc from 'fast-check';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { startHarness, type Harness } from '../engine/harness';
import { tunable } from '../engine/tunable';
import { expectJson, expectNothingPolluted, GENERATED } from '../hostile/judge';
import { anyValue } from '../hostile/values';
import { fieldsOf, isOption, nameOf } from './operations';
import { ROWS } from './rows';

const { LIMITS, TIMEOUTS } = tunable();
const ITEMS = 300;

let harness: Harness;
beforeEach(async () => {
	for (const name of Object.keys(LIMITS)) LIMITS[name as keyof typeof LIMITS] = [];
	Object.assign(TIMEOUTS, { pauseMs: 1, settleMs: 1, lateMs: 1 });
	harness = await startHarness({ limits: false });
});
afterEach(async () => await harness.close());

describe.each(ROWS.map((row) => [nameOf(row), row] as const))('%s', (_name, row) => {
	it('answers every item in its place, whatever its fields hold', async () => {
		const sample = row.sample(harness.sandbox);
		const good: Record<string, unknown> = { ...sample, ...sample.options };
		const names = fieldsOf(row).map(({ name }) => name);
		// Most fields are right, so that the others are reached.
		const any = fc.record(
			Object.fromEntries(
				names.map((name) => [
					name,
					fc.oneof({ arbitrary: fc.constant(good[name]), weight: 4 }, anyValue),
				]),
			),
		);
		const items = fc.sample(any, { ...GENERATED, numRuns: ITEMS }) as IDataObject[];
		const parameters: INodeParameters = { resource: row.resource, operation: row.operation };
		const options: INodeParameters = {};
		for (const name of names) {
			const expression = `={{ $json[${JSON.stringify(name)}] }}`;
			if (isOption(row, name)) options[name] = expression;
			else parameters[name] = expression;
		}
		const { items: outputs, error } = await harness.engine.run(
			[
				{
					name: 'Node',
					parameters: { ...parameters, options },
					onError: 'continueRegularOutput',
				},
			],
			items,
		);
		expect(error).toBeUndefined();
		const answered = new Set<unknown>();
		for (const { json, pairedItem } of outputs('Node')) {
			expectJson(json);
			answered.add((pairedItem as { item: number }).item);
			if (json.error !== undefined && json.feishu_error !== undefined) {
				expect(String(json.error)).toMatch(/\w/);
			}
		}
		expect([...answered]).toEqual(items.map((_, item) => item));
		expectNothingPolluted();
		// Nothing but what such an operation calls was asked for.
		const allowed = [
			'exchange',
			'getUserIds',
			'getUsers',
			'get',
			'listComments',
			row.endpoint,
			'other',
		];
		const asked = new Set(harness.sandbox.journal.map(({ endpoint }) => endpoint));
		expect([...asked].filter((endpoint) => !allowed.includes(endpoint))).toEqual([]);
	}, 120_000);
});
