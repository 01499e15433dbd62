import type { IHttpRequestHelper, IHttpRequestOptions } from 'n8n-workflow';

import { CODES } from '../codes/codes';
import { TIMEOUTS } from '../timeouts';
import { readAnswer, type Answer, type Failure, type RawResponse } from '../answer';
import { readNetworkFailure, UNANSWERED } from '../networkErrors';
import { withTimeout } from '../timing';

const EXCHANGE_PATH = '/open-apis/auth/v3/tenant_access_token/internal';

/**
 * The exchange of app id and secret for a token did not work.
 * Carries neither response nor request: both hold secrets.
 */
export class TokenExchangeError extends Error {
	constructor(readonly refusal: Failure) {
		const { code, msg, logId } = refusal;
		const explained = code === undefined ? refusal : CODES[code];
		const sentences = [
			explained?.message ?? 'Feishu refused to issue an access token',
			explained?.hint ?? `Feishu said: ${msg ?? 'nothing more'}`,
		].map((sentence) => sentence.replace(/\.?$/, '.'));
		const facts = [
			code === undefined ? '' : `Feishu code ${code}`,
			logId === undefined ? '' : `log ID ${logId}`,
		].filter(Boolean);
		super(sentences.join(' ') + (facts.length === 0 ? '' : ` (${facts.join(', ')})`));
	}
}

/**
 * n8n 1.x keeps nothing of the cause of its error but the text: by it, the last one is found again.
 * The log ID in the text keeps two apps apart.
 */
let last: Partial<TokenExchangeError> = {};

/** What became of the exchange, if it caused an error that n8n threw. */
export function exchangeRefusal(causes: Error[]): Failure | undefined {
	const itself = causes.find((cause) => cause instanceof TokenExchangeError);
	if (itself !== undefined) return itself.refusal;
	return causes.some(({ message }) => message === last.message) ? last.refusal : undefined;
}

/** The error to throw. Whatever became of the exchange: the call that needs the token was not made. */
function unsuccessful(refusal: Omit<Failure, 'carriedOut'>): TokenExchangeError {
	const error = new TokenExchangeError({ ...refusal, carriedOut: 'no' });
	last = error;
	return error;
}

async function ask(
	http: IHttpRequestHelper,
	baseUrl: string,
	appId: string,
	appSecret: string,
): Promise<Answer> {
	try {
		// Bounded as a whole: the call that waits for the token must not outlive its own time limit.
		const response = await withTimeout(
			TIMEOUTS.exchangeMs,
			// Never cancelled: others wait for the same token.
			undefined,
			(abortSignal) => {
				const request: IHttpRequestOptions = {
					method: 'POST',
					url: baseUrl + EXCHANGE_PATH,
					headers: { 'Content-Type': 'application/json; charset=utf-8' },
					body: { app_id: appId, app_secret: appSecret },
					timeout: TIMEOUTS.exchangeMs,
					returnFullResponse: true,
					ignoreHttpStatusErrors: true,
					disableFollowRedirect: true,
					abortSignal,
				};
				return http.helpers.httpRequest(request) as Promise<RawResponse>;
			},
		);
		return response === undefined ? UNANSWERED : readAnswer(response, appSecret);
	} catch (error) {
		return readNetworkFailure(error);
	}
}

/**
 * Exchanges app id and secret for a tenant access token (API sheet 2.1). `expireSeconds` is what is
 * left of the token's life.
 *
 * @throws TokenExchangeError with a text for the builder
 */
export async function exchange(
	http: IHttpRequestHelper,
	baseUrl: string,
	appId: string,
	appSecret: string,
): Promise<{ token: string; expireSeconds: number }> {
	const answer = await ask(http, baseUrl, appId, appSecret);
	if (!answer.ok) throw unsuccessful(answer);

	const { tenant_access_token: token, expire } = answer.body;
	if (typeof token === 'string' && token !== '') {
		return { token, expireSeconds: Number(expire) || 0 };
	}
	throw unsuccessful({
		ok: false,
		transient: false,
		message: 'Feishu answered without an access token',
		hint: 'Check Platform or Base URL in the credential.',
	});
}
