import type { IConnections } from 'n8n-workflow';

import { businessError } from '../../sandbox';
import type { Step } from '../engine/engine';
import { startHarness, type Harness } from '../engine/harness';
import { EACH_VARIANT } from './operations';
import { sourcesOf, Trial } from './trial';

let harness: Harness;
beforeEach(async () => {
	harness = await startHarness();
});
afterEach(async () => await harness.close());

const to = (node: string) => [{ node, type: 'main' as const, index: 0 }];
const BOTH_OUTPUTS: IConnections = {
	Start: { main: [to('Node')] },
	Node: { main: [to('Good'), to('Bad')] },
};
const SINKS: Step[] = [
	{ name: 'Good', type: 'sink' },
	{ name: 'Bad', type: 'sink' },
];

describe.each(EACH_VARIANT)('%s', (_name, row, variant) => {
	const { code, msg, status, words } = variant.refusal;

	/** Four items, every other of which Feishu refuses. */
	function mixed(): Trial {
		const trial = new Trial(harness, row, variant, 4);
		for (const refused of [1, 3]) {
			trial.disturb(refused, businessError(code, msg, { status }), Infinity);
		}
		return trial;
	}

	/** What was not refused was done, once; what was refused was asked once. */
	function expectAllHandled(trial: Trial): void {
		for (const item of [0, 2]) {
			for (const times of trial.effects(item)) expect(times).toBe(1);
		}
		for (const item of [1, 3]) {
			expect(trial.sent(item)).toBe(1);
			for (const times of trial.effects(item)) expect(times).toBe(0);
		}
	}

	it('goes on after refusals: each item in its place and paired with its own', async () => {
		const trial = mixed();
		const { items, error } = await harness.engine.run(
			[trial.node({ onError: 'continueRegularOutput' })],
			trial.input(),
		);
		expect(error).toBeUndefined();
		const outputs = items('Node');
		const sources = sourcesOf(outputs);
		expect([...new Set(sources)]).toEqual([0, 1, 2, 3]);
		expect(sources).toEqual([...sources].sort());
		for (const [index, { json }] of outputs.entries()) {
			if (sources[index] % 2 === 0) expect(json).not.toHaveProperty('feishu_error');
			else expect(json).toMatchObject({ code, http_status: status, log_id: expect.any(String) });
		}
		expect(trial.foreignIn(outputs)).toEqual([]);
		expectAllHandled(trial);
	});

	it('sends what was refused to the error output, with its own fields', async () => {
		const trial = mixed();
		const { items, error } = await harness.engine.run(
			[trial.node({ onError: 'continueErrorOutput' }), ...SINKS],
			trial.input(),
			BOTH_OUTPUTS,
		);
		expect(error).toBeUndefined();
		const [good, bad] = [items('Node', 0), items('Node', 1)];
		expect([...new Set(sourcesOf(good))]).toEqual([0, 2]);
		for (const { json } of good) expect(json).not.toHaveProperty('feishu_error');
		const input = trial.fields();
		expect(bad).toMatchObject(
			[1, 3].map((item) => ({
				json: { ...input[item], feishu_error: { code, http_status: status } },
				pairedItem: { item },
			})),
		);
		expect(bad).toHaveLength(2);
		expect(trial.foreignIn([...good, ...bad])).toEqual([]);
		expectAllHandled(trial);
	});

	it('stops at a refusal, explains it and says which item it was', async () => {
		const trial = new Trial(harness, row, variant, 3);
		trial.disturb(1, businessError(code, msg, { status }), Infinity);
		const { error } = await harness.engine.run([trial.node()], trial.input());
		expect(error).toMatchObject({
			httpCode: String(status),
			context: { itemIndex: 1, data: { code, msg, http_status: status } },
		});
		expect(`${error!.message} ${error!.description}`).toMatch(words);
		expect(error!.description).toContain(`(code ${code}, HTTP ${status}, log ID `);
		if (variant.afterLoss !== 'repeats') expect(trial.sent(2)).toBe(0);
	});
});
