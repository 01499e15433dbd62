/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { setTimeout as wait } from 'node:timers/promises';

import type { Row, Variant } from '../../contract/row';
import { Trial } from '../../contract/trial';
import type { Outcome, Step } from '../../engine/engine';
import { startHarness, type Harness } from '../../engine/harness';
import type { Measured } from '../judge';
import type { Leaks } from '../leaks';
import { setTimeouts } from '../timeouts';
import { guardSecrets } from '../world';
import type { Column, Expected } from './columns';
import { added, judge, judgeCancelled } from './judge';
import { Scene } from './scene';

/** No cell takes half as long (ms); a wait without bounds must not stop the others. */
const LONGEST_MS = 60_000;
/** How long (ms) requests may take that are on their way when a run ends. */
const ON_THEIR_WAY_MS = 150;
/** Every call meets its fault by then (ms), if it ever does. */
const MET_BY_MS = 20_000;
/** After a cancelled run whatever it should not do would have been done by then (ms). */
const LATE_MS = 2_000;
const CONTINUE: Partial<Step> = { onError: 'continueRegularOutput' };
/** What tries again, in order. */
const RETRIES = ['Retry On Fail', 'Retry button'];
const RETRY_ON_FAIL: Partial<Step> = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

/** What becomes of one variant of an operation while a fault happens to it. */
class Cell {
	constructor(
		private readonly harness: Harness,
		private readonly row: Row,
		private readonly variant: Variant,
		private readonly column: Column,
		private readonly leaks: Leaks,
	) {}

	/** A run goes on after the fault; if it was an error, it is tried again in two more. */
	async measure(): Promise<Measured[]> {
		const expected = this.column.expected(this.variant);
		if (this.column.isCancelled) return [await this.cancel()];
		const first = await this.attempt(0, expected, async ({ engine }, trial) => {
			return await engine.run([trial.node(CONTINUE)], trial.input());
		});
		if (!first.word.startsWith('error')) return [first];
		const { retried = expected } = expected;
		const { byHand = retried } = expected;
		// The first item has been done when the second meets the fault.
		const byItself = await this.attempt(1, retried, async ({ engine }, trial) => {
			return await engine.run([trial.node(RETRY_ON_FAIL)], trial.input());
		});
		// Where nobody can look but a person, that person decides.
		const isDecision = this.variant.afterLoss === 'gives up' && /not known/.test(first.word);
		if (isDecision && expected.byHand === undefined) return [first, byItself];
		const pressed = await this.attempt(1, byHand, async ({ engine }, trial) => {
			const steps = [trial.node()];
			const stopped = await engine.run(steps, trial.input());
			this.leaks.takeRun(stopped);
			return await engine.retry(steps, stopped);
		});
		return [first, byItself, pressed];
	}

	/** A run that is cancelled while it waits for the answer to the first item's call. */
	private async cancel(): Promise<Measured> {
		const { harness, leaks, column } = this;
		const { sandbox } = harness;
		const [trial, scene] = await this.prepare(0);
		column.arrange(scene);
		const steps = [trial.node(CONTINUE), { name: 'Sink', type: 'sink' }];
		const running = harness.engine.start(steps, trial.input());
		for (let ms = 0; scene.hits === 0 && ms < MET_BY_MS; ms += 5) await wait(5);
		running.cancel();
		const outcome = await running.outcome;
		await wait(ON_THEIR_WAY_MS);
		const sent = sandbox.journal.length;
		await wait(LATE_MS);
		leaks.takeRun(outcome);
		return judgeCancelled(trial, outcome, sandbox.journal.length - sent);
	}

	/** Two items that are new to the platform, and what may happen to one of them. */
	private async prepare(target: 0 | 1): Promise<[Trial, Scene, Outcome]> {
		const { harness, row, variant } = this;
		const trial = new Trial(harness, row, variant, 2);
		// This stores a token, too.
		const undisturbed =
			variant.afterLoss === 'repeats'
				? await harness.engine.run([trial.node()], trial.input())
				: await harness.get({ instanceCode: harness.sandbox.addInstance().instance_code });
		harness.sandbox.journal.length = 0;
		return [trial, new Scene(harness.sandbox, variant, trial, target), undisturbed];
	}

	/** Lets the fault happen to one of two items that are new to the platform. */
	private async attempt(
		target: 0 | 1,
		expected: Expected,
		run: (harness: Harness, trial: Trial) => Promise<Outcome>,
	): Promise<Measured> {
		const { harness, variant, column, leaks } = this;
		const [trial, scene, undisturbed] = await this.prepare(target);
		column.arrange(scene);
		const outcome = await run(harness, trial);
		await wait(ON_THEIR_WAY_MS);
		leaks.takeRun(outcome);
		for (const { path, rawQuery } of harness.sandbox.journal) leaks.take(path, rawQuery);
		const reference = undisturbed.items('Node');
		return judge({ variant, trial, target, outcome, reference }, expected);
	}
}

/** One word for a run and what became of the same when it was tried again. */
function summedUp([first, ...retried]: Measured[]): Measured {
	const words = retried.map(({ word, sent = 0 }) => {
		if (word !== first.word) return word;
		return sent > (first.sent ?? 0) ? 'the same' : 'not sent again';
	});
	const [byItself, byHand] = words;
	const isAlike = words.length === 2 && byItself === byHand;
	const said = isAlike
		? [`retried: ${byItself}`]
		: words.map((word, index) => `${RETRIES[index]}: ${word}`);
	const word = [first.word, ...said].join('; ');
	return added([first, ...retried], word, ['', ...RETRIES.map((name) => `${name}: `)]);
}

function wrecked(what: string): Measured {
	return { word: what, items: 2, cutOff: 0, lost: 2, twice: 0, problems: [what] };
}

async function runCell(
	row: Row,
	variant: Variant,
	column: Column,
	leaks: Leaks,
): Promise<Measured> {
	const harness = await startHarness();
	guardSecrets(harness.sandbox, leaks);
	const over = new AbortController();
	try {
		return await Promise.race([
			new Cell(harness, row, variant, column, leaks).measure().then(summedUp),
			wait(LONGEST_MS, wrecked('it did not end'), { signal: over.signal }),
		]);
	} catch (error) {
		return wrecked(`it broke: ${String(error)}`);
	} finally {
		over.abort();
		await harness.close();
	}
}

/** Runs every variant of an operation with every fault of the columns, at once. */
export async function runOperation(
	row: Row,
	columns: Column[],
	leaks: Leaks,
): Promise<Measured[][]> {
	setTimeouts(Object.assign({}, ...columns.map(({ timeouts }) => timeouts)));
	const cellsOf = async (variant: Variant) =>
		await Promise.all(columns.map(async (column) => await runCell(row, variant, column, leaks)));
	return await leaks.during(async () => await Promise.all(row.variants.map(cellsOf)));
}
