import type { IExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';

import { SENT_ALREADY, sentOnce } from '../token/authorize';
import { exchangeRefusal } from '../token/exchange';
import { forgetTenantAccess } from '../token/cache';
import type { Call } from '../endpoints';
import { TIMEOUTS } from '../timeouts';
import { readAnswer, type Answer, type Failure, type RawResponse } from '../answer';
import { causesOf, readNetworkFailure, UNANSWERED } from '../networkErrors';
import { ExecutionCancelled, withTimeout } from '../timing';

export const CREDENTIAL = 'feishuAppApi';

/** What came of one attempt. */
export interface Attempt {
	answer: Answer;
	/** The token that was sent with it, as far as that is known. */
	token?: string;
	/** When it began (process ms). */
	at: number;
}

/** Requests for which a new token was got, and when they began (process ms). */
export type Renewals = Map<IHttpRequestOptions, number>;

function readFailure(error: unknown): Failure {
	const causes = causesOf(error);
	if (causes.some(({ message }) => message === SENT_ALREADY)) return UNANSWERED;
	return exchangeRefusal(causes) ?? readNetworkFailure(error);
}

/** The credential as n8n has to see it so that it gets and stores a new token. */
async function withoutToken(context: IExecuteFunctions) {
	const data = await context.getCredentials(CREDENTIAL);
	return { id: '', name: '', type: CREDENTIAL, data: { ...data, tenantAccessToken: '' } };
}

function optionsOf({ method, path, qs, body }: Call): IHttpRequestOptions {
	const headers = { Accept: 'application/json' };
	const options: IHttpRequestOptions = {
		method,
		url: path,
		qs,
		headers,
		encoding: 'text',
		timeout: TIMEOUTS.answerMs,
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
	};
	if (body === undefined) return options;
	return {
		...options,
		body,
		headers: { ...headers, 'Content-Type': 'application/json; charset=utf-8' },
	};
}

/** The token that the credential has put into the options, or nothing as long as it has not. */
export function tokenIn({ headers }: IHttpRequestOptions): string | undefined {
	return (headers?.Authorization as string | undefined)?.replace('Bearer ', '');
}

/**
 * Sends a call once through n8n's authenticated request. With `renewals`, n8n gets and stores a new
 * token first, and the request is added to them before it goes out.
 *
 * @throws ExecutionCancelled if the execution was cancelled
 */
export async function sendOnce(
	context: IExecuteFunctions,
	call: Call,
	renewals: Renewals | undefined,
	isCancelled: () => boolean,
): Promise<Attempt> {
	const additional = renewals && { credentialsDecrypted: await withoutToken(context) };
	if (isCancelled()) throw new ExecutionCancelled();
	const options = optionsOf(call);
	sentOnce.add(options);
	const at = performance.now();
	renewals?.set(options, at);
	const { httpRequestWithAuthentication: request } = context.helpers;
	let response: RawResponse | undefined;
	let unanswered: Failure = UNANSWERED;
	try {
		// An exchange may come first, and must not use up the time of the call itself.
		const patienceMs = TIMEOUTS.exchangeMs + TIMEOUTS.answerMs * 1.5;
		response = await withTimeout(patienceMs, isCancelled, (givenUp) => {
			const work = request.call(context, CREDENTIAL, options, additional);
			// Only now: n8n has just put the execution's own signal there, which `stopped` looks at.
			options.abortSignal = givenUp;
			return work as Promise<RawResponse>;
		});
	} catch (error) {
		unanswered = readFailure(error);
	}
	if (isCancelled()) throw new ExecutionCancelled();
	const token = tokenIn(options);
	const answer = response === undefined ? unanswered : readAnswer(response, token);
	return { answer, token, at };
}

/**
 * Whether the refused token is the one that is still stored. If not, somebody was faster, and the
 * newer token must not be thrown away for the sake of an old one.
 */
export async function isStillStored(
	context: IExecuteFunctions,
	{ token: refused, at }: Attempt,
): Promise<boolean> {
	const { tenantAccessToken: stored } = await context.getCredentials(CREDENTIAL);
	if (refused !== undefined && stored !== refused) return false;
	forgetTenantAccess(String(stored), at);
	return true;
}
