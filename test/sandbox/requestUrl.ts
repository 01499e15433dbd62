/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as it came in at a request URL. */
export interface Received {
	headers: IncomingHttpHeaders;
	raw: string;
	/** The body, parsed. */
	body: Record<string, unknown>;
}

/** Answers one request; the default is 200 without a body. */
export type AnswerRequest = (received: Received, response: ServerResponse) => void;

/** An HTTP server as an app has it at its request URL. */
export class RequestUrl {
	readonly received: Received[] = [];
	answer: AnswerRequest = (_received, response) => response.end();
	url = '';
	private readonly server = createServer((request, response) => {
		const pieces: Buffer[] = [];
		request.on('data', (piece: Buffer) => pieces.push(piece));
		request.on('end', () => {
			const raw = Buffer.concat(pieces).toString('utf8');
			let body = {};
			try {
				body = JSON.parse(raw) as object;
			} catch {
				// Not every push is JSON.
			}
			const received = { headers: request.headers, raw, body };
			this.received.push(received);
			this.answer(received, response);
		});
	});

	async listen(): Promise<void> {
		await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
		this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/events`;
	}

	async close(): Promise<void> {
		this.server.closeAllConnections();
		await new Promise((resolve) => this.server.close(resolve));
	}

	/** What came in lately, the newest last. */
	last(): Received {
		return this.received.at(-1)!;
	}
}
