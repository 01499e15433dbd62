/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyReply } from 'fastify';
import { jsonAnswer, success } from './answers';
import type { Answer } from './answers';
import type { Fault } from './faults';
import type { JournalEntry } from './model';

/** One request under way: where it is written down, how it is answered, when all must stop. */
export interface Call {
	entry: JournalEntry;
	reply: FastifyReply;
	/** Aborted when the sandbox closes; no timer may outlive it. */
	closing: AbortSignal;
}

/**
 * Answers one request the way its fault wants it, or normally without one.
 *
 * @param work does what the request asks for and gives the right answer; called at most once
 */
export async function deliver(
	call: Call,
	fault: Fault | undefined,
	work: () => Answer,
): Promise<void> {
	switch (fault?.kind) {
		case undefined:
		case 'run':
			return await send(call, work());
		case 'answer':
			if (fault.after) work();
			return await send(call, answerOf(fault));
		case 'redirect': {
			const answer = jsonAnswer(fault.status ?? 302, {});
			return await send(call, { ...answer, headers: { ...answer.headers, location: fault.to } });
		}
		case 'slow': {
			const early = fault.after ? work() : undefined;
			await wait(fault.ms, undefined, { signal: call.closing });
			return await send(call, early ?? work());
		}
		case 'drip':
			return await send(call, work(), fault.everyMs);
		case 'cut': {
			const answer = fault.after ? work() : success({});
			if (fault.how === 'json')
				return await send(call, { ...answer, status: 200, body: half(answer) });
			return breakOff(call, answer);
		}
		case 'reset':
			if (fault.when === 'after') work();
			return reset(call);
		case 'hang':
			if (fault.when === 'after') work();
			call.entry.outcome = 'hung';
			call.reply.hijack();
	}
}

async function send(
	{ entry, reply, closing }: Call,
	answer: Answer,
	everyMs?: number,
): Promise<void> {
	note(entry, answer);
	if (!entry.aborted) entry.outcome = 'answered';
	const length = String(Buffer.byteLength(answer.body));
	reply.code(answer.status).headers({ ...answer.headers, 'content-length': length });
	await reply.send(everyMs === undefined ? answer.body : drip(answer.body, everyMs, closing));
}

function drip(text: string, everyMs: number, signal: AbortSignal): Readable {
	async function* bytes() {
		for (const byte of Buffer.from(text)) {
			yield Buffer.of(byte);
			await wait(everyMs, undefined, { signal });
		}
	}
	return Readable.from(bytes());
}

function breakOff({ entry, reply }: Call, answer: Answer): void {
	note(entry, answer);
	entry.outcome = 'reset';
	reply.hijack();
	const length = String(Buffer.byteLength(answer.body));
	reply.raw.writeHead(answer.status, { ...answer.headers, 'content-length': length });
	reply.raw.write(half(answer), () => reply.raw.destroy());
}

function reset({ entry, reply }: Call): void {
	entry.outcome = 'reset';
	reply.hijack();
	reply.request.raw.socket.resetAndDestroy();
}

function half({ body }: Answer): string {
	return body.slice(0, Math.floor(body.length / 2));
}

function note(entry: JournalEntry, answer: Answer): void {
	entry.status = answer.status;
	entry.code = codeOf(answer);
}

/** The `code` of an answer's JSON text; undefined for any other text. */
export function codeOf({ body }: Answer): number | undefined {
	try {
		const { code } = JSON.parse(body) as { code?: unknown };
		return typeof code === 'number' ? code : undefined;
	} catch {
		return undefined;
	}
}

function answerOf({ status, body, headers }: Extract<Fault, { kind: 'answer' }>): Answer {
	const plain = jsonAnswer(status, {});
	const merged = Object.entries({ ...plain.headers, ...headers });
	return {
		status,
		headers: Object.fromEntries(
			merged.filter((header): header is [string, string] => header[1] !== null),
		),
		body: typeof body === 'string' ? body : JSON.stringify(body),
	};
}
