/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

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
}

/** A request for a file. */
export interface FileRequest {
	name: string;
	url: string;
	headers: IncomingHttpHeaders;
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
	private readonly server = createServer((request, response) => {
		const { pathname } = new URL(request.url ?? '/', this.url);
		const name = decodeURIComponent(pathname.split('/').at(-1) ?? '');
		this.requests.push({ name, url: request.url ?? '', headers: request.headers });
		const file = this.files.get(name);
		if (file === undefined) response.writeHead(404).end();
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
		if ((file.breaks ?? 0) > 0) {
			file.breaks!--;
			response.write(whole.subarray(0, 3), () => response.destroy());
			return;
		}
		if (bytes === undefined) return void response.end(whole);
		let left = bytes;
		const send = () => {
			while (left > 0) {
				const piece = PIECE.subarray(0, Math.min(left, PIECE.length));
				left -= piece.length;
				if (!response.write(piece)) return void response.once('drain', send);
			}
			response.end();
		};
		send();
	}
}
