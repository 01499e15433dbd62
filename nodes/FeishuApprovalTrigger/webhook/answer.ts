import type { IDataObject } from 'n8n-workflow';

import { parseBody, textOf } from '../events/body';
import { readEvent, type FeishuEvent } from '../events/envelope';
import { decrypt } from './decrypt';
import { areEqual, isFresh, isSigned, signatureHeaders } from './verify';

/** A request to the webhook, before anything was read out of it. */
export interface PushRequest {
	headers: Readonly<Record<string, unknown>>;
	/** The bytes as they came, not what was read out of them. */
	rawBody: Uint8Array;
}

/** What the platform signs, encrypts and names itself with; empty or missing: not set. */
export interface PushKeys {
	encryptKey?: string;
	verificationToken?: string;
}

export interface JudgeOptions {
	/** By how many seconds the time stamp of a request may differ from `now`; default 300. */
	clockSkew?: number;
	/** Takes events from anybody if neither key nor token is set. */
	acceptUnverified?: boolean;
}

/** What a request is. */
export type Judgement =
	/** The platform checks the URL: to be answered with `{ challenge }` within a second. */
	| { kind: 'challenge'; challenge: string }
	| { kind: 'event'; event: FeishuEvent }
	/** From the platform, but no event that could be read: to be answered with 200, nothing runs. */
	| { kind: 'ignored' }
	/** To be answered with `status` and an empty body; `reason` is for the log, without content. */
	| { kind: 'refused'; status: 400 | 401; reason: string };

const LARGEST = 1_048_576;
const CLOCK_SKEW = 300;

function refuse(status: 400 | 401, reason: string): Judgement {
	return { kind: 'refused', status, reason };
}

/** What a URL check asks to be sent back; nothing for any other body. Some checks have no `type`. */
function challengeIn(body: IDataObject): string | undefined {
	const { challenge, type } = body;
	const isCheck = type === 'url_verification' || type === undefined;
	// An event does not become a URL check by a challenge beside it.
	if (!isCheck || 'event' in body || 'header' in body || 'schema' in body) return undefined;
	return typeof challenge === 'string' && challenge !== '' ? challenge : undefined;
}

function tokenIn(body: IDataObject): unknown {
	const { header, token } = body;
	return typeof header === 'object' && header !== null && 'token' in header ? header.token : token;
}

function hasToken(body: IDataObject, { verificationToken }: PushKeys): boolean {
	const token = tokenIn(body);
	return !verificationToken || (typeof token === 'string' && areEqual(token, verificationToken));
}

/** A body, once it is known who sent it. */
function readBody(body: IDataObject, keys: PushKeys): Judgement {
	if (!hasToken(body, keys)) return refuse(401, 'the verification token is another one');
	const challenge = challengeIn(body);
	if (challenge !== undefined) return { kind: 'challenge', challenge };
	const event = readEvent(body);
	if (event !== undefined) return { kind: 'event', event };
	return 'header' in body || 'event' in body ? { kind: 'ignored' } : refuse(400, 'it is no event');
}

function parse(rawBody: Uint8Array): IDataObject | undefined {
	const text = textOf(rawBody);
	return text === undefined ? undefined : parseBody(text);
}

function decrypted({ encrypt }: IDataObject, encryptKey: string): IDataObject | undefined {
	const text = typeof encrypt === 'string' ? decrypt(encrypt, encryptKey) : undefined;
	return text === undefined ? undefined : parseBody(text);
}

/** Without a signature, only a URL check is believed, and only one that was encrypted with the key. */
function judgeUnsigned(rawBody: Uint8Array, encryptKey: string, keys: PushKeys): Judgement {
	const body = parse(rawBody);
	const inner = body && decrypted(body, encryptKey);
	const isCheck = inner !== undefined && challengeIn(inner) !== undefined;
	return isCheck ? readBody(inner, keys) : refuse(401, 'it is not signed');
}

function judgeSigned(rawBody: Uint8Array, encryptKey: string, keys: PushKeys): Judgement {
	const body = parse(rawBody);
	if (body === undefined) return refuse(400, 'it is no event');
	// Who can sign has the key, so that a body in clear is as good.
	const inner = 'encrypt' in body ? decrypted(body, encryptKey) : body;
	return inner === undefined ? refuse(400, 'it cannot be decrypted') : readBody(inner, keys);
}

function judgeInClear(rawBody: Uint8Array, keys: PushKeys): Judgement {
	const body = parse(rawBody);
	if (body === undefined) return refuse(400, 'it is no event');
	return 'encrypt' in body
		? refuse(400, 'it is encrypted, but the credential has no Encrypt Key')
		: readBody(body, keys);
}

/**
 * Says what to do with a request to the webhook (API sheet 6.4 to 6.7): who sent it is found out
 * before anything else. Never throws.
 *
 * @param now epoch ms
 */
export function judge(
	{ headers, rawBody }: PushRequest,
	keys: PushKeys,
	{ clockSkew = CLOCK_SKEW, acceptUnverified = false }: JudgeOptions,
	now: number,
): Judgement {
	const { encryptKey, verificationToken } = keys;
	if (rawBody.length > LARGEST) return refuse(400, 'it is larger than 1 MB');
	if (!encryptKey) {
		return verificationToken || acceptUnverified
			? judgeInClear(rawBody, keys)
			: refuse(401, 'the credential has neither an Encrypt Key nor a Verification Token');
	}
	const signature = signatureHeaders(headers);
	if (Object.values(signature).every((header) => header === undefined)) {
		return judgeUnsigned(rawBody, encryptKey, keys);
	}
	if (!isSigned(signature, rawBody, encryptKey)) return refuse(401, 'the signature is wrong');
	const tolerance = clockSkew >= 0 ? clockSkew : CLOCK_SKEW;
	return isFresh(signature.timestamp, now, tolerance)
		? judgeSigned(rawBody, encryptKey, keys)
		: refuse(401, 'it was sent too long ago, or the clocks differ');
}
