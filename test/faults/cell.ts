/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { setTimeout as wait } from 'node:timers/promises';

import type { Outcome, Running, Step } from '../engine/engine';
import type { Operation } from './items';
import { judge, type Measured } from './judge';
import type { Leaks } from './leaks';
import { setTimeouts } from './timeouts';
import type { Row } from './row';
import { World } from './world';

/** How many approvals a run is about, if the row says nothing else. */
const APPROVALS = 3;
export const OPERATIONS: Operation[] = ['get', 'cc', 'skip', 'combine', 'retried'];
/** So often somebody presses Retry. */
const MOST_PRESSES = 3;
/** No run takes half as long (ms); a wait without bounds must not stop the other cells. */
const LONGEST_MS = 60_000;
/** A cancelled run has to be over by then (ms): before what it waits for is. */
const CANCELLED_BY_MS = 2_500;
/** How long (ms) requests may take that are on their way when a run ends or is cancelled. */
const ON_THEIR_WAY_MS = 150;
/** By then (ms) the platform has noticed that nobody listens to its answer any more. */
const NOTICED_BY_MS = 800;

/** The outcome of a run, or nothing if it takes longer than `ms`. */
async function withTimeout(ms: number, { outcome, cancel }: Running): Promise<Outcome | undefined> {
	const over = new AbortController();
	const deadline = wait(ms, undefined, { signal: over.signal }).then(cancel, () => undefined);
	const first = await Promise.race([outcome, deadline]);
	over.abort();
	return first ?? undefined;
}

/** How many requests came until the run was cancelled, or else ended. */
async function countSent({ sandbox }: World): Promise<number> {
	await wait(ON_THEIR_WAY_MS);
	return sandbox.journal.length;
}

/** What becomes of a run when somebody presses Retry, unless the error says that nobody knows. */
async function retried(world: World, steps: Step[], first: Outcome): Promise<Outcome> {
	let outcome = first;
	for (let press = 0; world.operation === 'retried' && press < MOST_PRESSES; press++) {
		const { message } = outcome.error ?? {};
		if (message === undefined || /not known/.test(message)) break;
		outcome = await world.engine.retry(steps, outcome);
	}
	return outcome;
}

async function outcomeOf(world: World, { cancelled }: Row): Promise<[Outcome | undefined, number]> {
	const steps = [world.step(), { name: 'Sink', type: 'sink' }];
	const running = world.engine.start(steps, world.input());
	if (!cancelled) {
		const outcome = await withTimeout(LONGEST_MS, running);
		return [outcome && (await retried(world, steps, outcome)), await countSent(world)];
	}
	while (world.hits === 0) await wait(10);
	await wait(100);
	running.cancel();
	return await Promise.all([withTimeout(CANCELLED_BY_MS, running), countSent(world)]);
}

/** What became of a run that did not end, or in which something is badly broken. */
function wrecked(what: string, { items: { length } }: World): Measured {
	return { word: what, items: length, cutOff: 0, lost: length, twice: 0, problems: [what] };
}

/** How many calls nobody waits for any more, though the connection is still there. */
async function countAbandoned(world: World, { cancelled }: Row): Promise<number> {
	// A cancelled run does not end an exchange that other runs may share.
	const count = () =>
		world.open.filter(({ endpoint }) => !cancelled || endpoint !== 'exchange').length;
	for (let ms = 0; count() > 0 && ms < NOTICED_BY_MS; ms += 20) await wait(20);
	return count();
}

async function measure(world: World, row: Row, leaks: Leaks): Promise<Measured> {
	const [outcome, sent] = await outcomeOf(world, row);
	if (outcome === undefined) return wrecked('it did not end', world);
	const abandoned = await countAbandoned(world, row);
	await wait(row.lateMs ?? 0);
	const measured = judge(world, row, outcome);
	if (abandoned > 0) measured.problems.push(`${abandoned} calls given up, but not hung up`);
	if (world.sandbox.journal.length > sent) {
		measured.problems.push('something was sent after the end');
	}
	leaks.takeRun(outcome);
	for (const { requests } of world.strangers) leaks.take(...requests);
	for (const { path, rawQuery } of world.sandbox.journal) leaks.take(path, rawQuery);
	return measured;
}

/** Runs one operation while the fault happens to it. */
async function runCell(row: Row, operation: Operation, leaks: Leaks): Promise<Measured> {
	const world = await World.open(operation, row.approvals ?? APPROVALS, leaks);
	try {
		if (!row.cold) await world.warmUp();
		world.refuseExtra();
		await row.arrange(world);
		return await measure(world, row, leaks);
	} catch (error) {
		return wrecked(`it broke: ${String(error)}`, world);
	} finally {
		await world.close();
	}
}

/** Runs all operations at once while the fault happens to each of them. */
export async function runRow(row: Row, leaks: Leaks): Promise<Measured[]> {
	setTimeouts(row.timeouts);
	return await leaks.during(
		async () =>
			await Promise.all(OPERATIONS.map(async (operation) => await runCell(row, operation, leaks))),
	);
}
