import { NAME } from '../log';
import type { ConnectionContext } from './context';
import { CONNECTION_TIMES, pause } from './times';

/** Warns if other clients of the same app take part of its events, at random; ends when it is `over`. */
export async function warnOfOthers(context: ConnectionContext, over: AbortSignal): Promise<void> {
	const { account, log, onlineCount } = context;
	for (const ms of [CONNECTION_TIMES.countAfterMs, CONNECTION_TIMES.countAgainMs]) {
		await pause(ms, over);
		if (over.aborted || onlineCount === undefined) return;
		const count = await onlineCount().catch(() => undefined);
		if (over.aborted || count === undefined || count <= 1) return;
	}
	log.warn(
		`${NAME}: other programs, or other n8n, hold long connections of the same app (${account.appId}) and take part of its events, at random: this n8n misses them. End those, or make an app of its own for n8n.`,
	);
}
