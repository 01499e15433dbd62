/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/require-node-api-error -- a server, not a node */
import { setMaxListeners } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { fastify } from 'fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { jsonAnswer, Refusal, refusal } from './answers';
import type { Answer } from './answers';
import { pushingEvents } from './changes';
import { codeOf, deliver } from './delivery';
import { ENDPOINTS, isOffered, type Params, type Work } from './endpoints';
import { arrive, noteBody } from './journal';
import type { Endpoint, JournalEntry } from './model';
import type { Platform } from './platform';

const MAX_BODY_BYTES = 50 * 1024 * 1024;
/** Above the limit of uploads, so that the endpoint itself refuses a file that is too big. */
const MAX_UPLOAD_BYTES = 64 * 1024 * 1024;

/**
 * Puts a platform behind HTTP: fastify routes requests, the journal writes them down, faults
 * disturb them, and the endpoint's work answers them.
 *
 * @param closing abort it before closing the server: pending pauses end at once
 * @param done called once for each request, when its connection has nothing more to say
 */
export function buildServer(
	platform: Platform,
	closing: AbortSignal,
	done: (entry: JournalEntry) => void = () => undefined,
): FastifyInstance {
	setMaxListeners(0, closing);
	const entries = new WeakMap<IncomingMessage, JournalEntry>();
	const entryOf = ({ raw }: FastifyRequest) => entries.get(raw)!;

	const begin = (request: FastifyRequest, reply: FastifyReply, endpoint: Endpoint) => {
		const entry = arrive(platform, request, endpoint);
		entries.set(request.raw, entry);
		reply.raw.once('close', () => {
			const ownDoing = entry.outcome === 'reset' || closing.aborted;
			if (!reply.raw.writableFinished && !ownDoing) entry.aborted = true;
			done(entry);
		});
	};

	const serve = (work: Work) => async (request: FastifyRequest, reply: FastifyReply) => {
		const entry = entryOf(request);
		await noteBody(entry, request.body);
		const fault = platform.faults.next(entry);
		if (fault?.kind === 'run') await fault.do();
		const over = countCall(platform, entry);
		await deliver({ entry, reply, closing }, fault, () =>
			carryOut(platform, entry, () => {
				if (over) throw over;
				return work(platform, entry, (request.params ?? {}) as Params);
			}),
		);
		return reply;
	};

	const server = fastify({
		forceCloseConnections: true,
		bodyLimit: MAX_BODY_BYTES,
		exposeHeadRoutes: false,
		routerOptions: { maxParamLength: 2000 },
		// A path that cannot be decoded never meets the hooks, but belongs in the journal too.
		frameworkErrors: (_error, request, reply) => {
			begin(request, reply, 'other');
			void serve(unknownPath)(request, reply);
		},
	});
	// Every body is taken as text, a GET's too, so that the journal shows what really came in.
	server.addHttpMethod('GET', { hasBody: true, overrideExisting: true });
	server.removeAllContentTypeParsers();
	server.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, next) =>
		next(null, body),
	);
	const asBytes = { parseAs: 'buffer', bodyLimit: MAX_UPLOAD_BYTES } as const;
	server.addContentTypeParser('multipart/form-data', asBytes, (_request, body, next) =>
		next(null, body),
	);
	server.addHook('onRequest', async (request, reply) => {
		reply.header('date', new Date(platform.clock.now()).toUTCString());
		const { url = '', config } = request.routeOptions;
		begin(
			request,
			reply,
			url === '' ? 'other' : ((config as { endpoint?: Endpoint }).endpoint ?? 'other'),
		);
	});
	for (const [endpoint, { method, path, work }] of Object.entries(ENDPOINTS)) {
		const config = { endpoint };
		server.route({ method, url: path, config, handler: serve(work) });
		if (endpoint === 'exchange') {
			// Official samples call it with a slash at its end, too.
			server.route({ method, url: `${path}/`, config, handler: serve(work) });
		}
	}
	// The router would take this for an instance whose id is empty.
	server.all('/open-apis/approval/v4/instances/', serve(unknownPath));
	server.setNotFoundHandler(serve(notOffered));
	server.setErrorHandler((error, request, reply) => {
		if (closing.aborted) return reply.hijack();
		const text = error instanceof Error ? error.message : String(error);
		const entry = entryOf(request);
		const answer = jsonAnswer(500, { code: 2200, msg: `internal error of the sandbox: ${text}` });
		return deliver({ entry, reply, closing }, undefined, () => answer);
	});
	return server;
}

/** Counts a call of a known app at its arrival; gives the refusal if it is over the limit. */
function countCall({ limits, tokens, apps }: Platform, entry: JournalEntry): Refusal | undefined {
	const { endpoint, token, appId } = entry;
	if (endpoint === 'exchange' || endpoint === 'openConnection' || endpoint === 'other') {
		return undefined;
	}
	if (!token || !appId || !apps.has(appId) || !tokens.isLive(token)) return undefined;
	const over = limits.admit(appId, endpoint);
	if (!over) return undefined;
	const details = { status: limits.status, headers: limits.headers(over) };
	return new Refusal(99991400, 'request trigger frequency limit', details);
}

function carryOut(platform: Platform, entry: JournalEntry, work: () => Answer): Answer {
	try {
		const answer = entry.method === 'GET' ? work() : pushingEvents(platform, work);
		entry.carriedOut = codeOf(answer) === 0;
		return answer;
	} catch (error) {
		if (!(error instanceof Refusal)) throw error;
		const app = platform.apps.get(entry.appId ?? '');
		return refusal(error, app?.errorDetails === false);
	}
}

function notOffered(_platform: Platform, { path }: JournalEntry): Answer {
	if (isOffered(path)) {
		throw new Refusal(99991301, 'method not allowed', { status: 405 });
	}
	return unknownPath();
}

function unknownPath(): never {
	throw new Refusal(99991201, 'path not found', { status: 404 });
}
