import { businessError } from '../../sandbox';
import type { Outcome, Step } from '../engine/engine';
import { startHarness, type Harness } from '../engine/harness';
import { tunable } from '../engine/tunable';
import { EACH_VARIANT } from './operations';
import { sourcesOf, Trial } from './trial';

const { TIMEOUTS } = tunable();

let harness: Harness;
beforeEach(async () => {
	Object.assign(TIMEOUTS, { pauseMs: 5, settleMs: 5, lateMs: 5 });
	harness = await startHarness();
});
afterEach(async () => await harness.close());

const REPEATED = /earlier try of this execution; nothing was sent again/;
const RETRY_ON_FAIL: Partial<Step> = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

describe.each(EACH_VARIANT)('%s', (_name, row, variant) => {
	const { code, msg, status } = variant.refusal;
	const isWrite = variant.afterLoss !== 'repeats';

	/** Two items: the first is done, the second is refused once. */
	function secondRefused(): Trial {
		const trial = new Trial(harness, row, variant, 2);
		trial.disturb(1, businessError(code, msg, { status }));
		return trial;
	}

	/** Each was done once, whatever was tried again, and the output says so. */
	function expectOnce(trial: Trial, { items, error }: Outcome): void {
		expect(error).toBeUndefined();
		const outputs = items('Node');
		expect([...new Set(sourcesOf(outputs))]).toEqual([0, 1]);
		expect(trial.foreignIn(outputs)).toEqual([]);
		expect(trial.sent(1)).toBe(2);
		if (!isWrite) {
			// What was read may have changed since.
			expect(trial.sent(0)).toBe(2);
			for (const { json } of outputs) expect(json).not.toHaveProperty('note');
			return;
		}
		expect(trial.sent(0)).toBe(1);
		expect(trial.cases.flatMap(({ effects }) => effects!()).filter((times) => times !== 1)).toEqual(
			[],
		);
		for (const { json, pairedItem } of outputs) {
			const { item } = pairedItem as { item: number };
			if (item === 0) expect(json.note).toMatch(REPEATED);
			else expect(json).not.toHaveProperty('note');
		}
	}

	it('does each item once with Retry On Fail', async () => {
		const trial = secondRefused();
		const outcome = await harness.engine.run([trial.node(RETRY_ON_FAIL)], trial.input());
		expectOnce(trial, outcome);
	});

	it('does each item once with the Retry button', async () => {
		const trial = secondRefused();
		const first = await harness.engine.run([trial.node()], trial.input());
		expect(first.error).toMatchObject({ context: { data: { code } } });
		expectOnce(trial, await harness.engine.retry([trial.node()], first));
	});

	it('does it again in a new run', async () => {
		const trial = new Trial(harness, row, variant);
		await harness.engine.run([trial.node()], trial.input());
		await harness.engine.run([trial.node({ onError: 'continueRegularOutput' })], trial.input());
		const [{ requests }] = trial.cases;
		expect(trial.journal().length).toBeGreaterThan(requests.length);
	});

	if (variant.afterLoss !== 'gives up') return;

	it('sends nothing again with Retry On Fail where nobody knows what became of it', async () => {
		const trial = new Trial(harness, row, variant);
		trial.disturb(0, { kind: 'reset', when: 'after' });
		const { error } = await harness.engine.run([trial.node(RETRY_ON_FAIL)], trial.input());
		expect(error?.message).toMatch(/not known/);
		expect(trial.sent(0)).toBe(1);
	});

	it('sends it again with the Retry button, which is the decision of a person', async () => {
		const trial = new Trial(harness, row, variant);
		trial.disturb(0, { kind: 'reset', when: 'before' });
		const first = await harness.engine.run([trial.node()], trial.input());
		const { json, error } = await harness.engine.retry([trial.node()], first);
		expect(error).toBeUndefined();
		expect(trial.sent(0)).toBe(2);
		for (const { note } of json('Node')) expect(note).toMatch(/retried by hand/);
	});
});
