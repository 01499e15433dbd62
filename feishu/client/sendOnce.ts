import type { IHttpRequestOptions } from 'n8n-workflow';

import { CREDENTIAL, originsOf } from '../account';
import { readAnswer, type Answer, type Failure, type RawResponse } from '../answer';
import type { Call } from '../endpoints';
import { causesOf, readNetworkFailure, UNANSWERED } from '../networkErrors';
import { TIMEOUTS } from '../timeouts';
import {
	ExecutionCancelled,
	startWatch,
	withTimeout,
	type Cancellation,
	type Elapsed,
} from '../timing';
import { SENT_ALREADY, sentOnce } from '../token/authorize';
import { forgetTenantAccess } from '../token/cache';
import { exchangeRefusal } from '../token/exchange';
import type { ClientContext } from './limiters';

/** What came of one attempt. */
export interface Attempt {
	answer: Answer;
	/** The call was never made, because no token could be had for it. */
	isWithoutToken: boolean;
	/** The token that was sent with it, as far as that is known. */
	token?: string;
	/** When it began (process ms). */
	at: number;
	elapsed: Elapsed;
}

/** Requests for which a new token was got, and when they began (process ms). */
export type Renewals = Map<IHttpRequestOptions, number>;

/** The credential as n8n has to see it so that it gets and stores a new token. */
async function withoutToken(context: ClientContext) {
	const data = await context.getCredentials(CREDENTIAL);
	return { id: '', name: '', type: CREDENTIAL, data: { ...data, tenantAccessToken: '' } };
}

/** Where a call goes: the credential fills in the platform's usual address. */
async function urlOf(context: ClientContext, { endpoint, path }: Call): Promise<string> {
	if (!endpoint.isElsewhere) return path;
	return `${originsOf(await context.getCredentials(CREDENTIAL)).at(-1)}${path}`;
}

const timeoutOf = ({ body }: Call): number =>
	body instanceof FormData ? TIMEOUTS.uploadMs : TIMEOUTS.answerMs;

function optionsOf(call: Call, url: string): IHttpRequestOptions {
	const { endpoint, qs, body } = call;
	const headers = { Accept: 'application/json' };
	const options: IHttpRequestOptions = {
		method: endpoint.method,
		url,
		qs,
		// A list in the query is one parameter, given several times.
		arrayFormat: 'repeat',
		headers,
		encoding: 'text',
		timeout: timeoutOf(call),
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
	};
	if (body === undefined) return options;
	// The parts of a form have a boundary, which the HTTP client makes and names.
	if (body instanceof FormData) return { ...options, body };
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
 * @throws ExecutionCancelled if the run has ended
 */
export async function sendOnce(
	context: ClientContext,
	call: Call,
	renewals: Renewals | undefined,
	cancellation: Cancellation,
): Promise<Attempt> {
	const additional = renewals && { credentialsDecrypted: await withoutToken(context) };
	if (cancellation.isCancelled) throw new ExecutionCancelled();
	const options = optionsOf(call, await urlOf(context, call));
	sentOnce.add(options);
	const at = performance.now();
	const elapsed = startWatch();
	renewals?.set(options, at);
	const { httpRequestWithAuthentication: request } = context.helpers;
	let response: RawResponse | undefined;
	let unanswered: Failure = UNANSWERED;
	let isWithoutToken = false;
	try {
		// An exchange may come first, and must not use up the time of the call itself.
		const timeoutMs = TIMEOUTS.exchangeMs + timeoutOf(call) * 1.5;
		response = await withTimeout(timeoutMs, cancellation, (givenUp) => {
			const work = request.call(context, CREDENTIAL, options, additional);
			// Only now: n8n has just put the execution's own signal there, and `cancellation` follows it.
			options.abortSignal = givenUp;
			return work as Promise<RawResponse>;
		});
	} catch (error) {
		const causes = causesOf(error);
		const exchange = exchangeRefusal(causes);
		isWithoutToken = exchange !== undefined;
		const wasSent = causes.some(({ message }) => message === SENT_ALREADY);
		if (!wasSent) unanswered = exchange ?? readNetworkFailure(error);
	}
	if (cancellation.isCancelled) throw new ExecutionCancelled();
	const token = tokenIn(options);
	const answer = response === undefined ? unanswered : readAnswer(response, token);
	return { answer, isWithoutToken, token, at, elapsed };
}

/**
 * Whether the refused token is the one that is still stored. If not, somebody was faster, and the
 * newer token must not be thrown away for the sake of an old one.
 */
export async function isStillStored(
	context: ClientContext,
	{ token: refused, at }: Attempt,
): Promise<boolean> {
	const { tenantAccessToken: stored } = await context.getCredentials(CREDENTIAL);
	if (refused !== undefined && stored !== refused) return false;
	forgetTenantAccess(String(stored), at);
	return true;
}
