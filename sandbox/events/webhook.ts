/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a server, not a node */
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import axios from 'axios';
import type { PushRequest } from './pushRequest';

/** What came back from a request URL. */
export interface WebhookAnswer {
	/** ms until it was complete or given up. */
	ms: number;
	status?: number;
	answer?: string;
	problem?: string;
}

/** Posts to request URLs; each request over a connection of its own, redirects are not followed. */
export class WebhookSender {
	private readonly httpAgent = new HttpAgent({ keepAlive: false });
	private readonly httpsAgent = new HttpsAgent({ keepAlive: false });
	private readonly underway = new Set<AbortController>();

	/** Never throws. Anything but a complete answer within `withinMs` is a problem. */
	async post(
		url: string,
		{ body, headers }: PushRequest,
		withinMs: number,
	): Promise<WebhookAnswer> {
		const stop = new AbortController();
		const timer = setTimeout(() => stop.abort(), withinMs);
		this.underway.add(stop);
		const start = performance.now();
		const ms = () => Math.round(performance.now() - start);
		try {
			const { status, data } = await axios.post<string>(url, Buffer.from(body), {
				headers,
				signal: stop.signal,
				httpAgent: this.httpAgent,
				httpsAgent: this.httpsAgent,
				proxy: false,
				maxRedirects: 0,
				validateStatus: () => true,
				responseType: 'text',
				transformResponse: (text: string) => text,
			});
			const problem = status === 200 ? undefined : `HTTP ${status}`;
			return { ms: ms(), status, answer: data, problem };
		} catch (error) {
			const { code = 'no answer' } = error as { code?: string };
			const problem = stop.signal.aborted ? `no answer within ${withinMs} ms` : code;
			return { ms: ms(), problem };
		} finally {
			clearTimeout(timer);
			this.underway.delete(stop);
		}
	}

	/** Breaks off all that is under way. */
	abort(): void {
		for (const stop of this.underway) stop.abort();
	}
}
