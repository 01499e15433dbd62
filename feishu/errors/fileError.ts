import type { Failure } from '../answer';
import { readNetworkFailure } from '../networkErrors';
import { FeishuCallError } from './callError';

/** Words that make n8n put a sentence of its own in place of a message (n8n reads them as codes). */
const REPLACED_BY_N8N = /eacces|eperm|enoent|eexist|eisdir|enotdir/i;

/** What forbids or prevents to get a file, as an error that names the file. */
export function fileError(
	name: string,
	message: string,
	more: Partial<Failure> = {},
): FeishuCallError {
	const file = REPLACED_BY_N8N.test(name) ? 'A file' : `"${name}"`;
	return new FeishuCallError({
		ok: false,
		carriedOut: 'no',
		transient: false,
		message: `${file} could not be downloaded: ${message}`,
		hint: 'Download the file in Feishu, or run this again.',
		...more,
	});
}

/** The same for a host that could not be reached, or that did not answer. */
export function fileHostError(name: string, url: string, thrown: unknown): FeishuCallError {
	const { transient, reason, message = '' } = readNetworkFailure(thrown);
	if (reason === undefined) return fileError(name, message);
	const { host } = new URL(url);
	return fileError(name, 'its host did not answer', {
		transient,
		reason,
		hint: `The file lies at ${host}. Check that your n8n can reach this host: proxy and firewall.`,
	});
}
