import { rateLimited, SANDBOX_APP } from '../../sandbox';
import { startHarness, type Harness } from '../engine/harness';
import { tunable } from '../engine/tunable';
import { EACH_VARIANT } from './operations';
import { Trial } from './trial';

const { TIMEOUTS } = tunable();

const started: Harness[] = [];
const start = async () => {
	const harness = await startHarness();
	started.push(harness);
	return harness;
};
beforeEach(() => {
	Object.assign(TIMEOUTS, { pauseMs: 5, settleMs: 5, lateMs: 5 });
});
afterEach(async () => {
	for (const harness of started.splice(0)) await harness.close();
});

describe.each(EACH_VARIANT)('%s', (_name, row, variant) => {
	it('replaces a token that was revoked, once for all items', async () => {
		const harness = await start();
		const before = new Trial(harness, row, variant);
		await harness.engine.run([before.node()], before.input());
		const { tokens, journal } = harness.sandbox;
		journal.length = 0;
		const trial = new Trial(harness, row, variant, 3);
		trial.disturb(0, { kind: 'run', do: () => tokens.revoke(SANDBOX_APP.app_id) });
		const { error } = await harness.engine.run([trial.node()], trial.input());
		expect(error).toBeUndefined();
		expect(harness.sandbox.calls('exchange')).toHaveLength(1);
		expect(trial.sent(0)).toBe(2);
		for (const item of [0, 1, 2]) {
			for (const times of trial.effects(item)) expect(times).toBe(1);
		}
	});

	it.each(['before', 'after'] as const)(
		`${variant.afterLoss} after an answer that got lost %s the work`,
		async (when) => {
			const harness = await start();
			const trial = new Trial(harness, row, variant);
			trial.disturb(0, { kind: 'reset', when });
			const { error, items } = await harness.engine.run([trial.node()], trial.input());
			const wasDone = when === 'after' ? 1 : 0;
			if (variant.afterLoss === 'gives up') {
				expect(trial.sent(0)).toBe(1);
				expect(error?.message).toMatch(/not known/);
				for (const times of trial.effects(0)) expect(times).toBe(wasDone);
				return;
			}
			expect(error).toBeUndefined();
			expect(items('Node')).not.toEqual([]);
			const isRepeated = variant.afterLoss !== 'reads back' || when === 'before';
			expect(trial.sent(0)).toBe(isRepeated ? 2 : 1);
			for (const times of trial.effects(0)) expect(times).toBe(1);
			if (variant.afterLoss !== 'repeats') {
				for (const { json } of items('Node')) expect(json.note).toMatch(/\w/);
			}
		},
	);
});

// All at once: each waits for a second and more.
it('waits for a limit that it meets, whatever the operation', async () => {
	await Promise.all(
		EACH_VARIANT.map(async ([name, row, variant]) => {
			const harness = await start();
			const trial = new Trial(harness, row, variant);
			trial.disturb(0, rateLimited(1));
			const { error } = await harness.engine.run([trial.node()], trial.input());
			const [first, second] = harness.sandbox.calls(variant.endpoint);
			expect({
				name,
				error,
				sent: trial.sent(0),
				effects: trial.effects(0).filter((times) => times !== 1),
			}).toEqual({ name, error: undefined, sent: 2, effects: [] });
			expect(second.at - first.at).toBeGreaterThanOrEqual(1_000);
		}),
	);
});
