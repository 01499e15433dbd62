import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';

import { baseUrlOf, originsOf } from '../account';

/** n8n's HTTP Request node names its address `uri`, all others `url`. */
type AnyRequest = IHttpRequestOptions & { uri?: unknown };

/** Credentials whose request was refused here; n8n reads them anew for every request. */
const refusals = new WeakMap<ICredentialDataDecryptedObject, Error>();

/**
 * Why the request that these credentials were read for is not sent. n8n would exchange App ID and
 * App Secret before it gives up, for nothing.
 */
export function refusalFor(credentials: ICredentialDataDecryptedObject): Error | undefined {
	return refusals.get(credentials);
}

/** Reads an address as the HTTP client will; nothing else tells where a request really goes. */
function parsed(address: string, base: string | undefined): URL | undefined {
	try {
		const url = new URL(address, base);
		return /^https?:$/.test(url.protocol) ? url : undefined;
	} catch {
		return undefined;
	}
}

/** What forbids to send the credential there, as a text for the builder. */
function objection(url: URL | undefined, origins: readonly string[]): string | undefined {
	if (url === undefined) {
		return `Nothing was sent: the URL is not a complete web address. Begin it with ${origins[0]}/.`;
	}
	if (!origins.includes(url.origin)) {
		return `Nothing was sent to ${url.origin}: the Feishu App API credential works with ${origins.join(' and ')} only. Change the URL, check Platform or Base URL in the credential, or choose another credential for this address.`;
	}
	if (url.username !== '' || url.password !== '') {
		return 'Nothing was sent: the URL holds a user name or a password. Remove what stands between "//" and "@"; the Feishu App API credential signs in by itself.';
	}
	return undefined;
}

/**
 * Keeps a request to the platform's own hosts: fills in the platform's address where the URL is a
 * mere path, and has n8n check every redirect (n8n 1.123 and later do).
 *
 * @throws an Error with a text for the builder if the request would go to any other host, or if a
 * custom address is not one
 */
export function keepToPlatform(
	credentials: ICredentialDataDecryptedObject,
	request: AnyRequest,
): void {
	refusals.delete(credentials);
	const origins = originsOf(credentials);
	const addresses = [request.url, request.uri].filter((address) => address != null).map(String);
	// Both are looked at where both are given: which of them counts depends on n8n's version.
	const given = request.baseURL || undefined;
	const isPath = addresses.some((address) => address.startsWith('/'));
	const base = given ?? (isPath ? baseUrlOf(credentials) : undefined);

	const urls = addresses.map((address) => parsed(address, base));
	if (given !== undefined || urls.length === 0) urls.push(parsed(given ?? '', undefined));
	for (const url of urls) {
		const text = objection(url, origins);
		if (text === undefined) continue;
		const refusal = new Error(text);
		refusals.set(credentials, refusal);
		throw refusal;
	}

	if (base !== undefined) request.baseURL = base;
	// A shorter list that the credential's owner once made is kept: n8n goes by it.
	request.allowedDomains ||= origins.map((origin) => new URL(origin).hostname).join(', ');
	request.sendCredentialsOnCrossOriginRedirect = false;
}
