import type { IBinaryData, IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { baseUrlOf } from '../account';
import type { Failure } from '../answer';
import { FeishuCallError } from '../errors/callError';
import { linkProblem } from '../fileLinks';
import { readNetworkFailure } from '../networkErrors';
import { TIMEOUTS } from '../timeouts';
import { ExecutionCancelled, jittered, withTimeout } from '../timing';
import type { FeishuClient } from './client';

/** So many times a host may send on to another address. */
const MOST_REDIRECTS = 3;
const REPEATS = 3;

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

/** As much of a readable stream as is used here. */
interface Body {
	map(work: (chunk: Buffer) => Buffer): Parameters<Prepare>[0];
	destroy(): void;
}

interface Response {
	statusCode: number;
	headers: IDataObject;
	body: Body;
}

type Prepare = IExecuteFunctions['helpers']['prepareBinaryData'];

function failure({ name }: Wanted, message: string, more: Partial<Failure> = {}): FeishuCallError {
	const text = `"${name}" could not be downloaded: ${message}`;
	return new FeishuCallError({
		ok: false,
		carriedOut: 'no',
		transient: false,
		message: text,
		hint: 'Download the file in Feishu, or run this again.',
		...more,
	});
}

const tooLarge = (wanted: Wanted) =>
	failure(wanted, `it is larger than ${wanted.maxBytes / 1_000_000} MB`, {
		hint: 'Set Maximum Size under Options to a higher number of MB.',
	});

/**
 * Downloads a file into n8n's store, piece by piece, without ever holding it whole. The host of the
 * file gets no token; redirects are followed by the same rules as links (see `linkProblem`).
 *
 * @throws FeishuCallError if it cannot be had; `httpStatus` tells what its host has said
 * @throws ExecutionCancelled if the run has ended
 */
export async function download(
	client: FeishuClient,
	link: string,
	wanted: Wanted,
): Promise<Downloaded> {
	const baseUrl = baseUrlOf(await client.credential());
	for (let repeats = 0; ; repeats++) {
		const outcome = await follow(client, link, wanted, baseUrl).catch((thrown: unknown) =>
			toCallError(thrown, wanted),
		);
		if (!(outcome instanceof Error)) return outcome;
		if (outcome instanceof ExecutionCancelled) throw outcome;
		if (!outcome.failure.transient || repeats === REPEATS) throw outcome;
		await client.wait(jittered(TIMEOUTS.pauseMs * 3 ** repeats));
	}
}

function toCallError(thrown: unknown, wanted: Wanted): FeishuCallError | ExecutionCancelled {
	if (thrown instanceof FeishuCallError || thrown instanceof ExecutionCancelled) return thrown;
	const { message = '', reason } = readNetworkFailure(thrown);
	return failure(wanted, message, { transient: reason !== undefined, reason });
}

async function follow(
	client: FeishuClient,
	link: string,
	wanted: Wanted,
	baseUrl: string,
): Promise<Downloaded> {
	let url = link;
	for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
		const problem = linkProblem(url, baseUrl);
		if (problem !== undefined) throw failure(wanted, problem.message, { hint: problem.hint });
		const next = await withTimeout(TIMEOUTS.fileMs, client.cancellation, async (givenUp) => {
			const { statusCode, headers, body } = await open(client, url, givenUp);
			const { location } = headers;
			if (statusCode >= 300 && statusCode < 400 && typeof location === 'string') {
				body.destroy();
				return URL.canParse(location, url) ? new URL(location, url).href : location;
			}
			return await store(client, { statusCode, headers, body }, wanted);
		});
		if (client.cancellation.isCancelled) throw new ExecutionCancelled();
		if (next === undefined) throw failure(wanted, 'it took too long');
		if (typeof next !== 'string') return next;
		url = next;
	}
	throw failure(wanted, `its host sent on to another address more than ${MOST_REDIRECTS} times`);
}

async function open({ context }: FeishuClient, url: string, givenUp: AbortSignal) {
	const options = {
		url,
		encoding: 'stream' as const,
		timeout: TIMEOUTS.answerMs,
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
		abortSignal: givenUp,
	};
	return (await context.helpers.httpRequest(options)) as Response;
}

async function store(
	{ context }: FeishuClient,
	{ statusCode, headers, body }: Response,
	wanted: Wanted,
): Promise<Downloaded> {
	if (statusCode !== 200) {
		body.destroy();
		throw failure(wanted, `its host answered with HTTP ${statusCode}`, {
			httpStatus: statusCode,
			transient: statusCode >= 500 || statusCode === 429,
		});
	}
	if (Number(headers['content-length']) > wanted.maxBytes) {
		body.destroy();
		throw tooLarge(wanted);
	}
	let size = 0;
	const counted = body.map((chunk) => {
		size += chunk.length;
		if (size > wanted.maxBytes) throw new Error('too large');
		return chunk;
	});
	const [type = ''] = String(headers['content-type'] ?? '').split(';');
	const mimeType = /^application\/octet-stream$|^$/i.test(type.trim()) ? undefined : type.trim();
	const { prepareBinaryData } = (context as IExecuteFunctions).helpers;
	const binary = await prepareBinaryData(counted, wanted.name, mimeType).catch((error: unknown) => {
		if (size > wanted.maxBytes) throw tooLarge(wanted);
		const { message = '' } = error as Error;
		throw failure(wanted, `the connection broke (${message})`, { transient: true });
	});
	return { binary, size };
}
