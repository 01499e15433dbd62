/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- a process of its own */
import { randomUUID } from 'node:crypto';
import { subscribe } from 'node:diagnostics_channel';

import {
	approvalInstanceEvent,
	EXPENSE_INSTANCE,
	type JournalEntry,
	type Keys,
	type Sandbox,
} from '../../sandbox';
import { APPROVAL_CODE, appOf, codeOf, peopleOf, tokenOf } from './fixtures';
import { Others } from './others';

const RATE_LIMITED = 99991400;

/** How the platform is to behave from now on; tokens stay as they are. */
export interface Setup {
	contenders: string[];
	/** How many instances there are. */
	instances: number;
	limits: boolean;
	/** How long every answer takes (ms). */
	answerMs?: number;
	/** When the instances were created (epoch ms): evenly over that time. */
	created?: { start: number; end: number };
	/** They hold hardly anything, so that there can be many. */
	light?: boolean;
	/** Each instance has so many files of so many bytes in its form. */
	files?: { count: number; bytes: number };
	/** The platform's time runs so many times as fast; default 1. */
	speed?: number;
	/** How often (ms) somebody creates another instance; default never. */
	createEveryMs?: number;
}

/** What the platform saw of one contender. */
export interface Seen {
	gets: number;
	lists: number;
	ccs: number;
	exchanges: number;
	/** Calls refused for the limit. */
	limited: number;
	/** Copies that were made, and those of them that the same person had got already. */
	copies: number;
	copiedTwice: number;
	/** How many connections everybody's calls came on. */
	connections: number;
	/** How many tokens its calls carried. */
	tokens: number;
	/** When its calls that counted against a limit arrived (epoch ms). */
	admitted: number[];
	/** When the other client called. */
	others: number[];
}

/** Events to push to one contender. */
export interface Pushing {
	contender: string;
	/** Missing: over its long connection. */
	webhook?: Keys & { url: string };
	count: number;
	/** How many are under way at once. */
	atOnce: number;
}

/** What can be asked of the platform from another process. */
export class Service {
	private others: Others | undefined;
	private creating: NodeJS.Timeout | undefined;
	private readonly limits: Sandbox['limits']['windows'];
	private sockets = new WeakSet<object>();
	private connections = 0;

	constructor(private readonly sandbox: Sandbox) {
		this.limits = structuredClone(sandbox.limits.windows);
		subscribe('http.server.request.start', (message) => {
			const { socket } = message as { socket: object };
			if (!this.sockets.has(socket)) this.connections++;
			this.sockets.add(socket);
		});
	}

	async setUp(setup: Setup): Promise<void> {
		const { contenders, limits, answerMs = 0, speed = 1, createEveryMs } = setup;
		const { sandbox } = this;
		clearInterval(this.creating);
		this.others?.stop();
		this.others = undefined;
		sandbox.journal.length = 0;
		this.sockets = new WeakSet();
		this.connections = 0;
		sandbox.faults.clear();
		sandbox.limits.reset();
		sandbox.instances.clear();
		sandbox.limits.enabled = limits;
		for (const contender of contenders) {
			sandbox.addApp(appOf(contender));
			for (const user of peopleOf(contender)) sandbox.addUser(user);
			sandbox.tokens.accept(appOf(contender).app_id, tokenOf(contender));
		}
		for (const [endpoint, windows] of Object.entries(this.limits)) {
			const faster = windows.map(({ calls, ms }) => ({ calls, ms: ms / speed }));
			sandbox.limits.windows[endpoint as keyof Sandbox['limits']['windows']] = faster;
		}
		for (let index = 0; index < setup.instances; index++) this.create(setup, index);
		if (createEveryMs !== undefined) {
			let index = setup.instances;
			this.creating = setInterval(() => this.create({}, index++), createEveryMs);
		}
		if (answerMs > 0) {
			const fault = { kind: 'slow', ms: answerMs } as const;
			sandbox.faults.add({ on: () => true, times: Infinity, fault });
		}
	}

