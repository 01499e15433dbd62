import type { IDataObject } from 'n8n-workflow';

import { isObject, parseJson } from '../approval/json';
import { RATE_LIMITED } from './codes/groups';
import { CODES } from './codes/codes';
import type { Endpoint } from './endpoints';
import { logIdOf } from './logId';
import { maySay, withoutSecret } from './secrets';

/** What n8n's request helper hands over: status, headers and the body as text. */
export interface RawResponse {
	statusCode: number;
	headers: IDataObject;
	body: unknown;
}

/** Feishu did what it was asked. */
export interface Success {
	ok: true;
	/** `data` of the envelope; empty where the envelope has none. */
	data: IDataObject;
	/** The whole envelope: token exchange answers without `data`. */
	body: IDataObject;
	/** Feishu's clock (epoch ms), if the answer told it. */
	date?: number;
}

/** The call failed, or its outcome is unknown. */
export interface Failure {
	ok: false;
	/** `uncertain`: the call may have been carried out all the same. */
	carriedOut: 'no' | 'uncertain';
	/** The same call may well succeed a little later. */
	transient: boolean;
	/** What happened, where there is no code that explains it. */
	message?: string;
	hint?: string;
	/** What else there is to know about it. */
	note?: string;
	/** The network's own word for it, such as ECONNREFUSED. */
	reason?: string;
	code?: number;
	msg?: string;
	httpStatus?: number;
	logId?: string;
	/** The `error` object of the envelope: violations, helps, troubleshooter. */
	details?: IDataObject;
	/** Seconds until the rate limit ends, from the answer's headers. */
	resetSeconds?: number;
	/** Which endpoint was called, where the text names its limit. */
	endpoint?: Endpoint;
}

export type Answer = Success | Failure;

const UNREADABLE_HINT =
	'If Base URL in the credential points to a gateway or proxy, check it. Otherwise run the workflow again in a few minutes; Feishu may be under maintenance.';

/** The rate limit was hit, be it a gateway's own that knows no code. */
export function isLimited({ code, httpStatus }: Failure): boolean {
	return code === RATE_LIMITED || (code === undefined && httpStatus === 429);
}

/** What an answer holds besides code and message: not all endpoints put it into `data`. */
export function contentOf({ body }: Success): IDataObject {
	if (isObject(body.data)) return body.data;
	const entries = Object.entries(body);
	return Object.fromEntries(entries.filter(([name]) => !['code', 'msg', 'data'].includes(name)));
}

function text(value: unknown): string | undefined {
	return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The envelope, if the body is one; a text may also be nested too deeply to be walked through. */
function parse(body: unknown, secret: string): IDataObject | undefined {
	try {
		const parsed: unknown = isObject(body) ? body : parseJson(String(body));
		if (!isObject(parsed)) return undefined;
		return maySay(body, secret) ? withoutSecret(parsed, secret) : parsed;
	} catch {
		return undefined;
	}
}

/** Some gateways turn the number into text; nothing else passes for a code. */
function codeOf(body: IDataObject | undefined): number | undefined {
	const code = body?.code;
	if (typeof code === 'string' && /^\d+$/.test(code)) return Number(code);
	return typeof code === 'number' && Number.isInteger(code) ? code : undefined;
}

function date(headers: IDataObject): number | undefined {
	const parsed = Date.parse(String(headers.date));
	return Number.isNaN(parsed) ? undefined : parsed;
}

/** Retry-After may also name a moment, by the clock of who answers. */
function resetSeconds(headers: IDataObject): number | undefined {
	const header = String(headers['x-ogw-ratelimit-reset'] ?? headers['retry-after']);
	const number = Number(header);
	const moment = (Date.parse(header) - (date(headers) ?? Date.now())) / 1000;
	const seconds = Number.isNaN(number) ? moment : number;
	return Number.isFinite(seconds) && seconds >= 0 ? seconds : undefined;
}

function unreadable(response: RawResponse, logId: string | undefined): Failure {
	const { statusCode: httpStatus, headers } = response;
	if (httpStatus === 429) {
		const { message, hint } = CODES[RATE_LIMITED];
		const reset = resetSeconds(headers);
		const certain = { ok: false, carriedOut: 'no', transient: true } as const;
		return { ...certain, message, hint, httpStatus, logId, resetSeconds: reset };
	}
	if (httpStatus >= 300 && httpStatus < 400) {
		return {
			ok: false,
			// "See other" is how a server may answer after it has done the work.
			carriedOut: httpStatus === 303 ? 'uncertain' : 'no',
			transient: false,
			message: 'The server sent the call on to another address',
			hint: 'The access token goes to no other address. Check Platform or Base URL in the credential.',
			httpStatus,
			logId,
		};
	}
	return {
		ok: false,
		carriedOut: 'uncertain',
		transient: true,
		message: `The answer is not one of Feishu's (HTTP ${httpStatus})`,
		hint: UNREADABLE_HINT,
		httpStatus,
		logId,
	};
}

/**
 * Reads Feishu's answer (API sheet 1.3 to 1.5): `code` alone decides whether the call succeeded,
 * since non-zero codes come with HTTP 200, 400, 403, 429 and 500. Without a readable code the
 * HTTP status says whether the call may have been carried out all the same.
 *
 * @param secret what was sent to prove who is calling: it is removed from all that comes back
 */
export function readAnswer(response: RawResponse, secret = ''): Answer {
	const { headers, statusCode } = response;
	const logIds = [headers['x-tt-logid'], headers['x-request-id']];
	const body = parse(response.body, secret);
	const code = codeOf(body);
	if (body === undefined || code === undefined) {
		return unreadable(response, logIdOf(logIds, secret));
	}

	if (code === 0) {
		return { ok: true, data: isObject(body.data) ? body.data : {}, body, date: date(headers) };
	}

	const details = isObject(body.error) ? body.error : undefined;
	const explained = CODES[code];
	const inTrouble =
		explained === undefined ? statusCode >= 500 : explained.cause === 'temporarily-unavailable';
	return {
		ok: false,
		carriedOut: inTrouble ? 'uncertain' : 'no',
		transient: inTrouble,
		code,
		msg: text(body.msg) ?? text(details?.message),
		httpStatus: statusCode,
		logId: logIdOf([...logIds, details?.log_id, details?.logid], secret),
		details,
		resetSeconds: resetSeconds(headers),
	};
}
