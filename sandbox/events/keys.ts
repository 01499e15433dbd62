import { createCipheriv, createHash, randomBytes } from 'node:crypto';

/** What an app has in common with the platform; without a key, nothing is encrypted or signed. */
export interface Keys {
	verificationToken?: string;
	encryptKey?: string;
}

/** Encrypts a text as the platform does (API sheet 6.6): AES-256-CBC, IV in front, base64. */
export function encrypt(encryptKey: string, text: string): string {
	const key = createHash('sha256').update(encryptKey, 'utf8').digest();
	const iv = randomBytes(16);
	const cipher = createCipheriv('aes-256-cbc', key, iv);
	return Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final()]).toString('base64');
}

/** The three headers of a signed request (API sheet 6.7). */
export function signatureHeaders(
	encryptKey: string,
	body: string,
	timestamp: string,
	nonce = randomBytes(8).toString('hex'),
): Record<string, string> {
	const text = timestamp + nonce + encryptKey + body;
	return {
		'X-Lark-Request-Timestamp': timestamp,
		'X-Lark-Request-Nonce': nonce,
		'X-Lark-Signature': createHash('sha256').update(text, 'utf8').digest('hex'),
	};
}
