import type { IExecuteFunctions } from 'n8n-workflow';

import { baseUrlOf } from '../account';
import { FeishuCallError } from '../errors/callError';
import { fileError, fileHostError } from '../errors/fileError';
import { linkProblem } from '../fileLinks';
import { TIMEOUTS } from '../timeouts';
import { ExecutionCancelled, jittered, withTimeout } from '../timing';
import type { FeishuClient } from './client';
import { storeFile, type Downloaded, type FileResponse, type Wanted } from './storeFile';

/** So many times a host may send on to another address. */
const MOST_REDIRECTS = 3;
const REPEATS = 3;

/**
 * Downloads a file into n8n's store. The host of the file gets no token; redirects are followed by
 * the same rules as links (see `linkProblem`). What may be over a little later is tried again.
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
		const outcome = await follow(client, link, wanted, baseUrl).catch((error: unknown) => {
			const mayHelp = error instanceof FeishuCallError && error.failure.transient;
			if (mayHelp && repeats < REPEATS) return undefined;
			throw error;
		});
		if (outcome !== undefined) return outcome;
		await client.wait(jittered(TIMEOUTS.pauseMs * 3 ** repeats));
	}
}

async function follow(
	client: FeishuClient,
	link: string,
	wanted: Wanted,
	baseUrl: string,
): Promise<Downloaded> {
	const { name } = wanted;
	const { prepareBinaryData } = (client.context as IExecuteFunctions).helpers;
	let url = link;
	for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
		const problem = linkProblem(url, baseUrl);
		if (problem !== undefined) throw fileError(name, problem.message, { hint: problem.hint });
		const next = await withTimeout(TIMEOUTS.fileMs, client.cancellation, async (givenUp) => {
			const ended = new AbortController();
			const signal = AbortSignal.any([givenUp, ended.signal]);
			try {
				const response = await open(client, url, signal).catch((error: unknown) => {
					throw fileHostError(name, url, error);
				});
				const { location } = response.headers;
				const isRedirect = response.statusCode >= 300 && response.statusCode < 400;
				if (!isRedirect || typeof location !== 'string') {
					return await storeFile(prepareBinaryData, response, wanted);
				}
				return URL.canParse(location, url) ? new URL(location, url).href : location;
			} finally {
				// A silent host would keep the connection and an unfinished file for ever.
				ended.abort();
			}
		});
		if (client.cancellation.isCancelled) throw new ExecutionCancelled();
		if (next === undefined) throw fileError(name, 'it took too long');
		if (typeof next !== 'string') return next;
		url = next;
	}
	throw fileError(name, `its host sent on to another address more than ${MOST_REDIRECTS} times`);
}

async function open(
	{ context }: FeishuClient,
	url: string,
	abortSignal: AbortSignal,
): Promise<FileResponse> {
	return (await context.helpers.httpRequest({
		url,
		encoding: 'stream',
		timeout: TIMEOUTS.answerMs,
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
		abortSignal,
	})) as FileResponse;
}
