import { createHash, timingSafeEqual } from 'node:crypto';

/** The headers of a request that say who sent it (API sheet 6.7); what is missing is undefined. */
export interface SignatureHeaders {
	timestamp: string | undefined;
	nonce: string | undefined;
	signature: string | undefined;
}

/** Of a header that was sent twice, none is believed. */
export function signatureHeaders(headers: Readonly<Record<string, unknown>>): SignatureHeaders {
	const header = (name: string) => {
		const found = Object.keys(headers).filter((key) => key.toLowerCase() === name);
		const value = found.length === 1 ? headers[found[0]] : undefined;
		return typeof value === 'string' && value !== '' ? value : undefined;
	};
	return {
		timestamp: header('x-lark-request-timestamp'),
		nonce: header('x-lark-request-nonce'),
		signature: header('x-lark-signature'),
	};
}

/** Whether two texts are equal; how long it takes tells nothing of where they differ. */
export function areEqual(one: string, other: string): boolean {
	const [left, right] = [one, other].map((text) => createHash('sha256').update(text).digest());
	return timingSafeEqual(left, right);
}

/** Whether a request was signed with the Encrypt Key, over the bytes as they came (API sheet 6.7). */
export function isSigned(
	{ timestamp, nonce, signature }: SignatureHeaders,
	rawBody: Uint8Array,
	encryptKey: string,
): boolean {
	if (timestamp === undefined || nonce === undefined || signature === undefined) return false;
	const expected = createHash('sha256')
		.update(timestamp + nonce + encryptKey)
		.update(rawBody)
		.digest('hex');
	return areEqual(signature.toLowerCase(), expected);
}

/**
 * Whether a request was sent within `tolerance` seconds before or after `now` (epoch ms). Retries
 * come hours after the event, but each with a time stamp of its own.
 */
export function isFresh(timestamp: string | undefined, now: number, tolerance: number): boolean {
	if (timestamp === undefined || !/^\d{1,12}$/.test(timestamp)) return false;
	return Math.abs(now - Number(timestamp) * 1000) <= tolerance * 1000;
}
