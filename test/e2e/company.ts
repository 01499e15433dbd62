/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- servers, not a node */
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { connect, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { createServer as createTlsServer } from 'node:tls';

import { command } from './command';
import { installPackages } from './debian';

const OPENSSL = '/usr/bin/openssl';

/** A network whose hosts are reached over its proxy alone, encrypted by certificates of its own. */
export interface Company {
	/** The address of the proxy. */
	proxy: string;
	/** The file of the certificate authority. */
	authority: string;
	/** The hosts that were connected to, one after the other. */
	connects: string[];
	close(): Promise<void>;
}

/** A certificate for all these names, which is its own authority. */
async function makeCertificate(folder: string, hosts: string[]) {
	if (!existsSync(OPENSSL)) {
		const say = (line: string) => process.stderr.write(`${line}\n`);
		await installPackages(['openssl'], 'Certificates for tests are made by OpenSSL', say);
	}
	const [key, authority] = ['key.pem', 'certificate.pem'].map((name) => join(folder, name));
	const names = `subjectAltName=${hosts.map((host) => `DNS:${host}`).join(',')}`;
	const about = ['-subj', '/CN=A company', '-addext', names, '-days', '2'];
	const files = ['-nodes', '-keyout', key, '-out', authority];
	await command(OPENSSL, ['req', '-x509', '-newkey', 'rsa:2048', ...about, ...files], {
		cwd: folder,
	});
	return { key: await readFile(key), cert: await readFile(authority), authority };
}

function couple(one: Duplex, other: Duplex): void {
	for (const [side, opposite] of [
		[one, other],
		[other, one],
	]) {
		side.on('error', () => undefined);
		side.on('close', () => opposite.destroy());
		side.pipe(opposite);
	}
}

async function listen(server: Server): Promise<number> {
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return (server.address() as AddressInfo).port;
}

/**
 * Puts local servers behind a proxy, where they have names that nobody else knows, and speak TLS.
 *
 * @param hosts the local port of each name, asked for with each connection
 */
export async function openCompany(hosts: Record<string, () => number>): Promise<Company> {
	const folder = await mkdtemp(join(tmpdir(), 'company-'));
	const { key, cert, authority } = await makeCertificate(folder, Object.keys(hosts));
	const open = new Set<Duplex>();
	const keep = <T extends Duplex>(socket: T): T => {
		open.add(socket);
		socket.on('close', () => open.delete(socket));
		return socket;
	};
	const servers: Server[] = [];
	const ports: Record<string, number> = {};
	for (const [host, portOf] of Object.entries(hosts)) {
		const server = createTlsServer({ key, cert }, (socket) =>
			couple(keep(socket), keep(connect(portOf(), '127.0.0.1'))),
		);
		servers.push(server);
		ports[`${host}:443`] = await listen(server);
	}
	const connects: string[] = [];
	const proxy = createServer((_request, response) => response.writeHead(502).end());
	proxy.on('connect', ({ url = '' }, client: Duplex, head: Buffer) => {
		connects.push(url);
		if (!(url in ports)) return void client.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
		const server = keep(connect(ports[url], '127.0.0.1'));
		client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
		server.write(head);
		couple(keep(client), server);
	});
	servers.push(proxy);
	return {
		proxy: `http://127.0.0.1:${await listen(proxy)}`,
		authority,
		connects,
		close: async () => {
			for (const socket of open) socket.destroy();
			await Promise.all(
				servers.map(async (server) => await new Promise((done) => server.close(done))),
			);
			await rm(folder, { recursive: true });
		},
	};
}
