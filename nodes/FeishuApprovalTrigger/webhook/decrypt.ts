import { createDecipheriv, createHash } from 'node:crypto';

import { textOf } from '../events/body';

const BLOCK = 16;

/**
 * The text of an encrypted push (API sheet 6.6): AES-256-CBC, the key is the hash of the Encrypt
 * Key, the first block the start vector. Nothing if it was not made with this key.
 */
export function decrypt(encrypted: string, encryptKey: string): string | undefined {
	const bytes = Buffer.from(encrypted, 'base64');
	if (bytes.length < 2 * BLOCK || bytes.length % BLOCK !== 0) return undefined;
	const key = createHash('sha256').update(encryptKey).digest();
	const decipher = createDecipheriv('aes-256-cbc', key, bytes.subarray(0, BLOCK));
	try {
		return textOf(Buffer.concat([decipher.update(bytes.subarray(BLOCK)), decipher.final()]));
	} catch {
		return undefined;
	}
}
