import { NodeOperationError, type IAllExecuteFunctions } from 'n8n-workflow';

import type { Answer, Failure } from '../../feishu/answer';
import { FeishuClient } from '../../feishu/client/client';
import { CODES } from '../../feishu/codes/codes';
import { SUBSCRIBED_ALREADY } from '../../feishu/codes/groups';
import { callOf, ENDPOINTS, type Endpoint } from '../../feishu/endpoints';
import { explain } from '../../feishu/errors/explain';
import { ExecutionCancelled, waitUntil, withTimeout } from '../../feishu/timing';
import { log, logFailure } from './log';
import { TIMES } from './times';

const isDone = (answer: Answer) => answer.ok || SUBSCRIBED_ALREADY.has(answer.code);

/** What time cures: a limit, a used up quota, and a credential that n8n could not read just now. */
function isTemporary(answer: Answer): boolean {
	if (isDone(answer) || answer.ok) return false;
	const cause = CODES[answer.code ?? 0]?.cause;
	const wasAsked = answer.code !== undefined || answer.httpStatus !== undefined;
	return answer.transient || !wasAsked || cause === 'rate-limited' || cause === 'quota-exhausted';
}

async function ask(client: FeishuClient, endpoint: Endpoint, approvalCode: string) {
	return await client.ask(callOf(endpoint, { path: { approval_code: approvalCode } }));
}

/** Subscriptions of a published workflow, which may need some time. */
export class Subscriptions {
	private client: FeishuClient;
	private isClosed = false;
	private hasFailed = false;
	/** Why some could not be subscribed in the last round. */
	private reason = 'there is no answer yet';
	/** What Feishu has not answered for good yet. */
	private readonly open: Set<string>;

	constructor(
		private readonly context: IAllExecuteFunctions,
		approvalCodes: readonly string[],
		/** Tells the builder of a refusal that is not thrown. */
		private readonly report: (refusal: Error) => void,
	) {
		this.open = new Set(approvalCodes);
		this.client = new FeishuClient(context);
	}

	/**
	 * Subscribes the app to the events of all definitions (API sheet 4.5); to do so twice does no
	 * harm. What does not work for the moment goes on by itself until `close`.
	 *
	 * @param isStart n8n starts: it would not try again, so that refusals are only told
	 * @throws NodeOperationError that names code, scope and cure where time changes nothing; the
	 * others are subscribed all the same
	 */
	async begin(isStart: boolean): Promise<void> {
		const { open } = this;
		if (open.size === 0) return;
		const first = this.round();
		const refused = await withTimeout(TIMES.subscribeMs, undefined, async () => await first);
		if (refused === undefined) return void this.goOn(first);
		if (refused.length > 0 && !isStart) {
			const texts = await Promise.all(refused.map(async (one) => await this.explain(...one)));
			this.close();
			throw new NodeOperationError(this.context.getNode(), texts.join(' '));
		}
		if (refused.length > 0 || open.size > 0) void this.goOn(first);
	}

	/** Ends what still goes on; nothing is unsubscribed. */
	close(): void {
		this.isClosed = true;
		this.client.cancellation.end();
	}

	/** One attempt for each that is open; gives back what is refused for good. */
	private async round(): Promise<Array<[string, Failure]>> {
		const refused: Array<[string, Failure]> = [];
		for (const code of [...this.open]) {
			const answer = await this.subscribe(code);
			if (answer === undefined || isTemporary(answer)) {
				if (answer?.ok === false) this.reason = answer.message ?? this.reason;
				continue;
			}
			this.open.delete(code);
			if (!isDone(answer) && !answer.ok) refused.push([code, answer]);
		}
		return refused;
	}

	/** Nothing if it could not even be asked; the first time, n8n's log says why. */
	private async subscribe(code: string): Promise<Answer | undefined> {
		try {
			return await ask(this.client, ENDPOINTS.subscribe, code);
		} catch (error) {
			const isNews = !this.hasFailed && !this.isClosed;
			if (isNews) logFailure(this.context, 'the platform could not be asked', error);
			this.hasFailed = true;
			return undefined;
		}
	}

	private async explain(code: string, failure: Failure): Promise<string> {
		const sent = { of: 'approval', field: 'Approval Codes', code } as const;
		const text = await explain(this.context, failure, [sent]);
		return `No events of approval ${code} can be had. ${text}`;
	}

	/** Keeps at it with growing pauses; one line in n8n's log when it begins, one when it ends. */
	private async goOn(round: Promise<Array<[string, Failure]>>): Promise<void> {
		const { context } = this;
		const waiting = `${this.open.size} approval codes could not be subscribed yet (${this.reason})`;
		const isWaiting = this.open.size > 0;
		if (isWaiting) log(context, 'warn', `${waiting}; it goes on by itself.`);
		try {
			await this.tell(await round);
			for (let pauseMs = TIMES.subscribeAgainMs; this.open.size > 0; pauseMs *= 2) {
				const wait = Math.min(pauseMs, TIMES.subscribeLongestMs);
				await waitUntil(performance.now() + wait, this.client.cancellation);
				// A client that was given no token asks for none again.
				if (!this.isClosed) this.client = new FeishuClient(this.context);
				await this.tell(await this.round());
			}
			if (isWaiting) log(context, 'info', 'all approval codes are subscribed or refused now.');
		} catch (error) {
			if (error instanceof ExecutionCancelled) return;
			logFailure(context, 'subscribing has ended before its time', error);
		}
	}

	private async tell(refused: Array<[string, Failure]>): Promise<void> {
		if (refused.length === 0) return;
		const texts = await Promise.all(refused.map(async (one) => await this.explain(...one)));
		if (!this.isClosed) this.report(new Error(texts.join(' ')));
	}
}

/**
 * Ends the subscriptions to the events of some definitions; what was none is fine as well. Asks
 * before each whether somebody wants it by now, and after it, so that nobody is left without.
 */
export async function unsubscribe(
	context: IAllExecuteFunctions,
	approvalCodes: readonly string[],
	isWanted: (approvalCode: string) => boolean,
): Promise<void> {
	const client = new FeishuClient(context);
	for (const code of approvalCodes) {
		if (isWanted(code)) continue;
		const answer = await ask(client, ENDPOINTS.unsubscribe, code);
		if (isWanted(code)) await ask(client, ENDPOINTS.subscribe, code);
		if (answer.ok || isDone(answer)) continue;
		const sent = { of: 'approval', field: 'Approval Codes', code } as const;
		const text = await explain(context, answer, [sent]);
		log(context, 'warn', `${code} could not be unsubscribed. ${text}`);
	}
}
