import { NAME } from '../log';
import type { ConnectionContext } from './context';
import { CONNECTION_TIMES, pause } from './times';

/** Whether other clients of the app are connected now; undefined if the platform does not say. */
export async function areOthers({ onlineCount }: ConnectionContext): Promise<boolean | undefined> {
	const count = await onlineCount?.().catch(() => undefined);
	return count === undefined ? undefined : count > 1;
}

/** The same, where a connection that just broke does not count. */
async function doOthersStay(
	context: ConnectionContext,
	over: AbortSignal,
): Promise<boolean | undefined> {
	const areThere = await areOthers(context);
	if (!areThere) return areThere;
	await pause(CONNECTION_TIMES.countAgainMs, over);
	return over.aborted ? undefined : await areOthers(context);
}

/**
 * Warns if other clients of the same app take part of its events, at random: once each time that
 * some have come. Ends when it is `over`.
 */
export async function warnOfOthers(context: ConnectionContext, over: AbortSignal): Promise<void> {
	const { account, log } = context;
	let wereThere = false;
	for (let ms = CONNECTION_TIMES.countAfterMs; ; ms = CONNECTION_TIMES.countEveryMs) {
		await pause(ms, over);
		if (over.aborted) return;
		const areThere = await doOthersStay(context, over);
		if (over.aborted) return;
		if (areThere && !wereThere) {
			log.warn(
				`${NAME}: other programs, or other n8n, hold long connections of the same app (${account.appId}) and take part of its events, at random: this n8n misses them. End those, or make an app of its own for n8n.`,
			);
		}
		wereThere = areThere ?? wereThere;
	}
}
