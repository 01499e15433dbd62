import { Refusal, refusal } from './answers';
import type { RefusalDetails } from './answers';
import { connectionRefusal, type ConnectionRefusal } from './connections';
import type { Fault } from './faults';

type AnswerFault = Extract<Fault, { kind: 'answer' }>;

/** Any business code with any HTTP status (default 400), in the envelope of API sheet 1.3. */
export function businessError(
	code: number,
	msg = 'refused',
	details: RefusalDetails = {},
): AnswerFault {
	return { kind: 'answer', ...refusal(new Refusal(code, msg, details)) };
}

/** 99991400 as a limit that this client did not use up itself; `resetSeconds` as announced. */
export function rateLimited(resetSeconds: number, status: 429 | 400 = 429): AnswerFault {
	return rateLimitedWith(
		{ 'x-ogw-ratelimit-limit': '100', 'x-ogw-ratelimit-reset': String(resetSeconds) },
		status,
	);
}

/** 99991400 without the two headers. */
export function rateLimitedSilently(status: 429 | 400 = 429): AnswerFault {
	return rateLimitedWith({}, status);
}

/** 99991400 whose reset header makes no sense; default: a text. */
export function rateLimitedAbsurdly(reset = 'soon'): AnswerFault {
	return rateLimitedWith({ 'x-ogw-ratelimit-reset': reset }, 429);
}

function rateLimitedWith(headers: Record<string, string>, status: number): AnswerFault {
	return businessError(99991400, 'request trigger frequency limit', { status, headers });
}

/** An answer without a body. */
export function emptyBody(status = 200): AnswerFault {
	return { kind: 'answer', status, body: '' };
}

/** A page of a gateway instead of an answer of the platform: no JSON, no log id. */
export function gatewayPage(status: 502 | 503 | 504 = 502): AnswerFault {
	return {
		kind: 'answer',
		status,
		body: `<html><head><title>${status}</title></head><body><h1>${status}</h1></body></html>`,
		headers: { 'content-type': 'text/html; charset=utf-8', 'x-tt-logid': null },
	};
}

/** A failure of the server itself, with 2200 "internal error" in the envelope. */
export function serverError(status: 500 | 502 | 503 | 504 = 500): AnswerFault {
	return businessError(2200, 'internal error', { status });
}

/** A right answer that calls itself text/plain. */
export function wrongContentType(
	body: object = { code: 0, msg: 'success', data: {} },
): AnswerFault {
	return { kind: 'answer', status: 200, body, headers: { 'content-type': 'text/plain' } };
}

/** A valid JSON answer of exactly `bytes` bytes. */
export function bigAnswer(bytes: number): AnswerFault {
	const frame = JSON.stringify({ code: 0, msg: 'success', data: { form: '' } });
	const padding = 'x'.repeat(Math.max(0, bytes - frame.length));
	const body = JSON.stringify({ code: 0, msg: 'success', data: { form: padding } });
	return { kind: 'answer', status: 200, body };
}

/** The platform refuses to give an address for a long connection. */
export function refusedConnection(code: ConnectionRefusal): AnswerFault {
	return { kind: 'answer', ...connectionRefusal(code) };
}
