import { NAME } from '../log';
import type { ConnectionContext } from './context';
import { CONNECTION_TIMES, pause } from './times';

/** Whether there are others, for longer than a moment; nothing if nobody can tell. */
async function areOthers(
	{ onlineCount }: ConnectionContext,
	over: AbortSignal,
): Promise<boolean | undefined> {
	const count = await onlineCount?.().catch(() => undefined);
	if (count === undefined) return undefined;
	if (count <= 1) return false;
	await pause(CONNECTION_TIMES.countAgainMs, over);
	const later = over.aborted ? undefined : await onlineCount?.().catch(() => undefined);
	return later === undefined ? undefined : later > 1;
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
		const areThere = await areOthers(context, over);
		if (over.aborted) return;
		if (areThere && !wereThere) {
			log.warn(
				`${NAME}: other programs, or other n8n, hold long connections of the same app (${account.appId}) and take part of its events, at random: this n8n misses them. End those, or make an app of its own for n8n.`,
			);
		}
		wereThere = areThere ?? wereThere;
	}
}
