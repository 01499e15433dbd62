import { TIMEOUTS } from '../timeouts';
import type { Elapsed } from '../timing';
import type { FeishuClient } from './client';
import type { WriteRecord } from './journal';
import type { Found, ReadBack } from './readBack';

/** What began longer ago (ms) than this shows by now, or never will. */
export const LONG_AGO_MS = 120_000;

/** How long ago a write began of which nobody knows what became. */
export function sinceOf(records: WriteRecord[]): Elapsed {
	const begun = Math.min(...records.map(({ begun: at = Infinity }) => at));
	return () => Date.now() - begun;
}

/**
 * Looks for a write that began `elapsed` ago, once Feishu had time (`settleMs`) to show it. What is
 * only late must not be done again: where it does not show, it is looked for once more.
 *
 * @throws ExecutionCancelled if the run has ended
 */
export async function confirm(
	client: FeishuClient,
	{ look }: ReadBack,
	elapsed: Elapsed,
	settleMs = TIMEOUTS.settleMs,
): Promise<Found> {
	await client.wait(settleMs);
	const found = await look(elapsed);
	if (found.state !== 'missing' || elapsed() > LONG_AGO_MS) return found;
	await client.wait(TIMEOUTS.lateMs);
	return await look(elapsed);
}
