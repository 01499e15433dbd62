import type { ICredentialDataDecryptedObject, IHttpRequestHelper } from 'n8n-workflow';
import { createHash } from 'node:crypto';

import { TIMEOUTS } from '../timeouts';
import { exchange } from './exchange';
import { appOf, baseUrlOf } from '../account';

/** The hidden fields of the credential: a tenant access token, when it dies and whose it is. */
export interface TenantAccess {
	tenantAccessToken: string;
	/** Epoch ms after which the token is not sent any more. */
	accessExpiresAt: number;
	/** Platform, app and secret that the token was got with. */
	accessOwner: string;
}

/** A token is dropped this long before it dies (ms), as Feishu's own SDKs do. */
const MARGIN_MS = 180_000;
/** But a fresh token is used at least this long (ms): a short `expire` must not refresh for ever. */
const SHORTEST_LIFE_MS = 30_000;

interface Exchange {
	/** When it began (process ms: the machine's clock may be set back while its token is used). */
	at: number;
	outcome: Promise<TenantAccess>;
	/** Once it has been answered. */
	access?: TenantAccess;
}

const exchanges = new Map<string, Exchange>();

/**
 * The name under which a token is kept. A secret that was replaced has to prove itself, so a trace
 * of it is part of the name, too short to tell anything of the secret.
 *
 * @throws an Error that names the field if platform or app are not filled in
 */
function ownerOf(credentials: ICredentialDataDecryptedObject): string {
	const { id, secret } = appOf(credentials);
	const trace = createHash('sha256').update(`${id} ${secret}`).digest('hex').slice(0, 8);
	return `${id}@${baseUrlOf(credentials)}#${trace}`;
}

async function newAccess(
	http: IHttpRequestHelper,
	credentials: ICredentialDataDecryptedObject,
): Promise<TenantAccess> {
	const { id, secret } = appOf(credentials);
	const { token, expireSeconds } = await exchange(http, baseUrlOf(credentials), id, secret);
	const lifeMs = Math.max(expireSeconds * 1000 - MARGIN_MS, SHORTEST_LIFE_MS);
	return {
		tenantAccessToken: token,
		accessExpiresAt: Date.now() + lifeMs,
		accessOwner: ownerOf(credentials),
	};
}

/**
 * A tenant access token for the app of the credential (API sheet 2.1 and 2.2). Everybody who asks
 * for the same app at the same time shares one exchange.
 *
 * @throws TokenExchangeError with a text for the builder
 * @throws an Error that names the field if platform or app are not filled in
 */
export async function tenantAccess(
	http: IHttpRequestHelper,
	credentials: ICredentialDataDecryptedObject,
): Promise<TenantAccess> {
	const now = performance.now();
	for (const [key, { at, access }] of exchanges) {
		if (access === undefined) continue;
		// Past its time though young: the machine slept, or its clock was set ahead. Handed out again,
		// it would fail every call. (A millisecond more or less changes nothing.)
		const old = now - at >= TIMEOUTS.sharedMs || access.accessExpiresAt <= Date.now();
		if (old) exchanges.delete(key);
	}

	const key = ownerOf(credentials);
	const shared = exchanges.get(key);
	if (shared !== undefined) return await shared.outcome;

	const started: Exchange = { at: now, outcome: newAccess(http, credentials) };
	exchanges.set(key, started);
	started.outcome.then(
		(access) => {
			started.access = access;
		},
		() => exchanges.delete(key),
	);
	return await started.outcome;
}

/**
 * Feishu refused this token in a call that began at `at` (process ms): it is not shared any longer,
 * and the next exchange is a real one. An exchange that began later has answered the refusal
 * already, even if Feishu gave the same token out again. (Nothing begins in the very same moment.)
 */
export function forgetTenantAccess(token: string, at: number): void {
	for (const [key, shared] of exchanges) {
		const { tenantAccessToken } = shared.access ?? {};
		if (tenantAccessToken === token && shared.at <= at) exchanges.delete(key);
	}
}

/**
 * The token that may be sent now, or nothing if it is missing, past its time, or another app's.
 *
 * @throws an Error that names the field if platform or app are not filled in
 */
export function usableToken(credentials: ICredentialDataDecryptedObject): string | undefined {
	const { tenantAccessToken, accessExpiresAt, accessOwner } = credentials;
	const usable =
		typeof tenantAccessToken === 'string' &&
		tenantAccessToken !== '' &&
		accessOwner === ownerOf(credentials) &&
		Number(accessExpiresAt) > Date.now();
	return usable ? tenantAccessToken : undefined;
}
