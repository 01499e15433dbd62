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
export async function noteBody(entry: JournalEntry, body: unknown): Promise<void> {
	if (Buffer.isBuffer(body)) {
		entry.body = await readParts(body, entry.headers['content-type'] ?? '');
		return;
	}
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

/** A file in a request. */
export interface FilePart {
	name: string;
	bytes: Buffer;
}

/** The parts of a multipart body by name, files as {@link FilePart}; undefined if it is none. */
async function readParts(body: Buffer, type: string): Promise<Record<string, unknown> | undefined> {
	const headers = { 'content-type': type };
	const form = await new Response(body, { headers }).formData().catch(() => undefined);
	if (form === undefined) return undefined;
	const parts: Record<string, unknown> = {};
	for (const [name, value] of form.entries()) {
		parts[name] =
			typeof value === 'string'
				? value
				: { name: value.name, bytes: Buffer.from(await value.arrayBuffer()) };
	}
	return parts;
}
