import { randomUUID } from 'node:crypto';
import { admitApp } from './access';
import { fieldViolation, Refusal, success } from './answers';
import type { Answer } from './answers';
import { readTexts } from './bodies';
import type { FilePart } from './journal';
import type { JournalEntry } from './model';
import type { Platform } from './platform';

const SCOPES = ['approval:approval', 'approval:approval:readonly'];
const MB = 1024 * 1024;
const MOST_BYTES = { attachment: 50 * MB, image: 10 * MB };

/** Upload of a file for a form, at both of its addresses (API sheet 4.9). */
export function uploadFile(platform: Platform, entry: JournalEntry): Answer {
	const isV4 = entry.endpoint === 'uploadV4';
	if (platform.missingUploads.has(isV4 ? 'uploadV4' : 'upload')) {
		throw new Refusal(99991201, 'path not found', { status: 404 });
	}
	admitApp(platform, entry, SCOPES);
	if (!/^multipart\/form-data\b/i.test(entry.headers['content-type'] ?? '') || !entry.body) {
		throw new Refusal(9499, 'Bad Request');
	}
	const parts = entry.body as Record<string, unknown>;
	const { name, type } = readTexts(parts, 'name', 'type');
	if (!/[^.]\.[^.]+$/.test(name)) throw new Refusal(1390001, 'param is invalid: name');
	if (type !== 'image' && type !== 'attachment') {
		throw new Refusal(1390001, 'param is invalid: type');
	}
	const content = parts.content as FilePart | string | undefined;
	if (typeof content !== 'object') {
		throw fieldViolation('content', undefined, 'content is not a file');
	}
	const { length } = content.bytes;
	if (length === 0 || length > MOST_BYTES[type]) {
		throw new Refusal(1390001, 'param is invalid: content');
	}
	const code = randomUUID().toUpperCase();
	const extension = /\.(\w+)$/.exec(name)?.[1] ?? 'bin';
	const link = platform.fileHost.add(`${code}.${extension}`, { body: content.bytes });
	platform.uploads.set(code, { name, type, link });
	// The link says "\u0026" in so many letters where it should say "&" (API sheet 4.9).
	const url = `${platform.fileHost.withLinks(link)}\\u0026x-expires=43200`;
	return success(isV4 ? { urls_detail: [{ code, url, name }] } : { code, url });
}
