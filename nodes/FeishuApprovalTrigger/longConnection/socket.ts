import { parseBody, textOf } from '../events/body';
import { CONTROL, decodeFrame, encodeFrame, headerOf, type Frame } from './frames';
import { readRhythm, type Rhythm } from './rhythm';
import { pause, CONNECTION_TIMES } from './times';

/** What a connection needs to be opened. */
export interface Address {
	/** Holds a ticket: it may appear in no text. */
	url: string;
	service: number;
	rhythm: Rhythm;
}

/** So many pings in a row may stay without an answer. */
const UNANSWERED_PINGS = 2;

/** One WebSocket to the platform, from its opening to its end. */
export class Socket {
	/** How the platform wants it; a pong may change that. */
	rhythm: Rhythm;
	/** Whether the platform ever answered over it. */
	wasAnswered = false;
	private readonly socket: WebSocket;
	private readonly over = new AbortController();
	private isOpen = false;
	private unanswered = 0;

	/** @param onData takes each data frame */
	constructor(
		private readonly address: Address,
		private readonly onData: (frame: Frame) => void,
	) {
		this.rhythm = address.rhythm;
		this.socket = new WebSocket(address.url);
		this.socket.binaryType = 'arraybuffer';
		// Before it is open: an event may follow the opening at once.
		this.socket.onmessage = ({ data }) => this.receive(data);
		this.socket.onopen = () => void this.begin();
		this.socket.onclose = () => this.over.abort();
		// What follows is told by `onclose`; without a listener nothing may be thrown.
		this.socket.onerror = () => undefined;
	}

	/** Whether it came to be open, within the time for it. */
	async opened(): Promise<boolean> {
		const [opened, { signal }] = [new AbortController(), this.over];
		const end = () => opened.abort();
		this.socket.addEventListener('open', end);
		signal.addEventListener('abort', end);
		if (!signal.aborted) await pause(CONNECTION_TIMES.openMs, opened.signal);
		this.socket.removeEventListener('open', end);
		signal.removeEventListener('abort', end);
		if (!this.isOpen) this.close();
		return this.isOpen;
	}

	/** Resolves when it is over, from whichever side. */
	async closed(): Promise<void> {
		if (this.over.signal.aborted) return;
		await new Promise((resolve) => this.over.signal.addEventListener('abort', resolve));
	}

	send(frame: Frame): void {
		if (this.isOpen && !this.over.signal.aborted) this.socket.send(encodeFrame(frame));
	}

	/** Does not wait for the other side, which may be silent. Twice is as good as once. */
	close(): void {
		this.socket.onmessage = null;
		this.over.abort();
		this.socket.close();
	}

	private async begin(): Promise<void> {
		this.isOpen = true;
		const { signal } = this.over;
		while (!signal.aborted) {
			if (this.unanswered >= UNANSWERED_PINGS) return this.close();
			this.unanswered++;
			this.send(this.ping());
			await pause(this.rhythm.pingMs, signal);
		}
	}

	private ping(): Frame {
		const headers = [{ key: 'type', value: 'ping' }];
		return { seqId: 0n, logId: 0n, service: this.address.service, method: CONTROL, headers };
	}

	private receive(data: unknown): void {
		const frame = data instanceof ArrayBuffer ? decodeFrame(new Uint8Array(data)) : undefined;
		if (frame === undefined) return;
		if (frame.method !== CONTROL) this.onData(frame);
		else if (headerOf(frame, 'type') === 'pong') this.receivePong(frame);
	}

	private receivePong({ payload = new Uint8Array() }: Frame): void {
		this.unanswered = 0;
		this.wasAnswered = true;
		this.rhythm = readRhythm(parseBody(textOf(payload) ?? ''), this.rhythm);
	}
}
