import { isObject } from '../approval/json';

/** Shorter than any secret that Feishu gives out: taking it out would only spoil the texts. */
const TOO_SHORT = 8;

/** Whether an answer may say the secret back, be it written with escapes. */
export function maySay(body: unknown, secret: string): boolean {
	if (secret.length < TOO_SHORT) return false;
	if (typeof body !== 'string' || body.includes(secret) || /\\[u/]/.test(body)) return true;
	return body.includes(JSON.stringify(secret).slice(1, -1));
}

/** Takes what proves who is calling out of all texts: some gateways say it back. */
export function withoutSecret<T>(value: T, secret: string): T {
	const cleaned = (part: unknown): unknown => {
		if (typeof part === 'string') return part.replaceAll(secret, '(hidden)');
		if (Array.isArray(part)) return part.map(cleaned);
		if (!isObject(part)) return part;
		return Object.fromEntries(
			Object.entries(part).map(([key, inner]) => [
				key.replaceAll(secret, '(hidden)'),
				cleaned(inner),
			]),
		);
	};
	return cleaned(value) as T;
}
