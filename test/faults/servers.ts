/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { generateKeyPairSync, sign } from 'node:crypto';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A server beside the sandbox. */
export interface Beside {
	url: string;
	/** Head and body of every request that came. */
	requests: string[];
	close(): Promise<void>;
}

async function listening(server: Server, port = 0): Promise<number> {
	server.listen(port, '127.0.0.1');
	await once(server, 'listening');
	return (server.address() as AddressInfo).port;
}

function recording(requests: string[]): RequestListener {
	return (request, response) => {
		const head = [`${request.method} ${request.url}`, ...request.rawHeaders];
		const parts: Buffer[] = [Buffer.from(`${head.join('\n')}\n`)];
		request.on('data', (part: Buffer) => parts.push(part));
		request.on('end', () => {
			requests.push(Buffer.concat(parts).toString());
			response.end('{"code":0,"msg":"success","data":{}}');
		});
	};
}

/** A host that is none of Feishu's; it writes down whatever reaches it. */
export async function startElsewhere(): Promise<Beside> {
	const requests: string[] = [];
	const server = createHttpServer(recording(requests));
	// Another name than the sandbox's, and one that leads here.
	const url = `http://localhost:${await listening(server)}`;
	await (await fetch(url)).text();
	requests.length = 0;
	const close = async () => {
		server.closeAllConnections();
		server.close();
	};
	return { url, requests, close };
}

/** One value in ASN.1's DER encoding. */
function der(tag: number, ...parts: Buffer[]): Buffer {
	const body = Buffer.concat(parts);
	const { length } = body;
	const size =
		length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length];
	return Buffer.concat([Buffer.of(tag, ...size), body]);
}

/** A certificate that nobody but itself vouches for, as companies have them on inner servers. */
function selfSigned(): { key: string; cert: string } {
	const [sequence, set, integer, bits, utf8, utcTime] = [0x30, 0x31, 2, 3, 12, 23];
	const time = (ms: number) => {
		const digits = new Date(ms).toISOString().replace(/\D/g, '').slice(2, 14);
		return der(utcTime, Buffer.from(`${digits}Z`));
	};
	const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	const algorithm = der(sequence, Buffer.from('06082a8648ce3d040302', 'hex'));
	const commonName = der(sequence, Buffer.from('0603550403', 'hex'), der(utf8, Buffer.from('me')));
	const name = der(sequence, der(set, commonName));
	const dayMs = 86_400_000;
	const content = der(
		sequence,
		der(integer, Buffer.of(1)),
		algorithm,
		name,
		der(sequence, time(Date.now() - dayMs), time(Date.now() + dayMs)),
		name,
		publicKey.export({ type: 'spki', format: 'der' }),
	);
	const signature = der(bits, Buffer.of(0), sign('sha256', content, privateKey));
	const base64 = der(sequence, content, algorithm, signature).toString('base64');
	return {
		key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
		cert: `-----BEGIN CERTIFICATE-----\n${base64.replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`,
	};
}

/** A server that encrypts, but whose certificate nobody trusts. */
export async function startUntrusted(): Promise<Beside> {
	const requests: string[] = [];
	const server = createHttpsServer(selfSigned(), recording(requests));
	const url = `https://127.0.0.1:${await listening(server)}`;
	const close = async () => {
		server.closeAllConnections();
		server.close();
	};
	return { url, requests, close };
}

/** The way to a server, which can be shut: then nobody listens at its address. */
export interface Door {
	url: string;
	open(): Promise<void>;
	close(): Promise<void>;
}

/**
 * A door to `port`, shut at first.
 *
 * @param refused called each time a connection to the door was refused
 */
export async function buildDoor(port: number, refused: () => void): Promise<Door> {
	const through = new Set<Socket>();
	const server = createServer((inner) => {
		const outer = connect(port, '127.0.0.1');
		for (const [from, to] of [
			[inner, outer],
			[outer, inner],
		]) {
			through.add(from);
			from.pipe(to);
			from.on('error', () => to.destroy());
			from.on('close', () => through.delete(from));
		}
	});
	const own = await listening(server);
	server.close();
	const look = (message: unknown) => {
		const { socket } = message as { socket: Socket };
		socket.once('error', (error: Error & { code?: string; port?: number }) => {
			if (error.code === 'ECONNREFUSED' && error.port === own) refused();
		});
	};
	subscribe('net.client.socket', look);
	return {
		url: `http://127.0.0.1:${own}`,
		open: async () => void (await listening(server, own)),
		close: async () => {
			unsubscribe('net.client.socket', look);
			server.close();
			for (const socket of through) socket.destroy();
		},
	};
}
