import { encrypt, signatureHeaders, type Keys } from './keys';
import type { Forgery } from './model';

const HOUR_S = 3600;
const OTHER_KEY = 'somebody-elses-key';

export const JSON_BODY = { 'content-type': 'application/json; charset=utf-8' };

/** A push as it goes over HTTP. */
export interface PushRequest {
	body: string;
	headers: Record<string, string>;
}

/**
 * Makes the request of a push: encrypted and signed if the app has a key, or wrong in one way.
 *
 * @param seconds the platform's time; a retry is signed anew
 */
export function pushRequest(
	text: string,
	{ encryptKey }: Keys,
	seconds: number,
	forgery?: Forgery,
): PushRequest {
	const headers = JSON_BODY;
	if (!encryptKey || forgery === 'plain') return { body: text, headers };
	const usedKey = forgery === 'key' ? OTHER_KEY : encryptKey;
	const seal = (inner: string) => JSON.stringify({ encrypt: encrypt(usedKey, inner) });
	const body = seal(text);
	if (forgery === 'unsigned') return { body, headers };
	const signed = signatureHeaders(
		forgery === 'signature' ? OTHER_KEY : usedKey,
		body,
		String(forgery === 'stale' ? seconds - HOUR_S : seconds),
	);
	return { body: forgery === 'tampered' ? seal(text) : body, headers: { ...headers, ...signed } };
}
