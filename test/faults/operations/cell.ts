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
import { COLUMNS, type Column, type Expected } from './columns';
import { added, judge } from './judge';

/** No cell takes half as long (ms); a wait without bounds must not stop the others. */
const LONGEST_MS = 60_000;
/** How long (ms) requests may take that are on their way when a run ends. */
const ON_THEIR_WAY_MS = 150;
const CONTINUE: Partial<Step> = { onError: 'continueRegularOutput' };
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
		const first = await this.attempt(0, expected, async ({ engine }, trial) => {
			return await engine.run([trial.node(CONTINUE)], trial.input());
		});
		if (!first.word.startsWith('error')) return [first];
		const { retried = expected } = expected;
		// The first item has been done when the second meets the fault.
		return [
			first,
			await this.attempt(1, retried, async ({ engine }, trial) => {
				return await engine.run([trial.node(RETRY_ON_FAIL)], trial.input());
			}),
			await this.attempt(1, retried, async ({ engine }, trial) => {
				const steps = [trial.node()];
				const stopped = await engine.run(steps, trial.input());
				this.leaks.takeRun(stopped);
				// What nobody knows is sent again only if a person decides so.
				const isKnown = !/not known/.test(String(stopped.error?.message));
				return isKnown ? await engine.retry(steps, stopped) : stopped;
			}),
		];
	}

	/** Lets the fault happen to one of two items that are new to the platform. */
	private async attempt(
		target: 0 | 1,
		expected: Expected,
		run: (harness: Harness, trial: Trial) => Promise<Outcome>,
	): Promise<Measured> {
		const { harness, row, variant, column, leaks } = this;
		const trial = new Trial(harness, row, variant, 2);
		// This stores a token, too.
		const undisturbed =
			variant.afterLoss === 'repeats'
				? await harness.engine.run([trial.node()], trial.input())
				: await harness.get({ instanceCode: harness.sandbox.addInstance().instance_code });
		harness.sandbox.journal.length = 0;
		trial.disturb(target, column.fault(variant, harness.sandbox));
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
	const words = retried.map(({ word }) => (word === first.word ? 'not sent again' : word));
	const word = [first.word, ...new Set(words)].join('; retried: ');
	return added([first, ...retried], word, ['', 'Retry On Fail: ', 'Retry: ']);
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

/** Runs every variant of an operation with every fault, at once. */
export async function runOperation(row: Row, leaks: Leaks): Promise<Measured[][]> {
	setTimeouts();
	const cellsOf = async (variant: Variant) =>
		await Promise.all(COLUMNS.map(async (column) => await runCell(row, variant, column, leaks)));
	return await leaks.during(async () => await Promise.all(row.variants.map(cellsOf)));
}
