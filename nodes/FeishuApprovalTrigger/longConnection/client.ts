import { jittered } from '../../../feishu/timing';
import { fetchAddress, type Account, type Post } from './endpoint';
import { Receiver, type Handle } from './receiver';
import { notOpened, type Refusal } from './refusal';
import type { Rhythm } from './rhythm';
import { Socket, type Address } from './socket';
import { pause, TIMES } from './times';

/** Somebody who wants the connection, with a secret that may differ from that of others. */
export interface Applicant {
	account: Account;
	post: Post;
}

export type State = 'opening' | 'open' | 'interrupted' | 'refused';

/** What a client needs of those who share it. */
export interface Surroundings {
	/** Those who came last first. */
	applicants(): Applicant[];
	handle: Handle;
	/** Called once for each change; `text` says why it is not open. */
	onState(state: State, text?: string): void;
	warn(text: string): void;
}

/** The outcome of the try that is under way, or comes next. */
class Verdict {
	settle!: (refusal: Refusal | undefined) => void;
	readonly outcome = new Promise<Refusal | undefined>((resolve) => (this.settle = resolve));
}

const LOST = 'The long connection was closed; the node opens another by itself.';

/** Keeps one long connection of an app open until it is ended. */
export class Client {
	state: State = 'opening';
	private readonly ended = new AbortController();
	/** Ends the pause that is under way. */
	private woken = new AbortController();
	private verdict = new Verdict();
	private rhythm: Rhythm | undefined;
	private wasOpen = false;
	/** Secrets that the platform has accepted. */
	private readonly accepted = new Set<string>();

	constructor(private readonly surroundings: Surroundings) {}

	/** Whether the platform accepts this secret, or is asked with it before anything is open. */
	knows({ appSecret }: Account): boolean {
		return this.state !== 'open' || this.accepted.has(appSecret);
	}

	/**
	 * Resolves when it is known whether an applicant can join: with a refusal if time does not cure
	 * it, with nothing if the connection is open or heals by itself.
	 */
	async admit(applicant: Applicant): Promise<Refusal | undefined> {
		if (this.state === 'opening' || this.state === 'refused') {
			this.woken.abort();
			const refusal = await this.verdict.outcome;
			if (refusal?.isLasting) return refusal;
		}
		if (this.knows(applicant.account)) return undefined;
		const outcome = await this.ask(applicant);
		return 'isLasting' in outcome && outcome.isLasting ? outcome : undefined;
	}

	/** Opens connections, one after the other, until it is ended. Never rejects. */
	async run(): Promise<void> {
		let failures = 0;
		while (!this.ended.signal.aborted) {
			const opened = await this.open();
			if (opened instanceof Socket) {
				this.wasOpen = true;
				this.become('open');
				await opened.closed();
				this.rhythm = opened.rhythm;
				failures = opened.wasAnswered ? 0 : failures + 1;
				if (!this.ended.signal.aborted) this.become('interrupted', LOST);
			} else {
				failures++;
				this.become(opened.isLasting ? 'refused' : 'interrupted', opened.text, opened);
			}
			if (!this.ended.signal.aborted) await this.rest(failures);
		}
	}

	/** Closes the connection, and opens no other. */
	end(): void {
		this.ended.abort();
		this.woken.abort();
	}

	private become(state: State, text?: string, refusal?: Refusal): void {
		const hasChanged = this.state !== state;
		this.state = state;
		if (hasChanged && !this.ended.signal.aborted) this.surroundings.onState(state, text);
		this.verdict.settle(refusal);
		this.verdict = new Verdict();
	}

	private async open(): Promise<Socket | Refusal> {
		const address = await this.fetch();
		if ('isLasting' in address) return address;
		this.rhythm = address.rhythm;
		const socket = this.connect(address);
		const end = () => socket.close();
		this.ended.signal.addEventListener('abort', end);
		if (this.ended.signal.aborted) end();
		void socket.closed().then(() => this.ended.signal.removeEventListener('abort', end));
		return (await socket.opened()) ? socket : notOpened();
	}

	private connect(address: Address): Socket {
		const { handle, warn } = this.surroundings;
		const receiver = new Receiver(handle, warn);
		const socket: Socket = new Socket(
			address,
			(frame) => void receiver.receive(frame, (answer) => socket.send(answer)),
		);
		return socket;
	}

	/** Asks with each secret there is until one is accepted. */
	private async fetch(): Promise<Address | Refusal> {
		let outcome: Address | Refusal | undefined;
		const asked = new Set<string>();
		for (const applicant of this.surroundings.applicants()) {
			if (asked.has(applicant.account.appSecret)) continue;
			asked.add(applicant.account.appSecret);
			outcome = await this.ask(applicant);
			if (!('isLasting' in outcome && outcome.isLasting)) break;
		}
		return outcome ?? notOpened();
	}

	private async ask({ account, post }: Applicant): Promise<Address | Refusal> {
		const outcome = await fetchAddress(account, post);
		if ('url' in outcome) this.accepted.add(account.appSecret);
		else if (outcome.isLasting) this.accepted.delete(account.appSecret);
		return outcome;
	}

	private async rest(failures: number): Promise<void> {
		this.woken = new AbortController();
		if (this.ended.signal.aborted) return;
		await pause(this.pauseMs(failures), this.woken.signal);
	}

	/** As the platform asks: first a random part, then the interval, and longer while it does not help. */
	private pauseMs(failures: number): number {
		const { nonceMs = 0, reconnectMs = 0, reconnectCount = -1 } = this.rhythm ?? {};
		const hasTriedAll = reconnectCount >= 0 && failures > reconnectCount;
		if (this.state === 'refused' || hasTriedAll) return TIMES.refusedPauseMs;
		if (failures === 0) return Math.max(Math.random() * nonceMs, TIMES.shortestPauseMs);
		const base = this.wasOpen ? reconnectMs : TIMES.firstPauseMs;
		if (failures === 1) return Math.max(base, TIMES.shortestPauseMs);
		const grownMs = jittered(base * 2 ** Math.min(failures - 1, 20));
		return Math.max(Math.min(grownMs, Math.max(base, TIMES.longestPauseMs)), TIMES.shortestPauseMs);
	}
}
