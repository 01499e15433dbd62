import type { IDataObject } from 'n8n-workflow';

import { Absences } from './absences';
import { Client, type State } from './client';
import type { ConnectionContext } from './context';
import type { Taken } from '../deliver';
import { NAME } from '../log';
import { areOthers, warnOfOthers } from './others';
import { noWebSocket, type Refusal } from './refusal';
import { pause, CONNECTION_TIMES } from './times';

/** A trigger node that wants the events of an app. */
export interface Consumer {
	/** Names the node: who leaves and comes back under the same name has only been away. */
	node?: string;
	/** n8n has just started, and others may join in the next moments. */
	isStarting?: boolean;
	/**
	 * Every event's body; the promise says what to acknowledge, as far as it is known after `ms`.
	 * Never rejects.
	 */
	onEvent(body: IDataObject, ms: number): Promise<Taken>;
	/** A refusal that time cannot cure, after a successful joining: once. */
	onRefused(error: Error): void;
}

interface Member {
	context: ConnectionContext;
	consumer: Consumer;
	/** It was told that it has joined: what goes wrong from now on is not thrown any more. */
	hasJoined: boolean;
	/** It was told of the refusal that lasts. */
	knowsRefusal: boolean;
}

const CONNECTS_LATER =
	'Once that is done, the node connects by itself within ten minutes; publish the workflow again to have it at once.';

/** The one connection of an app, and all who share it. */
class SharedConnection {
	private readonly members = new Set<Member>();
	private readonly absences = new Absences();
	private readonly client: Client;
	/** Aborted when somebody joins, and renewed when the last one leaves. */
	private joined = new AbortController();
	/** Aborted when the connection is no longer the same. */
	private counting = new AbortController();

	constructor(
		/** Who was admitted last: it is asked with also in the moment after the last leave. */
		private latest: ConnectionContext,
		private readonly forget: () => void,
	) {
		this.client = new Client({
			applicants: () => this.contexts(),
			handle: async (body, note, until) => await this.handle(body, note, until),
			onState: (state, text) => this.onState(state, text),
			onVerdict: (secret, refusal) => {
				const isTheirs = ({ context }: Member) => context.account.appSecret === secret;
				this.tell(refusal, isTheirs);
			},
			warn: (text) => this.latest.log.warn(text),
		});
	}

	async join(context: ConnectionContext, consumer: Consumer): Promise<() => void> {
		const member = { context, consumer, hasJoined: false, knowsRefusal: false };
		const isFirst = this.client.state === 'opening' && this.members.size === 0;
		this.members.add(member);
		if (consumer.isStarting) this.absences.noteStart();
		this.joined.abort();
		if (isFirst) void this.client.run();
		const refusal = await this.client.admit(context);
		if (refusal !== undefined) {
			this.leave(member);
			throw new Error(refusal.text);
		}
		member.hasJoined = true;
		this.latest = context;
		return () => this.leave(member);
	}

	private leave(member: Member): void {
		if (!this.members.delete(member)) return;
		const { node } = member.consumer;
		if (node !== undefined && member.hasJoined) this.absences.noteLeave(node);
		if (this.members.size > 0) return;
		this.joined = new AbortController();
		if (this.client.state === 'open') void this.endUnlessJoined(this.joined.signal);
		else this.end();
	}

	private async endUnlessJoined(joined: AbortSignal): Promise<void> {
		await pause(CONNECTION_TIMES.keepMs, joined);
		if (!joined.aborted) this.end();
	}

	private end(): void {
		this.forget();
		this.counting.abort();
		this.client.end();
	}

	private contexts(): ConnectionContext[] {
		const contexts = [...this.members].map(({ context }) => context);
		return contexts.length === 0 ? [this.latest] : contexts;
	}

	private async handle(
		body: IDataObject,
		note: (outcome: Taken) => void,
		until: number,
	): Promise<void> {
		// A workflow that is being published again leaves for a moment: its events wait for it.
		if (this.members.size === 0) await pause(CONNECTION_TIMES.adoptMs, this.joined.signal);
		const members = [...this.members];
		const listening = members.filter(({ context }) => this.client.accepts(context.account));
		// It comes again, for those who were away or not admitted yet; the others know it then.
		const present = listening.map(({ consumer }) => consumer.node);
		const isAnyOpen = members.some(({ context }) => !this.client.hasJudged(context.account));
		if (listening.length === 0 || isAnyOpen || this.absences.areLikely(present)) note('failed');
		// A test in a process of its own takes events away from published workflows in another.
		const areTests = listening.length > 0 && present.every((node) => node === undefined);
		const isTaken = areTests ? areOthers(this.latest) : undefined;
		// Each gets its own, so that what one workflow does to it another does not see.
		await Promise.all(
			listening.map(async ({ consumer }) => {
				const ms = until - performance.now();
				note(await consumer.onEvent(structuredClone(body), ms));
			}),
		);
		if (await isTaken) note('failed');
	}

	private onState(state: State, text = ''): void {
		const { log } = this.latest;
		this.counting.abort();
		if (state === 'open') {
			log.info(`${NAME}: the long connection is open.`);
			this.counting = new AbortController();
			void warnOfOthers(this.latest, this.counting.signal);
			return;
		}
		log.warn(`${NAME}: ${text}`);
		if (state === 'refused') this.tell({ text, isLasting: true }, () => true);
	}

	/** What one of them does with it must not end the connection of all. */
	private report({ consumer, context }: Member, text: string): void {
		try {
			consumer.onRefused(new Error(`${text} ${CONNECTS_LATER}`));
		} catch {
			context.log.warn(`${NAME}: ${text}`);
		}
	}

	/** Tells each of those concerned once that it is refused; nothing to tell makes up for it. */
	private tell(refusal: Refusal | undefined, isConcerned: (member: Member) => boolean): void {
		for (const member of [...this.members].filter(isConcerned)) {
			const isNews = refusal !== undefined && member.hasJoined && !member.knowsRefusal;
			member.knowsRefusal = refusal !== undefined && (member.knowsRefusal || isNews);
			if (isNews) this.report(member, refusal.text);
		}
	}
}

/** By platform and app. */
const connections = new Map<string, SharedConnection>();

/**
 * Joins the one connection that this process has for an app, and opens it if there is none. Resolves
 * once it is open, or will be by itself, with a function that leaves it (calling it twice is
 * harmless); it is kept a moment after the last one has left.
 *
 * @throws an Error, with all there is to know in its message, for what time does not cure
 */
export async function joinConnection(
	context: ConnectionContext,
	consumer: Consumer,
): Promise<() => void> {
	if (typeof WebSocket === 'undefined') throw new Error(noWebSocket().text);
	const { baseUrl, appId } = context.account;
	const key = JSON.stringify([baseUrl, appId]);
	const forget = () => connections.delete(key);
	const connection = connections.get(key) ?? new SharedConnection(context, forget);
	connections.set(key, connection);
	return await connection.join(context, consumer);
}
