/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a server, not a node */
import { randomBytes, randomInt } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { Connection, type Acknowledgement, type ClientConfig, type Sending } from './connection';

/** Connections that one app may hold at the same time. */
export const MAX_CONNECTIONS = 50;

const AUTH_FAILED = 514;
const SERVICE = 33_554_678;
const DEFAULTS: ClientConfig = {
	PingInterval: 120,
	ReconnectCount: -1,
	ReconnectInterval: 120,
	ReconnectNonce: 30,
};

/**
 * The host of long connections: another origin than the platform's, reached with a ticket that
 * serves once and for a short time.
 */
export class LongConnectionHost {
	/** What clients are told when they ask for an address, and with each pong. */
	config: ClientConfig = { ...DEFAULTS };
	/** How long a ticket serves. */
	ticketLifeMs = 60_000;
	/** Refuses every handshake with this status, as if the ticket were wrong. */
	refuseHandshakes: number | undefined;
	/** Where clients are told to connect to; default: where it listens itself. */
	origin: string | undefined;
	/** Which of an app's connections gets an event; replace it to decide. */
	pick: (connections: Connection[]) => Connection = pickAny;
	/** All that are open. */
	readonly connections = new Set<Connection>();
	/** How many were opened until now. */
	opened = 0;
	private readonly tickets = new Map<string, { appId: string; until: number }>();
	private readonly server = createServer((_request, response) => response.writeHead(404).end());
	private readonly sockets = new WebSocketServer({ noServer: true });
	private readonly everConnected = new Set<string>();

	constructor() {
		this.server.on('upgrade', (request, socket, head) => this.upgrade(request, socket, head));
	}

	async listen(): Promise<void> {
		await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
	}

	/** Where it listens. */
	get port(): number {
		return (this.server.address() as AddressInfo).port;
	}

	/** Ends all connections without a word. */
	async close(): Promise<void> {
		for (const connection of this.connections) connection.end(true);
		this.server.closeAllConnections();
		await new Promise((resolve) => this.server.close(resolve));
	}

	/** Settings as at the start; what is open stays open. */
	reset(): void {
		this.config = { ...DEFAULTS };
		this.ticketLifeMs = 60_000;
		this.refuseHandshakes = undefined;
		this.origin = undefined;
		this.pick = pickAny;
		this.tickets.clear();
	}

	/** The open connections of an app. */
	of(appId: string): Connection[] {
		return [...this.connections].filter((connection) => connection.appId === appId);
	}

	/** Whether the app has ever been connected: only then can the console be told to use it. */
	isUsedBy(appId: string): boolean {
		return this.everConnected.has(appId);
	}

	/** A fresh address with a ticket for the app. */
	issueUrl(appId: string): string {
		const ticket = randomBytes(16).toString('hex');
		this.tickets.set(ticket, { appId, until: Date.now() + this.ticketLifeMs });
		const origin = this.origin ?? `ws://127.0.0.1:${this.port}`;
		const query = new URLSearchParams({
			fpid: '493',
			aid: '552564',
			device_id: String(randomInt(1e14, 2.8e14)),
			access_key: randomBytes(16).toString('hex'),
			service_id: String(SERVICE),
			ticket,
		});
		return `${origin}/ws/v2?${query.toString()}`;
	}

	/** Sends an event to one of the app's connections. Never throws. */
	async send(
		appId: string,
		json: string,
		withinMs: number,
		sending: Sending = {},
	): Promise<Acknowledgement> {
		const connections = this.of(appId);
		if (connections.length === 0) return { ms: 0, problem: 'no connection is open' };
		return await this.pick(connections).send(json, withinMs, sending);
	}

	/** Ends connections, of one app or of all, so that the clients have to come again. */
	disconnect({ appId, abruptly }: { appId?: string; abruptly?: boolean } = {}): void {
		for (const connection of appId === undefined ? this.connections : this.of(appId)) {
			connection.end(abruptly);
		}
	}

	private upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
		const { searchParams } = new URL(request.url ?? '/', 'ws://127.0.0.1');
		const ticket = searchParams.get('ticket') ?? '';
		const known = this.tickets.get(ticket);
		this.tickets.delete(ticket);
		if (this.refuseHandshakes !== undefined) return refuse(socket, this.refuseHandshakes);
		if (known === undefined || known.until < Date.now()) return refuse(socket, AUTH_FAILED);
		this.sockets.handleUpgrade(request, socket, head, (webSocket) => {
			const connection = new Connection(known.appId, webSocket, SERVICE, () => this.config);
			this.connections.add(connection);
			this.everConnected.add(known.appId);
			this.opened++;
			webSocket.on('close', () => this.connections.delete(connection));
		});
	}
}

function pickAny(connections: Connection[]): Connection {
	return connections[randomInt(connections.length)];
}

/** The platform says why in headers, which a browser's kind of WebSocket never shows. */
function refuse(socket: Duplex, status: number): void {
	const lines = [
		'HTTP/1.1 400 Bad Request',
		`Handshake-Status: ${status}`,
		'Handshake-Msg: auth failed',
		'Handshake-Autherrcode: 0',
		'Connection: close',
		'Content-Length: 0',
	];
	socket.end(`${lines.join('\r\n')}\r\n\r\n`);
}
