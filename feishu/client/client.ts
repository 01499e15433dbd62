import type {
	IDataObject,
	IExecuteFunctions,
	IHttpRequestOptions,
	NodeApiError,
} from 'n8n-workflow';

import { limitersOf, type RateLimiters } from './limiters';
import {
	CREDENTIAL,
	isStillStored,
	sendOnce,
	tokenIn,
	type Attempt,
	type Renewals,
} from './sendOnce';
import { SCOPE_MISSING, TOKEN_REFUSED } from '../codes/groups';
import type { Call } from '../endpoints';
import { TIMEOUTS } from '../timeouts';
import type { CallContext } from '../errors/description';
import { isLimited, type Answer, type Failure } from '../answer';
import { FeishuCallError, toNodeError } from '../errors/nodeError';
import { jittered, limitPauseMs, waitUntil } from '../timing';

/** A call is repeated at most this often after an answer that never came. */
const REPEATS = 3;
/** One refusal of a token that somebody else has replaced already, one of the stored token. */
const TOKEN_REFUSALS = 2;

/**
 * The calls of one run of the node: they share its pauses and its patience with a token, and their
 * pace with all other nodes of the execution.
 */
export class FeishuClient {
	private readonly limiters: RateLimiters;
	private pausedUntil = 0;
	/** Those whose token Feishu has refused, or has not yet had a word on. */
	private readonly renewals: Renewals = new Map();
	private ended = false;

	constructor(private readonly context: IExecuteFunctions) {
		this.limiters = limitersOf(context, CREDENTIAL);
	}

	/** Ends all waits and sends nothing more. */
	end(): void {
		this.ended = true;
	}

	/** True once nothing is to be sent any more. */
	readonly isCancelled = (): boolean =>
		this.ended || this.context.getExecutionCancelSignal()?.aborted === true;

	/**
	 * Sends one call and keeps at it as far as that is safe: a refused token is replaced once, a rate
	 * limit is waited for, and an answer that never came is asked for again if the call only reads or
	 * is known not to have been carried out.
	 *
	 * @throws ExecutionCancelled if the execution was cancelled
	 */
	async send(call: Call): Promise<Answer> {
		let refusals = 0;
		let repeats = 0;
		let pauses = 0;
		let limitedSince = Infinity;
		let renew = false;
		for (;;) {
			const attempt = await this.inTurn(call, renew);
			const { answer } = attempt;
			const renewals = this.renewalsBefore(attempt);
			if (!answer.ok && TOKEN_REFUSED.has(answer.code)) {
				const inVain = renewals.length > 0;
				if (inVain || refusals++ === TOKEN_REFUSALS) return answer;
				renew = await isStillStored(this.context, attempt);
				continue;
			}
			for (const renewal of renewals) this.renewals.delete(renewal);
			// Where this does not return, neither would what follows keep a success: it is not transient.
			if (answer.ok) return answer;

			renew = false;
			if (isLimited(answer)) {
				limitedSince = Math.min(limitedSince, attempt.at);
				// To the millisecond it does not matter.
				if (performance.now() - limitedSince > TIMEOUTS.limitedMs) return answer;
				this.pause(call, answer, pauses++);
			} else {
				const safe = call.method === 'GET' || answer.carriedOut === 'no';
				if (!answer.transient || !safe || repeats === REPEATS) return answer;
				await this.wait(jittered(TIMEOUTS.pauseMs * 3 ** repeats++));
			}
		}
	}

	/**
	 * Sends one call and gives back the `data` of the answer.
	 *
	 * @throws FeishuCallError if Feishu refused, did not answer, or answered without data
	 * @throws ExecutionCancelled if the execution was cancelled
	 */
	async data(call: Call, callContext: CallContext): Promise<IDataObject> {
		const answer = await this.send(call);
		if (!answer.ok) throw new FeishuCallError(answer, callContext);
		if (Object.keys(answer.data).length > 0) return answer.data;
		throw new FeishuCallError(withoutData(), callContext);
	}

	/** The refusal of an item's call as an error for the builder. */
	async errorOf({ failure, call }: FeishuCallError, itemIndex: number): Promise<NodeApiError> {
		const scopeMissing = SCOPE_MISSING.has(failure.code);
		const app = scopeMissing ? await this.context.getCredentials(CREDENTIAL) : undefined;
		return toNodeError(this.context.getNode(), failure, { app, ...call }, itemIndex);
	}

	/**
	 * Waits `ms` milliseconds.
	 *
	 * @throws ExecutionCancelled if the execution was cancelled
	 */
	async wait(ms: number): Promise<void> {
		await waitUntil(performance.now() + ms, this.isCancelled);
	}

	/** Where its token came from, if this run got it: from a call that may still be under way. */
	private renewalsBefore({ token, at }: Attempt): IHttpRequestOptions[] {
		return [...this.renewals]
			.filter(([request, began]) => tokenIn(request) === token && began <= at)
			.map(([request]) => request);
	}

	private async inTurn(call: Call, renew: boolean): Promise<Attempt> {
		const limiter = this.limiters[call.limit];
		return await limiter.run(async () => {
			let until: number;
			do {
				until = this.pausedUntil;
				await waitUntil(until, this.isCancelled);
				// Another call may have met the limit meanwhile.
			} while (this.pausedUntil > until);
			const attempt = await sendOnce(
				this.context,
				call,
				renew ? this.renewals : undefined,
				this.isCancelled,
			);
			if (attempt.answer.ok || !isLimited(attempt.answer)) limiter.count();
			return attempt;
		}, this.isCancelled);
	}

	/** All calls of the run pause: they share one allowance. */
	private pause({ limit }: Call, { resetSeconds }: Failure, pauses: number): void {
		const { freeInMs } = this.limiters[limit];
		const pauseMs = limitPauseMs(resetSeconds, pauses, freeInMs) + jittered(200);
		this.pausedUntil = Math.max(this.pausedUntil, performance.now() + pauseMs);
	}
}

/** For its words alone: whoever reads data does nothing about it. */
function withoutData(): Failure {
	return {
		ok: false,
		carriedOut: 'no',
		transient: false,
		message: 'Feishu answered without data',
		hint: 'If Base URL in the credential points to a gateway or proxy, check that it passes answers on as they are.',
	};
}
