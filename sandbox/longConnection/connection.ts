/* eslint-disable @n8n/community-nodes/no-restricted-globals -- a server, not a node */
import { randomBytes, randomUUID } from 'node:crypto';
import type { WebSocket } from 'ws';
import { acknowledgementOf } from './acknowledgement';
import { decodeFrame, encodeFrame, headerOf, type Frame } from './frames';

/** What the platform tells a client about its rhythm, in s; -1 reconnects: for ever. */
export interface ClientConfig {
	PingInterval: number;
	ReconnectCount: number;
	ReconnectInterval: number;
	ReconnectNonce: number;
}

/** How an event goes over a connection. */
export interface Sending {
	/** Parts of a large event; default 1. */
	parts?: number;
	/** The order in which they go out; default `ascending`. */
	order?: 'ascending' | 'descending' | 'shuffled';
}

/** What became of an event that was sent. */
export interface Acknowledgement {
	ms: number;
	/** `code` of the acknowledgement. */
	status?: number;
	/** Its payload. */
	answer?: string;
	/** Why it is not taken for accepted. */
	problem?: string;
	/** ID of the connection. */
	connection?: string;
}

interface Waiting {
	sent: Frame[];
	settle: (frame: Frame | undefined) => void;
}

/** The platform's side of one WebSocket. */
export class Connection {
	readonly id: string = String(BigInt(`0x7${randomBytes(7).toString('hex')}`));
	readonly openedAt = Date.now();
	/** Pings that came in. */
	pings = 0;
	/** From now on nothing that comes in is answered or noticed. */
	silent = false;
	/** Whatever came in that does not belong into the protocol. */
	readonly complaints: string[] = [];
	/** IDs of messages that were acknowledged after their time. */
	readonly late: string[] = [];
	private readonly waiting = new Map<string, Waiting>();
	private sequence = 0n;

	constructor(
		readonly appId: string,
		private readonly socket: WebSocket,
		private readonly service: number,
		private readonly config: () => ClientConfig,
	) {
		socket.on('message', (data: Buffer, isBinary) => this.receive(data, isBinary));
		socket.on('error', ({ message }) => this.complaints.push(message));
		socket.on('close', () => {
			for (const { settle } of this.waiting.values()) settle(undefined);
		});
	}

	/** Pushes an event; gives up after `withinMs`. Never throws. */
	async send(json: string, withinMs: number, sending: Sending): Promise<Acknowledgement> {
		const messageId = randomUUID();
		const sent = this.framesOf(messageId, Buffer.from(json), sending.parts ?? 1);
		const start = performance.now();
		const acknowledged = new Promise<Frame | undefined | 'late'>((resolve) => {
			const timer = setTimeout(() => settle('late'), withinMs);
			const settle = (outcome: Frame | undefined | 'late') => {
				clearTimeout(timer);
				this.waiting.delete(messageId);
				resolve(outcome);
			};
			this.waiting.set(messageId, { sent, settle });
		});
		for (const frame of inOrder(sent, sending.order)) this.socket.send(encodeFrame(frame));
		const outcome = await acknowledged;
		const ms = Math.round(performance.now() - start);
		const { id: connection } = this;
		if (outcome === undefined) return { ms, connection, problem: 'the connection was closed' };
		if (outcome === 'late') {
			return { ms, connection, problem: `no acknowledgement within ${withinMs} ms` };
		}
		return { ms, connection, ...acknowledgementOf(outcome, sent) };
	}

	/** Ends the connection, with a WebSocket goodbye or (`abruptly`) without a word. */
	end(abruptly = false): void {
		if (abruptly) this.socket.terminate();
		else this.socket.close(1001, 'reconnect');
	}

	private framesOf(messageId: string, payload: Buffer, parts: number): Frame[] {
		const size = Math.ceil(payload.length / parts);
		const traceId = randomBytes(16).toString('hex');
		return Array.from({ length: parts }, (_, seq) => ({
			SeqID: String(++this.sequence),
			// Larger than a number in JavaScript can tell exactly.
			LogID: String(2n ** 63n + BigInt(Date.now())),
			service: this.service,
			method: 1,
			headers: Object.entries({
				type: 'event',
				message_id: messageId,
				sum: String(parts),
				seq: String(seq),
				trace_id: traceId,
				timestamp: String(Date.now()),
			}).map(([key, value]) => ({ key, value })),
			payload: payload.subarray(seq * size, (seq + 1) * size),
			LogIDNew: traceId,
		}));
	}

	private receive(data: Buffer, isBinary: boolean): void {
		if (this.silent) return;
		try {
			if (!isBinary) throw new Error('a text message');
			const frame = decodeFrame(data);
			if (frame.method === 0) this.receiveControl(frame);
			else this.receiveAcknowledgement(frame);
		} catch (error) {
			this.complaints.push(error instanceof Error ? error.message : String(error));
		}
	}

	private receiveControl(frame: Frame): void {
		const kind = headerOf(frame, 'type');
		if (kind !== 'ping') throw new Error(`a control frame of type ${kind}`);
		if (frame.service !== this.service) throw new Error(`a ping of service ${frame.service}`);
		this.pings++;
		const pong = {
			...frame,
			headers: [{ key: 'type', value: 'pong' }],
			payload: Buffer.from(JSON.stringify(this.config())),
		};
		this.socket.send(encodeFrame(pong));
	}

	private receiveAcknowledgement(frame: Frame): void {
		const messageId = headerOf(frame, 'message_id') ?? '';
		const waiting = this.waiting.get(messageId);
		if (waiting) waiting.settle(frame);
		else this.late.push(messageId);
	}
}

function inOrder(frames: Frame[], order: Sending['order'] = 'ascending'): Frame[] {
	if (order === 'descending') return frames.toReversed();
	if (order === 'ascending') return frames;
	const keyed = frames.map((frame) => ({ frame, key: Math.random() }));
	return keyed.sort((one, other) => one.key - other.key).map(({ frame }) => frame);
}
