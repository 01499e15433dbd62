import { jittered } from '../../../feishu/timing';
import type { Account } from './endpoint';
import { FrameReceiver, type Handle } from './frameReceiver';
import { notOpened, type Refusal } from './refusal';
import type { Rhythm } from './rhythm';
import { isRefusedForGood, Secrets, type Applicant } from './secrets';
import { Socket, type Address } from './socket';
import { pause, CONNECTION_TIMES } from './times';

/** `lost`: it was open a moment ago; `interrupted`: it could not be opened, and may be later. */
export type State = 'opening' | 'open' | 'lost' | 'interrupted' | 'refused';

/** What a client needs of those who share it. */
export interface Surroundings {
	/** At least one. */
	applicants(): Applicant[];
	handle: Handle;
	/** Called once for each change; `text` says why it is not open. */
	onState(state: State, text?: string): void;
	/** Called each time that the platform accepts a secret, or refuses it for good. */
	onVerdict(secret: string, refusal?: Refusal): void;
	warn(text: string): void;
}

/** What comes of the try that is under way, or comes next. */
class Outcome {
	settle!: (refusal: Refusal | undefined) => void;
	readonly known = new Promise<Refusal | undefined>((resolve) => (this.settle = resolve));
}

const LOST = 'The long connection was closed; the node opens another by itself.';

/** So many handshakes may fail before the very first opening until that is no passing trouble. */
const MOST_FAILED_HANDSHAKES = 3;

/** Keeps one long connection of an app open until it is ended. */
export class Client {
	state: State = 'opening';
	private readonly ended = new AbortController();
	/** Ends the pause that is under way. */
	private woken = new AbortController();
	private outcome = new Outcome();
	private rhythm: Rhythm | undefined;
	private wasOpen = false;
	private failedHandshakes = 0;
	private readonly secrets: Secrets;

	constructor(private readonly surroundings: Surroundings) {
		this.secrets = new Secrets((...verdict) => surroundings.onVerdict(...verdict));
	}

	/** Whether the platform accepts the secret. */
	accepts(account: Account): boolean {
		return this.secrets.accepts(account);
	}

	/** Whether the platform has said of the secret that it accepts it, or that it does not. */
	hasJudged(account: Account): boolean {
		return this.secrets.hasJudged(account);
	}

	/**
	 * Resolves when it is known whether an applicant can join: with a refusal if time does not cure
	 * it, with nothing if the connection is open or heals by itself.
	 */
	async admit(applicant: Applicant): Promise<Refusal | undefined> {
		if (this.state === 'opening' || this.state === 'refused') {
			this.woken.abort();
			const refusal = await this.outcome.known;
			// A try that was under way knew nothing of this one's secret: the next one does.
			if (refusal?.isLasting && !this.secrets.hasJudged(applicant.account)) {
				return await this.admit(applicant);
			}
			if (refusal !== undefined) return refusal.isLasting ? refusal : undefined;
		}
		if (this.accepts(applicant.account)) return undefined;
		const outcome = await this.secrets.ask(applicant);
		if (isRefusedForGood(outcome)) return outcome;
		// The platform can be asked again: no need to wait any longer.
		if ('url' in outcome && this.state === 'interrupted') this.woken.abort();
		void this.askUntilKnown(applicant);
		return undefined;
	}

	/** Opens connections, one after the other, until it is ended. Never rejects. */
	async run(): Promise<void> {
		let failures = 0;
		while (!this.isOver()) {
			const opened = await this.open();
			if (opened instanceof Socket) {
				this.wasOpen = true;
				this.become('open');
				await opened.closed();
				this.rhythm = opened.rhythm;
				failures = opened.wasAnswered ? 0 : failures + 1;
				this.become('lost', LOST);
			} else {
				failures++;
				this.become(opened.isLasting ? 'refused' : 'interrupted', opened.text, opened);
			}
			await this.rest(failures);
		}
	}

	/** Closes the connection, and opens no other. */
	end(): void {
		this.ended.abort();
		this.woken.abort();
	}

	/** A method, since it may change while something is waited for. */
	private isOver(): boolean {
		return this.ended.signal.aborted;
	}

	private become(state: State, text?: string, refusal?: Refusal): void {
		if (this.isOver()) return;
		const hasChanged = this.state !== state;
		this.state = state;
		if (hasChanged) this.surroundings.onState(state, text);
		if (state === 'lost') return;
		this.outcome.settle(refusal);
		this.outcome = new Outcome();
	}

	private async open(): Promise<Socket | Refusal> {
		const address = await this.secrets.askAll(this.surroundings.applicants());
		if ('isLasting' in address) return address;
		this.rhythm = address.rhythm;
		const socket = this.connect(address);
		if (await socket.opened()) return socket;
		const isUsual = this.wasOpen || ++this.failedHandshakes < MOST_FAILED_HANDSHAKES;
		return notOpened(!isUsual);
	}

	private connect(address: Address): Socket {
		const { handle, warn } = this.surroundings;
		const receiver = new FrameReceiver(handle, warn);
		const socket: Socket = new Socket(
			address,
			(frame) => void receiver.receive(frame, (answer) => socket.send(answer)),
		);
		const end = () => socket.close();
		this.ended.signal.addEventListener('abort', end);
		if (this.isOver()) end();
		void socket.closed().then(() => this.ended.signal.removeEventListener('abort', end));
		return socket;
	}

	/** For one whose secret the platform could not judge when it came. */
	private async askUntilKnown(applicant: Applicant): Promise<void> {
		const isWaiting = () =>
			!this.isOver() &&
			!this.accepts(applicant.account) &&
			this.surroundings.applicants().includes(applicant);
		for (let failures = 1; isWaiting(); failures++) {
			await pause(grownMs(CONNECTION_TIMES.firstPauseMs, failures), this.ended.signal);
			if (!isWaiting()) return;
			await applicant.refresh();
			if (isRefusedForGood(await this.secrets.ask(applicant))) return;
		}
	}

	private async rest(failures: number): Promise<void> {
		if (this.isOver()) return;
		this.woken = new AbortController();
		await pause(this.pauseMs(failures), this.woken.signal);
	}

	/** As the platform asks: first a random part, then the interval, and longer while it does not help. */
	private pauseMs(failures: number): number {
		const { nonceMs = 0, reconnectMs = 0, reconnectCount = -1 } = this.rhythm ?? {};
		const hasTriedAll = reconnectCount >= 0 && failures > reconnectCount;
		if (this.state === 'refused' || hasTriedAll) return CONNECTION_TIMES.refusedPauseMs;
		if (failures === 0) return Math.max(Math.random() * nonceMs, CONNECTION_TIMES.shortestPauseMs);
		return grownMs(this.wasOpen ? reconnectMs : CONNECTION_TIMES.firstPauseMs, failures);
	}
}

/** The pause after so many failures in a row. */
function grownMs(base: number, failures: number): number {
	const wantedMs = failures === 1 ? base : jittered(base * 2 ** Math.min(failures - 1, 20));
	const longestMs = Math.max(base, CONNECTION_TIMES.longestPauseMs);
	return Math.min(Math.max(wantedMs, CONNECTION_TIMES.shortestPauseMs), longestMs);
}
