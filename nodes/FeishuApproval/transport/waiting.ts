import { sleep } from 'n8n-workflow';

import { PATIENCE } from './endpoints';

/** The longest time (ms) for which a wait does not notice that the execution was cancelled. */
const SLICE_MS = 200;

/** The execution was cancelled, or another item has ended it: nothing is to be sent any more. */
export class Stopped extends Error {}

/**
 * Waits until `until` (epoch ms). In slices, because n8n's own `sleep` can neither be cancelled nor
 * leaves the process free to end.
 *
 * @throws Stopped as soon as `stopped` says so
 */
export async function waitUntil(until: number, stopped: () => boolean): Promise<void> {
	for (;;) {
		if (stopped()) throw new Stopped();
		const left = until - Date.now();
		if (left <= 0) return;
		await sleep(Math.min(left, SLICE_MS));
	}
}

/**
 * How long to pause (ms) for a rate limit after `before` pauses of the same call. Short pauses that do
 * not help grow, so that all of them together outlast any window.
 */
export function limitPauseMs(resetSeconds: number | undefined, before: number): number {
	const askedMs = (resetSeconds ?? 2 ** before) * 1000;
	const leastMs = 1000 * 2 ** Math.max(0, before - 4);
	return Math.min(Math.max(askedMs, leastMs), PATIENCE.limitMs);
}

/** Between half and one and a half times `ms`, so that many callers do not come back at once. */
export function jittered(ms: number): number {
	return ms * (0.5 + Math.random());
}

/**
 * The outcome of `work`, or nothing if it takes longer than `ms` or if `stopped` says so; then its
 * signal is aborted, so that nothing of it is sent later. The HTTP client's own time-out looks at
 * the silence between two bytes only: an answer that drips never meets it.
 */
export async function within<T>(
	ms: number,
	stopped: () => boolean,
	work: (givenUp: AbortSignal) => Promise<T>,
): Promise<T | undefined> {
	const controller = new AbortController();
	const outcome = work(controller.signal);
	let done = false;
	const finish = () => {
		done = true;
	};
	outcome.then(finish, finish);
	const giveUp = () => {
		controller.abort();
		return undefined;
	};
	const deadline = waitUntil(Date.now() + ms, () => done || stopped()).then(giveUp, giveUp);
	return await Promise.race([outcome, deadline]);
}
