import type { FastifyRequest } from 'fastify';
import type { Endpoint, JournalEntry } from './model';
import type { Platform } from './platform';

/** Writes a request down at the moment its headers are in; the body follows later. */
export function arrive(
	platform: Platform,
	request: FastifyRequest,
	endpoint: Endpoint,
): JournalEntry {
	const [path, ...rest] = (request.raw.url ?? '').split('?');
	const token = /^Bearer\s+(.+)$/i.exec(request.headers.authorization ?? '')?.[1].trim();
	const entry: JournalEntry = {
		at: platform.clock.now(),
		endpoint,
		method: request.method,
		path,
		query: { ...(request.query as Record<string, string | string[]>) },
		rawQuery: rest.join('?'),
		headers: request.headers,
		body: undefined,
		rawBody: '',
		appId: token === undefined ? undefined : platform.tokens.ownerOf(token),
		token,
		outcome: 'pending',
		carriedOut: false,
		copied: [],
		aborted: false,
	};
	platform.journal.push(entry);
	return entry;
}

/** Adds the body once it is in; where there is no token, it names the app. */
export function noteBody(entry: JournalEntry, body: unknown): void {
	entry.rawBody = typeof body === 'string' ? body : '';
	entry.body = entry.rawBody === '' ? undefined : parsed(entry.rawBody);
	const named = (entry.body ?? {}) as { app_id?: unknown; AppID?: unknown };
	const appId = { exchange: named.app_id, openConnection: named.AppID }[entry.endpoint as string];
	if (typeof appId === 'string') entry.appId = appId;
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}
