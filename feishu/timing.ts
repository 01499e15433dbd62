import { sleep } from 'n8n-workflow';

import { TIMEOUTS } from './timeouts';

/*
 * Waits are measured by the clock of the process (`performance.now()`, here "process ms"): that of
 * the machine is set anew now and then, and a run must not wait for the hour that it was set back.
 */

/** The longest time (ms) for which a wait does not notice that the run has ended. */
const SLICE_MS = 200;

/** The execution was cancelled, or another item has ended it: nothing is to be sent any more. */
export class ExecutionCancelled extends Error {}

/**
 * Whether the run of a node has ended, and who wants to know at once. It listens once to n8n's
 * signal: in Node 20, a listener for each call would stay in memory as long as the execution.
 */
export class Cancellation {
	/** What to do at once when the run ends. */
	readonly onEnd = new Set<() => void>();
	private hasEnded = false;
	private readonly listener = () => this.end();

	constructor(private readonly signal?: AbortSignal) {
		signal?.addEventListener('abort', this.listener);
	}

	get isCancelled(): boolean {
		return this.hasEnded || this.signal?.aborted === true;
	}

	/** Ends all waits and calls, and lets nothing more be sent. */
	end(): void {
		this.hasEnded = true;
		this.signal?.removeEventListener('abort', this.listener);
		for (const callback of this.onEnd) callback();
		this.onEnd.clear();
	}
}

/** How long ago (ms) something began. */
export type Elapsed = () => number;

/**
 * A watch that runs from now on, by the clock that says longer: the machine's may be set back, that
 * of the process stands still while the machine sleeps.
 */
export function startWatch(): Elapsed {
	const [epoch, process] = [Date.now(), performance.now()];
	return () => Math.max(Date.now() - epoch, performance.now() - process);
}

/**
 * Lets what is ready to be sent or received go first. A timer would take a millisecond for that each
 * time, and n8n's rules for nodes leave no `setImmediate`.
 */
export async function yieldToEventLoop(): Promise<void> {
	const { port1: here, port2: there } = new MessageChannel();
	await new Promise((resolve) => {
		here.on('message', resolve);
		there.postMessage(undefined);
	});
	here.close();
}

/**
 * Waits until `until` (process ms). In slices, because n8n's own `sleep` can neither be cancelled nor
 * leaves the process free to end.
 *
 * @throws ExecutionCancelled as soon as the run has ended
 */
export async function waitUntil(until: number, cancellation: Cancellation): Promise<void> {
	for (;;) {
		if (cancellation.isCancelled) throw new ExecutionCancelled();
		const left = until - performance.now();
		if (left <= 0) return;
		await sleep(Math.min(left, SLICE_MS));
	}
}

/**
 * How long to pause (ms) for a rate limit after `before` pauses of the same call: never shorter than
 * Feishu asks. Where that did not help, or Feishu does not say, pauses grow, so that all of them
 * together outlast any window, but no further than to the moment (in `freeInMs`) when a place that
 * is this run's own is free again.
 */
export function limitPauseMs(
	resetSeconds: number | undefined,
	before: number,
	freeInMs = Infinity,
): number {
	const askedMs = (resetSeconds ?? 0) * 1000;
	const grownMs = 1000 * 2 ** Math.max(0, resetSeconds === undefined ? before : before - 4);
	const leastMs = Math.max(1000, Math.min(grownMs, freeInMs));
	return Math.min(Math.max(askedMs, leastMs), TIMEOUTS.limitMs);
}

/** Between half and one and a half times `ms`, so that many callers do not come back at once. */
export function jittered(ms: number): number {
	return ms * (0.5 + Math.random());
}

/** Work that is not waited for any longer than `until` (process ms). */
interface Deadline {
	until: number;
	giveUp: () => void;
}

const deadlines = new Set<Deadline>();
let watching = false;

/** One for all work there is: a watch of its own would outlive each call and keep its answer. */
async function watch(): Promise<void> {
	if (watching) return;
	watching = true;
	while (deadlines.size > 0) {
		const left = Math.min(...[...deadlines].map(({ until }) => until)) - performance.now();
		await sleep(Math.max(0, Math.min(left, SLICE_MS)));
		for (const { until, giveUp } of deadlines) {
			if (performance.now() >= until) giveUp();
		}
	}
	watching = false;
}

/**
 * The outcome of `work`, or nothing if it takes longer than `ms` or the run ends; then its signal is
 * aborted, so that nothing of it is sent later. `renew` lets the time begin anew. The HTTP client's
 * own time-out looks at the silence between two bytes only: an answer that drips never meets it.
 */
export async function withTimeout<T>(
	ms: number,
	cancellation: Cancellation | undefined,
	work: (givenUp: AbortSignal, renew: () => void) => Promise<T>,
): Promise<T | undefined> {
	const controller = new AbortController();
	return await new Promise<T | undefined>((resolve, reject) => {
		const giveUp = () => {
			forget();
			controller.abort();
			resolve(undefined);
		};
		const deadline = { until: performance.now() + ms, giveUp };
		const renew = () => {
			deadline.until = performance.now() + ms;
		};
		const forget = () => {
			deadlines.delete(deadline);
			cancellation?.onEnd.delete(giveUp);
		};
		const outcome = work(controller.signal, renew);
		deadlines.add(deadline);
		cancellation?.onEnd.add(giveUp);
		void watch();
		outcome.then(resolve, reject).finally(forget);
	});
}
