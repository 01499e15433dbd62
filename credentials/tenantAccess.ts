import type { ICredentialDataDecryptedObject, IHttpRequestHelper } from 'n8n-workflow';

import { CODES } from '../nodes/FeishuApproval/transport/codes';
import { PATIENCE } from '../nodes/FeishuApproval/transport/endpoints';
import {
	readAnswer,
	type Answer,
	type Failure,
	type RawResponse,
} from '../nodes/FeishuApproval/transport/envelope';
import { readNetworkFailure, UNANSWERED } from '../nodes/FeishuApproval/transport/network';
import { within } from '../nodes/FeishuApproval/transport/waiting';

/** The hidden fields of the credential: a tenant access token, when it dies and whose it is. */
export interface TenantAccess {
	tenantAccessToken: string;
	/** Epoch ms after which the token is not sent any more. */
	accessExpiresAt: number;
	/** Platform and app that the token belongs to. */
	accessOwner: string;
}

/**
 * The exchange of app id and secret for a token did not work.
 * Carries neither response nor request: both hold secrets.
 */
export class TokenExchangeError extends Error {
	constructor(readonly refusal: Failure) {
		const { code, msg } = refusal;
		const explained = code === undefined ? refusal : CODES[code];
		const sentences = [
			explained?.what ?? 'Feishu refused to issue an access token',
			explained?.cure ?? `Feishu said: ${msg ?? 'nothing more'}`,
		].map((sentence) => sentence.replace(/\.?$/, '.'));
		super(sentences.join(' ') + (code === undefined ? '' : ` (Feishu code ${code})`));
		this.name = 'TokenExchangeError';
	}
}

/** n8n 1.x keeps nothing of the cause of its error but the text: by it, the last one is found again. */
let lastError: TokenExchangeError | undefined;

/** What became of the exchange, if it is behind an error that n8n threw. */
export function exchangeRefusal(causes: Error[]): Failure | undefined {
	const itself = causes.find((cause) => cause instanceof TokenExchangeError);
	if (itself !== undefined) return itself.refusal;
	return causes.some(({ message }) => message === lastError?.message)
		? lastError?.refusal
		: undefined;
}

const EXCHANGE_PATH = '/open-apis/auth/v3/tenant_access_token/internal';

/** A token is dropped this long before it dies (ms), as Feishu's own SDKs do. */
const MARGIN_MS = 180_000;
/** But a fresh token is used at least this long (ms): a short `expire` must not refresh for ever. */
const SHORTEST_LIFE_MS = 30_000;

/**
 * How long one exchange answers for everybody in this process who asks for the same app (ms).
 * Calls that read the credential just before the new token was saved come a little late.
 */
const SHARED_FOR_MS = 10_000;

interface Exchange {
	at: number;
	access: Promise<TenantAccess>;
	token?: string;
}

const exchanges = new Map<string, Exchange>();

/** Epoch ms until which a token with `expireSeconds` left may be sent. */
function expiryOf(expireSeconds: number): number {
	const lifeMs = Math.max(expireSeconds * 1000 - MARGIN_MS, SHORTEST_LIFE_MS);
	return Date.now() + lifeMs;
}

async function exchange(
	http: IHttpRequestHelper,
	baseUrl: string,
	appId: string,
	appSecret: string,
): Promise<TenantAccess> {
	let answer: Answer;
	try {
		const work = http.helpers.httpRequest({
			method: 'POST',
			url: baseUrl + EXCHANGE_PATH,
			headers: { 'Content-Type': 'application/json; charset=utf-8' },
			body: { app_id: appId, app_secret: appSecret },
			encoding: 'text',
			timeout: PATIENCE.exchangeMs,
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
		}) as Promise<RawResponse>;
		// Bounded as a whole: the call that waits for the token must not outlive its own patience.
		const response = await within(PATIENCE.exchangeMs, work, () => false);
		answer = response === undefined ? UNANSWERED : readAnswer(response, appSecret);
	} catch (error) {
		answer = readNetworkFailure(error);
	}
	// Whatever became of the exchange: the call that needs the token has not been made.
	if (!answer.ok) throw new TokenExchangeError({ ...answer, carriedOut: 'no' });

	const { tenant_access_token: token, expire } = answer.body;
	if (typeof token !== 'string' || token === '') {
		throw new TokenExchangeError({
			ok: false,
			carriedOut: 'no',
			transient: false,
			what: 'Feishu answered without an access token',
			cure: 'Check Platform or Base URL in the credential.',
		});
	}
	return {
		tenantAccessToken: token,
		accessExpiresAt: expiryOf(Number(expire) || 0),
		accessOwner: ownerOf(baseUrl, appId),
	};
}

/** The name under which a token is kept: it works for this platform and app alone. */
export function ownerOf(baseUrl: string, appId: string): string {
	return `${appId}@${baseUrl}`;
}

/**
 * Exchanges app id and secret for a tenant access token (API sheet 2.1 and 2.2). Everybody who
 * asks for the same app at the same time shares one exchange.
 *
 * @throws TokenExchangeError with a text for the builder
 */
export async function tenantAccess(
	http: IHttpRequestHelper,
	baseUrl: string,
	appId: string,
	appSecret: string,
): Promise<TenantAccess> {
	const now = Date.now();
	for (const [key, { at }] of exchanges) {
		if (now - at >= SHARED_FOR_MS) exchanges.delete(key);
	}

	const key = JSON.stringify([baseUrl, appId, appSecret]);
	const shared = exchanges.get(key);
	if (shared !== undefined) return await shared.access;

	const started: Exchange = { at: now, access: exchange(http, baseUrl, appId, appSecret) };
	exchanges.set(key, started);
	started.access.then(
		({ tenantAccessToken }) => {
			started.token = tenantAccessToken;
		},
		(error: unknown) => {
			if (exchanges.get(key) === started) exchanges.delete(key);
			if (error instanceof TokenExchangeError) lastError = error;
		},
	);
	return await started.access;
}

/**
 * Feishu refused this token in a call that began at `at` (epoch ms): it is not shared any longer,
 * and the next exchange is a real one. An exchange that began later has answered the refusal
 * already, even if Feishu gave the same token out again.
 */
export function forgetTenantAccess(token: string, at: number): void {
	for (const [key, shared] of exchanges) {
		if (shared.token === token && shared.at <= at) exchanges.delete(key);
	}
}

/** The token that may be sent now, or nothing if it is missing, past its time or another app's. */
export function usableToken(
	credentials: ICredentialDataDecryptedObject,
	owner: string,
): string | undefined {
	const { tenantAccessToken, accessExpiresAt, accessOwner } = credentials;
	const usable =
		typeof tenantAccessToken === 'string' &&
		tenantAccessToken !== '' &&
		accessOwner === owner &&
		Number(accessExpiresAt) > Date.now();
	return usable ? tenantAccessToken : undefined;
}
