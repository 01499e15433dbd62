import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IHttpRequestOptions,
} from 'n8n-workflow';

import { CREDENTIAL } from '../account';
import { isLimited, type Answer, type Failure } from '../answer';
import { TOKEN_REFUSED } from '../codes/groups';
import type { Call, Endpoint } from '../endpoints';
import { FeishuCallError } from '../errors/callError';
import { TIMEOUTS } from '../timeouts';
import { Cancellation, jittered, limitPauseMs, waitUntil, type Elapsed } from '../timing';
import { cancelSignalOf, limitersOf, type ClientContext, type RateLimiters } from './limiters';
import { isStillStored, sendOnce, tokenIn, type Attempt, type Renewals } from './sendOnce';

/** A call is repeated at most this often after an answer that never came. */
const REPEATS = 3;
/** One refusal of a token that somebody else has replaced already, one of the stored token. */
const TOKEN_REFUSALS = 2;

/** What came of a call, and how long ago the attempt began that was answered last. */
export interface Sent {
	answer: Answer;
	elapsed: Elapsed;
}

/**
 * Calls Feishu for one run of a node, an option list or a trigger. The calls of a run share their
 * pauses and their attempts to get a token, and their rate limits with all nodes of the execution.
 */
export class FeishuClient {
	readonly cancellation: Cancellation;
	private readonly limiters: RateLimiters;
	private pausedUntil = 0;
	/** Those whose token Feishu has refused, or has not yet had a word on. */
	private readonly renewals: Renewals = new Map();
	/** Why no token can be had: time does not change that during a run. */
	private withoutToken: Failure | undefined;
	/** What the operations of the run have found out, by name. */
	readonly known = new Map<string, unknown>();
	/** Endpoints whose limit did not end, however long it was waited for. */
	private readonly limitedForGood = new Set<Endpoint>();

	constructor(readonly context: ClientContext) {
		this.limiters = limitersOf(context, CREDENTIAL);
		this.cancellation = new Cancellation(cancelSignalOf(context));
	}

	/** The credential, for texts that say where to ask for a scope. */
	async credential(): Promise<ICredentialDataDecryptedObject> {
		return await this.context.getCredentials(CREDENTIAL);
	}

	/**
	 * Sends one call and keeps at it as far as that is safe: a refused token is replaced once, a rate
	 * limit is waited for, and an answer that never came is asked for again if the call only reads or
	 * is known not to have been carried out.
	 *
	 * @throws ExecutionCancelled if the run has ended
	 */
	async send(call: Call): Promise<Sent> {
		const { withoutToken } = this;
		if (withoutToken !== undefined) return { answer: withoutToken, elapsed: () => 0 };
		const attempt = await this.keepSending(call);
		const { answer, elapsed, isWithoutToken } = attempt;
		if (answer.ok) return { answer, elapsed };
		const failure = { ...answer, endpoint: call.endpoint };
		// Every further item would cost another exchange.
		if (isWithoutToken && !failure.transient) this.withoutToken = failure;
		return { answer: failure, elapsed };
	}

	/** Sends a call and gives back the whole answer, good or bad; throws as `send` does. */
	async ask(call: Call): Promise<Answer> {
		return (await this.send(call)).answer;
	}

	/**
	 * Sends a call that reads and gives back the `data` of the answer.
	 *
	 * @throws FeishuCallError if Feishu refused, did not answer, or answered without data
	 * @throws ExecutionCancelled if the run has ended
	 */
	async read(call: Call): Promise<IDataObject> {
		const answer = await this.ask(call);
		if (!answer.ok) throw new FeishuCallError(answer);
		if (Object.keys(answer.data).length > 0) return answer.data;
		throw new FeishuCallError(ANSWER_WITHOUT_DATA);
	}

	/**
	 * Waits `ms` milliseconds.
	 *
	 * @throws ExecutionCancelled if the run has ended
	 */
	async wait(ms: number): Promise<void> {
		await waitUntil(performance.now() + ms, this.cancellation);
	}

	/** Writes a line into n8n's log. */
	log(text: string): void {
		this.context.logger.info(text);
	}

	/** Writes a warning into n8n's log. */
	warn(text: string): void {
		this.context.logger.warn(text);
	}

	private async keepSending(call: Call): Promise<Attempt> {
		let refusals = 0;
		let repeats = 0;
		let pauses = 0;
		let limitedSince = Infinity;
		let renew = false;
		for (;;) {
			const attempt = await this.sendInTurn(call, renew);
			const { answer } = attempt;
			const renewals = this.renewalsBefore(attempt);
			if (!answer.ok && TOKEN_REFUSED.has(answer.code)) {
				const inVain = renewals.length > 0;
				if (inVain || refusals++ === TOKEN_REFUSALS) return attempt;
				renew = await isStillStored(this.context, attempt);
				continue;
			}
			for (const renewal of renewals) this.renewals.delete(renewal);
			// Where this does not return, neither would what follows keep a success: it is not transient.
			if (answer.ok) {
				this.limitedForGood.delete(call.endpoint);
				return attempt;
			}

			renew = false;
			if (isLimited(answer)) {
				limitedSince = Math.min(limitedSince, attempt.at);
				// To the millisecond it does not matter.
				const isInVain = performance.now() - limitedSince > TIMEOUTS.limitedMs;
				// Every further item would wait as long again.
				if (isInVain) this.limitedForGood.add(call.endpoint);
				if (this.limitedForGood.has(call.endpoint)) return attempt;
				this.pause(call, answer, pauses++);
			} else {
				const isSafe = call.endpoint.readOnly || answer.carriedOut === 'no';
				if (!answer.transient || !isSafe || repeats === REPEATS) return attempt;
				await this.wait(jittered(TIMEOUTS.pauseMs * 3 ** repeats++));
			}
		}
	}

	/** Where its token came from, if this run got it: from a call that may still be under way. */
	private renewalsBefore({ token, at }: Attempt): IHttpRequestOptions[] {
		return [...this.renewals]
			.filter(([request, began]) => tokenIn(request) === token && began <= at)
			.map(([request]) => request);
	}

	private async sendInTurn(call: Call, renew: boolean): Promise<Attempt> {
		const limiter = this.limiters.of(call.endpoint);
		return await limiter.run(async () => {
			let until: number;
			do {
				until = this.pausedUntil;
				await waitUntil(until, this.cancellation);
				// Another call may have met the limit meanwhile.
			} while (this.pausedUntil > until);
			const renewals = renew ? this.renewals : undefined;
			const attempt = await sendOnce(this.context, call, renewals, this.cancellation);
			if (attempt.answer.ok || !isLimited(attempt.answer)) limiter.count();
			return attempt;
		}, this.cancellation);
	}

	/** All calls of the run pause: they share one allowance. */
	private pause({ endpoint }: Call, { resetSeconds }: Failure, pauses: number): void {
		const { freeInMs } = this.limiters.of(endpoint);
		const pauseMs = limitPauseMs(resetSeconds, pauses, freeInMs) + jittered(200);
		this.pausedUntil = Math.max(this.pausedUntil, performance.now() + pauseMs);
	}
}

/** Who reads data does nothing about it: only its words count. */
const ANSWER_WITHOUT_DATA: Failure = {
	ok: false,
	carriedOut: 'no',
	transient: false,
	message: 'Feishu answered without data',
	hint: 'If Base URL in the credential points to a gateway or proxy, check that it passes answers on as they are.',
};