	private create(setup: Partial<Setup>, index: number): void {
		const { created, light = false, instances = 1, files } = setup;
		const at =
			created === undefined
				? Date.now()
				: created.start + ((created.end - created.start) * (index + 0.5)) / instances;
		const instance = { ...EXPENSE_INSTANCE, ...(light ? { form: '[]', task_list: [] } : {}) };
		if (files !== undefined) instance.form = this.formWith(files);
		const own = { instance_code: codeOf(index), uuid: '', timeline: [] };
		this.sandbox.addInstance({ ...instance, ...own, start_time: String(Math.round(at)) });
	}

	/** A form with a field that holds files. */
	private formWith({ count, bytes }: NonNullable<Setup['files']>): string {
		const names = Array.from({ length: count }, (_, index) => `${index}.bin`);
		const value = names.map((name) => this.sandbox.fileHost.add(name, { bytes }));
		return JSON.stringify([
			{ id: 'w1', name: 'Files', type: 'attachmentV2', value, ext: names.join(',') },
		]);
	}

	/** From now on another client of each contender's app makes `calls` copies a minute, evenly. */
	async startOthers(contenders: string[], calls: number): Promise<void> {
		const { sandbox } = this;
		this.others = new Others(
			sandbox,
			contenders.map((contender) => appOf(contender).app_id),
		);
		this.others.start(calls);
	}

	/** Pushes events, each of an instance of its own; gives back when each was acknowledged (ms). */
	async push({ contender, webhook, count, atOnce }: Pushing): Promise<number[]> {
		const { events } = this.sandbox;
		const { app_id: appId } = appOf(contender);
		// Late answers are measured as well.
		events.answerWithinMs = 60_000;
		const to = webhook === undefined ? 'longConnection' : 'webhook';
		if (webhook !== undefined) events.setRequestUrl(webhook.url, webhook, appId);
		const times: number[] = [];
		while (times.length < count) {
			const pushed = Array.from({ length: Math.min(atOnce, count - times.length) }, () => {
				const codes = { approval_code: APPROVAL_CODE, instance_code: randomUUID() };
				const event = approvalInstanceEvent(codes, 'APPROVED');
				return events.push(event, { appId, to, evenUnsubscribed: true });
			}).flat();
			await events.settled();
			for (const { attempts, acknowledgedAfterMs: ms } of pushed) {
				if (ms === undefined || attempts.length > 1) {
					throw new Error(`${contender} did not take an event: ${attempts[0].problem}`);
				}
				times.push(ms);
			}
		}
		events.deliveries.length = 0;
		return times;
	}

	/** The app's token has `seconds` left to live, and the next exchange brings another one. */
	async expireIn(contender: string, seconds: number): Promise<void> {
		this.sandbox.tokens.expireIn(appOf(contender).app_id, seconds);
	}

	async seen(contender: string): Promise<Seen> {
		const { app_id: appId } = appOf(contender);
		const mine = this.sandbox.journal.filter((entry) => entry.appId === appId);
		const calls = mine.filter(({ endpoint }) => ['get', 'cc', 'listInstances'].includes(endpoint));
		const of = (endpoint: string) => mine.filter((entry) => entry.endpoint === endpoint).length;
		const copies = mine.flatMap(copiesOf);
		return {
			gets: of('get'),
			lists: of('listInstances'),
			ccs: of('cc'),
			exchanges: of('exchange'),
			limited: calls.filter(({ code }) => code === RATE_LIMITED).length,
			copies: copies.length,
			copiedTwice: copies.length - new Set(copies).size,
			connections: this.connections,
			tokens: new Set(calls.map(({ token }) => token)).size,
			admitted: calls.filter(({ code }) => code !== RATE_LIMITED).map(({ at }) => at),
			others: this.others?.arrivals ?? [],
		};
	}

	/** CPU that the platform has used so far (ms). */
	async cpu(): Promise<number> {
		const { user, system } = process.cpuUsage();
		return (user + system) / 1000;
	}
}

function copiesOf({ body, copied }: JournalEntry): string[] {
	const { instance_code: code } = (body ?? {}) as { instance_code?: string };
	return copied.map((person) => `${code} ${person}`);
}
