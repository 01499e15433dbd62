import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';

import { TIMEOUTS } from '../timeouts';
import { usableToken } from './cache';
import { keepToPlatform } from './destination';

/** An instance code that cannot exist: the test of the credential asks for it. */
export const NOWHERE = '00000000-0000-0000-0000-000000000000';

/** Requests that n8n must not send again by itself, whatever came of them. */
export const sentOnce = new WeakSet<IHttpRequestOptions>();

/** The text of the error by which such a request is kept from going out again. */
export const SENT_ALREADY = 'The request was sent already, and its answer could not be read';

/**
 * Puts the token, and the platform's address where the URL is a mere path, into a request that goes
 * to the platform's own hosts.
 *
 * @throws an Error with a text for the builder if the request would go anywhere else
 * @throws what n8n takes for an HTTP 401 when there is no usable token: n8n then gets and stores a
 * new one and comes back, before anything was sent to Feishu
 * @throws an Error with the text SENT_ALREADY for a request that went out before and is in
 * `sentOnce`: n8n sends again after HTTP 401 if the body of the answer could not be read
 */
export function authorize(
	credentials: ICredentialDataDecryptedObject,
	requestOptions: IHttpRequestOptions,
): IHttpRequestOptions {
	const wasSent = requestOptions.headers?.Authorization !== undefined;
	if (wasSent && sentOnce.has(requestOptions)) throw new Error(SENT_ALREADY);

	keepToPlatform(credentials, requestOptions);
	const token = usableToken(credentials);
	if (token === undefined) {
		throw Object.assign(new Error('There is no usable access token'), {
			response: { status: 401 },
		});
	}
	// The caller's own object is filled in: the transport reads from it which token was sent.
	requestOptions.headers = { ...requestOptions.headers, Authorization: `Bearer ${token}` };
	// n8n gives a test of a credential five minutes.
	if (requestOptions.url?.endsWith(NOWHERE)) requestOptions.timeout = TIMEOUTS.answerMs;
	return requestOptions;
}
