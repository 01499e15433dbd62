/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/** How the host answers for a file. */
export interface HostedFile {
	body?: string | Buffer;
	type?: string;
	/** Sends so many bytes of nothing, piece by piece, in place of a body. */
	bytes?: number;
	/** Does not say how long it is. */
	withoutLength?: boolean;
	/** Sends on to this address. */
	redirect?: string;
	/** HTTP statuses of the first answers; 200 afterwards. */
	statuses?: number[];
	/** Breaks off in the middle, so many times. */
	breaks?: number;
	/** Stops in the middle without an end, so many times. */
	stalls?: number;
	/** So long (ms) passes before each piece. */
	pieceMs?: number;
}

/** A request for a file. */
export interface FileRequest {
	name: string;
	url: string;
	headers: IncomingHttpHeaders;
	/** What was answered; undefined if nothing was. */
	status?: number;
	/** Whether it got all of it; undefined while it is under way. */
	isComplete?: boolean;
}

const PIECE = Buffer.alloc(64 * 1024);

/**
 * The host of files: another origin than the platform's, which wants no token. Instances name its
 * files as `sandbox-file:<name>`; whoever reads an instance gets a fresh link (API sheet 5.4).
 */
export class FileHost {
	readonly files = new Map<string, HostedFile>();
	readonly requests: FileRequest[] = [];
	url = '';
	private issued = 0;
	/** Links with a lower number have run out. */
	private firstValid = 1;
	private readonly server = createServer((request, response) => {
		const { pathname, searchParams } = new URL(request.url ?? '/', this.url);
		const name = decodeURIComponent(pathname.split('/').at(-1) ?? '');
		const entry: FileRequest = { name, url: request.url ?? '', headers: request.headers };
		this.requests.push(entry);
		response.on('close', () => {
			entry.status = response.statusCode;
			entry.isComplete = response.writableFinished;
		});
		const file = this.files.get(name);
		const signature = searchParams.get('x-signature');
		const hasRunOut = signature !== null && Number(signature) < this.firstValid;
		if (hasRunOut) response.writeHead(403).end();
		else if (file === undefined) response.writeHead(404).end();
		else this.answer(file, response);
	});

	async listen(): Promise<void> {
		await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
		this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
	}

	async close(): Promise<void> {
		this.server.closeAllConnections();
		await new Promise((resolve) => this.server.close(resolve));
	}

	/** Adds a file; gives back how an instance names it. */
	add(name: string, file: HostedFile = {}): string {
		this.files.set(name, file);
		return `sandbox-file:${encodeURIComponent(name)}`;
	}

	/** A text of an instance, with fresh links in place of the names. */
	withLinks(text: string): string {
		return text.replace(
			/sandbox-file:([\w.%~-]+)/g,
			(_all, name: string) => `${this.url}/files/${name}?x-signature=${++this.issued}`,
		);
	}

	/** The links that were given out so far have run out, as they do after twelve hours. */
	runOut(): void {
		this.firstValid = this.issued + 1;
	}

	private answer(file: HostedFile, response: ServerResponse): void {
		const status = file.statuses?.shift() ?? 200;
		if (status !== 200) return void response.writeHead(status).end();
		if (file.redirect !== undefined) {
			return void response.writeHead(302, { location: file.redirect }).end();
		}
		const { body = 'content', type = 'application/octet-stream', bytes } = file;
		const whole = Buffer.from(body);
		const length = bytes ?? whole.length;
		response.writeHead(200, {
			'content-type': type,
			...(file.withoutLength ? {} : { 'content-length': length }),
		});
		const half = whole.subarray(0, whole.length / 2);
		if ((file.breaks ?? 0) > 0) {
			file.breaks!--;
			response.write(half, () => response.destroy());
			return;
		}
		if ((file.stalls ?? 0) > 0) {
			file.stalls!--;
			return void response.write(half);
		}
		void send(response, bytes ?? whole, file.pieceMs);
	}
}

/** Sends a content, or so many bytes of nothing, no faster than they are taken. */
async function send(
	response: ServerResponse,
	content: Buffer | number,
	pieceMs?: number,
): Promise<void> {
	const length = typeof content === 'number' ? content : content.length;
	// A slow host sends ten pieces.
	const most = pieceMs === undefined ? PIECE.length : Math.max(1, Math.ceil(length / 10));
	for (let at = 0; at < length && !response.destroyed;) {
		const count = Math.min(length - at, most, PIECE.length);
		if (pieceMs !== undefined) await wait(pieceMs, undefined, { ref: false });
		const piece =
			typeof content === 'number' ? PIECE.subarray(0, count) : content.subarray(at, at + count);
		at += count;
		if (response.write(piece)) continue;
		await new Promise<void>((resolve) => {
			const goOn = () => {
				response.off('drain', goOn).off('close', goOn);
				resolve();
			};
			response.on('drain', goOn).on('close', goOn);
		});
	}
	response.end();
}
