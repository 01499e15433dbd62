import fc from 'fast-check';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { startHarness, type Harness } from '../engine/harness';
import { tunable } from '../engine/tunable';
import { expectJson, expectNothingPolluted, GENERATED, judgeEach } from '../hostile/judge';
import { anyValue } from '../hostile/values';
import { EACH_VARIANT, fieldsOf, valueIn, withValue } from './operations';
import { sourcesOf, Trial, wordsIn } from './trial';

const { LIMITS, TIMEOUTS } = tunable();
const ITEMS = 60;

let harness: Harness;
beforeEach(async () => {
	for (const name of Object.keys(LIMITS)) LIMITS[name as keyof typeof LIMITS] = [];
	Object.assign(TIMEOUTS, { pauseMs: 1, settleMs: 1, lateMs: 1 });
	harness = await startHarness({ limits: false });
});
afterEach(async () => await harness.close());

describe.each(EACH_VARIANT)('%s', (_name, row, variant) => {
	it('answers every item in its place, whatever its fields hold', async () => {
		const trial = new Trial(harness, row, variant, ITEMS);
		const [{ sample: first }] = trial.cases;
		const places = fieldsOf(row).filter((place) => valueIn(first, place) !== undefined);
		const names = places.map(({ field }) => field.name);
		const anyValues = fc.record(Object.fromEntries(names.map((name) => [name, anyValue])), {
			requiredKeys: [],
		});
		const oneValue = fc.tuple(fc.constantFrom(...names), anyValue);
		// Most fields are right, so that the others are reached.
		const changes = fc.sample(
			fc.oneof(
				fc.constant({}),
				oneValue.map(([name, value]) => ({ [name]: value })),
				anyValues,
			),
			{ ...GENERATED, numRuns: ITEMS },
		) as IDataObject[];
		const samples = trial.cases.map(({ sample }, item) =>
			places
				.filter(({ field }) => Object.hasOwn(changes[item], field.name))
				.reduce<INodeParameters>(
					(changed, place) => withValue(changed, place, changes[item][place.field.name] as string),
					sample,
				),
		);

		const { items: outputs, error } = await harness.engine.run(
			[trial.node({ onError: 'continueRegularOutput' })],
			samples.map((sample, item) => ({
				json: { sample },
				binary: { ...trial.cases[item].binary },
			})),
		);
		expect(error).toBeUndefined();
		const answered = [...new Set(sourcesOf(outputs('Node')))];
		const all = samples.map((_sample, item) => item);
		expect(answered).toEqual(variant.isList ? all.filter((one) => answered.includes(one)) : all);
		expectNothingPolluted();

		const asked = trial.journal().map(({ path, rawQuery, rawBody }) => path + rawQuery + rawBody);
		const isFieldRefused = ({ error: said, feishu_error: explained }: IDataObject) =>
			explained !== undefined &&
			places.some(({ field }) => String(said).startsWith(`${field.displayName} `));
		const successes = new Set<number>();
		const refused = new Set<number>();
		judgeEach(outputs('Node'), ({ json, pairedItem }) => {
			const { item } = pairedItem as { item: number };
			expectJson(json);
			if (Object.keys(changes[item]).length === 0) {
				expect(json).not.toHaveProperty('feishu_error');
				successes.add(item);
			} else if (isFieldRefused(json)) {
				refused.add(item);
				// What is left of the item's own things is in no request.
				const own = wordsIn(samples[item]).filter((word) => trial.ownWords(item).includes(word));
				for (const word of own) expect(asked.filter((text) => text.includes(word))).toEqual([]);
			} else if (json.feishu_error !== undefined) expect(String(json.error)).toMatch(/\w/);
		});
		const untouched = all.filter((item) => Object.keys(changes[item]).length === 0);
		expect([...successes]).toEqual(untouched);
		expect(successes.size).toBeGreaterThan(ITEMS / 5);
		expect(refused.size).toBeGreaterThan(ITEMS / 10);

		// Nothing but what such an operation calls was asked for, and not for those who were refused.
		const allowed = [
			...['exchange', 'getUserIds', 'getUsers', 'get', 'getDefinition', 'listComments', 'other'],
		];
		const endpoints = new Set(harness.sandbox.journal.map(({ endpoint }) => endpoint));
		expect(
			[...endpoints].filter((endpoint) => ![...allowed, variant.endpoint].includes(endpoint)),
		).toEqual([]);
		const most = trial.cases
			.filter((_case, item) => !refused.has(item))
			.flatMap(({ requests }) => requests).length;
		expect(
			trial.journal().filter(({ endpoint }) => endpoint === variant.endpoint).length,
		).toBeLessThanOrEqual(most);
	}, 120_000);
});
