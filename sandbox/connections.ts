import { admitApp } from './access';
import { jsonAnswer, success } from './answers';
import type { Answer } from './answers';
import { MAX_CONNECTIONS } from './longConnection/host';
import type { JournalEntry } from './model';
import type { Platform } from './platform';

/** What the endpoint of the long connection refuses with; always HTTP 200. */
export const CONNECTION_REFUSALS = {
	1: 'system busy',
	403: 'forbidden',
	514: 'auth failed',
	1000040343: 'internal error',
	1000040345: 'app_id or app_secret is invalid',
	1000040346: 'app_id is invalid',
	1000040350: 'the number of connections exceeded the limit',
	1000040351: 'Incorrect domain name',
} as const;

export type ConnectionRefusal = keyof typeof CONNECTION_REFUSALS;

/** The answer of a refused connection, its `data` without an address. */
export function connectionRefusal(code: ConnectionRefusal): Answer {
	return jsonAnswer(200, { code, msg: CONNECTION_REFUSALS[code], data: { URL: '' } });
}

/**
 * `POST /callback/ws/endpoint` (as the official SDK calls it): the address of a long connection with a fresh ticket,
 * for `AppID` and `AppSecret`, without a token.
 */
export function openConnection({ apps, events }: Platform, { body }: JournalEntry): Answer {
	const { AppID: id, AppSecret: secret } = (body ?? {}) as Record<string, unknown>;
	if (typeof id !== 'string' || !id.startsWith('cli_')) return connectionRefusal(1000040346);
	const app = apps.get(id);
	if (app?.ofOtherCloud) return connectionRefusal(1000040351);
	if (app?.app_secret !== secret) return connectionRefusal(1000040345);
	if (!app?.enabled) return connectionRefusal(403);
	const { longConnection } = events;
	if (longConnection.of(id).length >= MAX_CONNECTIONS) return connectionRefusal(1000040350);
	const data = { URL: longConnection.issueUrl(id), ClientConfig: longConnection.config };
	return jsonAnswer(200, { code: 0, msg: '', data });
}

/** `GET /open-apis/event/v1/connection`: how many connections the app has open; no scope wanted. */
export function countConnections(platform: Platform, entry: JournalEntry): Answer {
	const { app_id: id } = admitApp(platform, entry, []);
	return success({ online_instance_cnt: platform.events.longConnection.of(id).length });
}
