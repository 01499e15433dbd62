/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, no-console -- a command for a terminal */
import './soak/quiet';

import { randomInt } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';

import { Engine } from '../engine/engine';
import { credentialFor } from '../engine/harness';
import { startSandbox, type JournalEntry, type Sandbox } from '../../sandbox';
import { OPERATIONS } from './cell';
import { lost, twice } from './judge';
import { LIMITS, setTimeouts } from './timeouts';
import { Random } from './random';
import { World } from './world';
import { alive, flatness, inMb, sample, type Sample } from './soak/memory';
import { disturb } from './soak/disturbances';

/** How many runs go on at the same time, at most. */
const MOST_RUNS = 16;
const MINUTE_MS = 60_000;
const SAMPLES = 120;
/** After a batch the platform has noticed by then (ms) that nobody listens to an answer any more. */
const NOTICED_BY_MS = 2_000;
/** At the end every connection that was kept for another call is closed by then (ms). */
const CALM_MS = 15_000;
/** What would keep the process alive; the platform's own listener is not among it. */
const KEEPING_ALIVE = /^(TCPSocketWrap|TLSWrap|GetAddrInfoReqWrap|Timeout|Immediate|MessagePort)$/;

const sums = {
	runs: 0,
	cancelled: 0,
	faults: 0,
	items: 0,
	/** Items of runs that were cancelled: nothing comes out of those. */
	cutOff: 0,
	/** Items that came out as an error. */
	errors: 0,
	/** Items that did not come out in their place, or whose result is not true. */
	lost: 0,
	twice: 0,
	abandoned: 0,
	unhandled: 0,
};

/** What runs at random; a retried run has rules of its own. */
const SOAKED = OPERATIONS.filter((operation) => operation !== 'retried');

/** Requests whose connection has nothing more to say. */
const over = new WeakSet<JournalEntry>();

/** One run of some items, perhaps cancelled on the way. */
async function run(random: Random, sandbox: Sandbox, engine: Engine): Promise<void> {
	const world = World.in(random.pick(SOAKED), random.whole(1, 12), sandbox, engine);
	const steps = [world.step(), { name: 'Sink', type: 'sink' }];
	const running = engine.start(steps, world.input());
	const cancelled = random.chance(0.05);
	if (cancelled) {
		await wait(random.whole(0, 400));
		running.cancel();
	}
	const outcome = await running.outcome;
	sums.runs++;
	if (outcome.run.status === 'canceled') {
		sums.cancelled++;
		sums.cutOff += world.items.length;
	} else {
		sums.items += world.items.length;
		sums.errors += outcome.json('Node').filter(({ error }) => error !== undefined).length;
		sums.lost += lost(world, outcome);
	}
	// Whatever a call on its way might still do is done by then.
	await wait(20);
	sums.twice += twice(world);
	for (const { instance } of world.subjects) sandbox.instances.delete(instance.instance_code);
}

/** Counts calls that nobody waits for any more, though nobody has hung up either. */
async function countAbandoned({ journal }: Sandbox): Promise<void> {
	const open = () => journal.filter((entry) => !over.has(entry)).length;
	for (let ms = 0; open() > 0 && ms < NOTICED_BY_MS; ms += 20) await wait(20);
	sums.abandoned += open();
}

async function batch(random: Random, sandbox: Sandbox, engine: Engine): Promise<void> {
	disturb(random, sandbox, () => sums.faults++);
	const runs = random.whole(1, MOST_RUNS);
	await Promise.all(Array.from({ length: runs }, async () => await run(random, sandbox, engine)));
	await countAbandoned(sandbox);
	sandbox.faults.clear();
	sandbox.journal.length = 0;
	// From time to time all tokens die, so that the platform does not remember more and more of them.
	if (random.chance(0.05)) sandbox.tokens.reset();
}

function show({ at, bytes, sockets, timers }: Sample): void {
	const minutes = (at / MINUTE_MS).toFixed(1);
	const counts = Object.entries(sums).map(([what, count]) => `${what} ${count}`);
	console.log(
		`${minutes} min: ${counts.join(', ')}; ${inMb(bytes)}, ${sockets} sockets, ${timers} timers`,
	);
}

async function soak(minutes: number, random: Random): Promise<boolean> {
	const sandbox = await startSandbox({ onDone: (entry) => over.add(entry) });
	sandbox.limits.windows.get = LIMITS.getInstance = [{ calls: 200, ms: 1000 }];
	sandbox.limits.windows.cc = LIMITS.ccInstance = [{ calls: 100, ms: 1000 }];
	setTimeouts({ answerMs: 2000, exchangeMs: 700, limitMs: 300, settleMs: 100, lateMs: 100 });
	const engine = await Engine.load();
	engine.setCredential(credentialFor(sandbox));
	const since = performance.now();
	const samples: Sample[] = [];
	const everyMs = (minutes * MINUTE_MS) / SAMPLES;
	while (performance.now() - since < minutes * MINUTE_MS) {
		await batch(random, sandbox, engine);
		if (performance.now() - since < samples.length * everyMs) continue;
		samples.push(await sample(since));
		if (samples.length % 10 === 0) show(samples[samples.length - 1]);
	}
	for (let ms = 0; ms < CALM_MS && alive(KEEPING_ALIVE).length > 0; ms += 100) await wait(100);
	const left = alive(KEEPING_ALIVE);
	await sandbox.close();
	const { text, flat } = flatness(samples);
	console.log(`\n${text}: ${flat ? 'flat' : 'NOT FLAT'}`);
	console.log(`Sockets, timers and ports left: ${left.length === 0 ? 'none' : left.join(', ')}`);
	for (const [what, count] of Object.entries(sums)) console.log(`${what}: ${count}`);
	const wrong = sums.lost + sums.twice + sums.abandoned + sums.unhandled;
	const untried = (['faults', 'errors', 'cancelled'] as const).filter((what) => sums[what] === 0);
	if (untried.length > 0) console.log(`Never met, so nothing is proved: ${untried.join(', ')}`);
	return flat && left.length === 0 && wrong === 0 && untried.length === 0;
}

async function main(): Promise<void> {
	const [minutes = 30, seed = randomInt(2 ** 31)] = process.argv.slice(2).map(Number);
	process.on('unhandledRejection', (error) => {
		sums.unhandled++;
		console.log('Nobody handled', error);
	});
	console.log(`${minutes} minutes, seed ${seed}`);
	// Whatever is left must not keep the command from ending.
	process.exit((await soak(minutes, new Random(seed))) ? 0 : 1);
}

void main();
