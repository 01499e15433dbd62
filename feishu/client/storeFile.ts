import type { IBinaryData, IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { fileError } from '../errors/fileError';
import { TIMEOUTS } from '../timeouts';
import { withTimeout } from '../timing';

/** What is wanted of a file. */
export interface Wanted {
	name: string;
	maxBytes: number;
}

/** A file in n8n's store. */
export interface Downloaded {
	binary: IBinaryData;
	/** Bytes. */
	size: number;
}

type Prepare = IExecuteFunctions['helpers']['prepareBinaryData'];

/** As much of a readable stream as is used here. */
interface Body {
	map(work: (chunk: Buffer) => Buffer): Parameters<Prepare>[0];
}

/** A host's answer whose content has yet to come. */
export interface FileResponse {
	statusCode: number;
	headers: IDataObject;
	body: Body;
}

/** Codes of a connection that broke; what else goes wrong while a file is stored is n8n's. */
const BROKEN = /^(ECONN|EPIPE$|ETIMEDOUT$|ERR_|ABORT_ERR$|Z_)/;

const tooLarge = ({ name, maxBytes }: Wanted) =>
	fileError(name, `it is larger than ${maxBytes / 1_000_000} MB`, {
		hint: 'Set Maximum Size under Options to a higher number of MB.',
	});

/** What the host says of the kind of file; n8n tells it by the name where that has an ending. */
function mimeTypeOf({ headers }: FileResponse, name: string): string | undefined {
	const [type] = String(headers['content-type'] ?? '').split(';');
	const kind = type.trim().toLowerCase();
	const isKnown = kind !== '' && !kind.endsWith('/octet-stream');
	if (isKnown) return kind;
	return /\.\w+$/.test(name) ? undefined : 'application/octet-stream';
}

/**
 * Puts what a host sends into n8n's store, piece by piece, so that a file is never held whole in
 * memory. The caller has to end the connection, whatever the outcome.
 *
 * @throws FeishuCallError if the host refused, broke off, fell silent or sends more than is wanted
 */
export async function storeFile(
	prepareBinaryData: Prepare,
	response: FileResponse,
	wanted: Wanted,
): Promise<Downloaded> {
	const { statusCode, headers, body } = response;
	const { name, maxBytes } = wanted;
	if (statusCode !== 200) {
		throw fileError(name, `its host answered with HTTP ${statusCode}`, {
			httpStatus: statusCode,
			transient: statusCode >= 500 || statusCode === 429,
		});
	}
	if (Number(headers['content-length']) > maxBytes) throw tooLarge(wanted);
	let size = 0;
	const binary = await withTimeout(TIMEOUTS.answerMs, undefined, async (_givenUp, renew) => {
		const counted = body.map((chunk) => {
			renew();
			size += chunk.length;
			if (size > maxBytes) throw new Error('too large');
			return chunk;
		});
		return await prepareBinaryData(counted, name, mimeTypeOf(response, name)).catch(
			(error: Error & { code?: unknown }) => {
				if (size > maxBytes) throw tooLarge(wanted);
				const reason = typeof error.code === 'string' ? error.code : undefined;
				if (reason !== undefined && BROKEN.test(reason)) {
					throw fileError(name, 'the connection broke', { transient: true, reason });
				}
				throw fileError(name, 'n8n could not store it', {
					reason,
					hint: 'Check where your n8n keeps binary data: whether there is space, and its limits.',
				});
			},
		);
	});
	if (binary !== undefined) return { binary, size };
	throw fileError(name, 'its host fell silent', { transient: true });
}
