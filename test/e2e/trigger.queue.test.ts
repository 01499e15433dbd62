/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { setTimeout as wait } from 'node:timers/promises';

import type { Delivery } from '../../sandbox';
import { openCluster, type Cluster } from './cluster';
import { freePort } from './instance';
import {
	KEYS,
	pushTo,
	readRun,
	triggered,
	until,
	webhookUrl,
	type Run,
	type StoredRun,
} from './trigger';

const WAYS = ['longConnection', 'webhook'] as const;
const EVENTS = Number(process.env.TRIGGER_EVENTS ?? 1_000);
const INSTANCES = EVENTS / 10;
const FORGERIES = EVENTS / 20;
const STATUSES = ['PENDING', 'APPROVED', 'REJECTED', 'CANCELED', 'REVERTED'];
/** What is not to happen is waited for so long (ms). */
const NOTHING_MS = 3_000;
/** So long after it has begun, a process that does not listen takes events by itself (ms). */
const SETTLED_MS = 31_000;

let cluster: Cluster;

/** The runs of these events. */
async function runsOf(deliveries: Delivery[]): Promise<Run[]> {
	const ids = new Set<unknown>(deliveries.map(({ id }) => id));
	const rows = await cluster.query<StoredRun>(`
		select e.*, d.data
		from execution_entity e join execution_data d on d."executionId" = e.id order by e.id`);
	return rows.map(readRun).filter(({ eventId }) => ids.has(eventId));
}

/** The runs of these events, once all have ended. */
async function ran(deliveries: Delivery[]): Promise<Run[]> {
	const ids = new Set(deliveries.map(({ id }) => id));
	return await until(
		'all events have made a run and it has ended',
		async () => {
			const runs = await runsOf(deliveries);
			const isOver = runs.every(({ status }) => status === 'success');
			return isOver && new Set(runs.map(({ eventId }) => eventId)).size === ids.size && runs;
		},
		120_000,
	);
}

describe('the trigger in an n8n with two workers', () => {
	beforeAll(async () => {
		const workflows = WAYS.map((connection) => triggered(connection, { connection }));
		cluster = await openCluster(2, workflows, KEYS);
		const { events } = cluster.sandbox;
		// How fast the answers are is measured in bench/.
		events.answerWithinMs = 20_000;
		await until('it is connected', () => events.longConnection.connections.size === 1);
		events.setRequestUrl(webhookUrl(cluster.n8n, 'webhook'), KEYS);
	}, 1_200_000);

	afterAll(async () => await cluster?.close(), 120_000);

	it.each(WAYS)(
		`makes one run of each of ${EVENTS} events, also of those that come twice (%s)`,
		async (way) => {
			const { sandbox, workers } = cluster;
			const [deliveries, forged]: Delivery[][] = [[], []];
			for (let index = 0; index < EVENTS; index++) {
				const status = STATUSES[Math.floor(index / INSTANCES) % STATUSES.length];
				const duplicate = index % 10 === 0 ? 1 : 0;
				const code = `QUEUE-${way}-${index % INSTANCES}`;
				deliveries.push(...pushTo(sandbox, code, { to: way, duplicate }, status));
				if (index % (EVENTS / FORGERIES) === 0) {
					forged.push(...pushTo(sandbox, code, { to: 'webhook', forge: 'signature' }, status));
				}
				while (deliveries.filter(({ state }) => state === 'underway').length > 10) await wait(5);
			}
			await sandbox.events.settled();
			expect(deliveries.filter(({ state }) => state !== 'accepted')).toEqual([]);
			await ran(deliveries);
			await wait(NOTHING_MS);
			const runs = await ran(deliveries);
			expect(runs).toHaveLength(EVENTS);
			expect(forged.map(({ attempts: [{ status }] }) => status)).toEqual(forged.map(() => 401));
			expect(await runsOf(forged)).toEqual([]);
			for (let index = 0; index < INSTANCES; index++) {
				const code = `QUEUE-${way}-${index}`;
				const inOrder = deliveries.filter(({ instanceCode }) => instanceCode === code);
				expect(
					runs.filter(({ instanceCode }) => instanceCode === code).map(({ eventId }) => eventId),
				).toEqual([...new Set(inOrder.map(({ id }) => id))]);
			}
			expect(workers.map((worker) => worker.started().length)).not.toContain(0);
		},
		600_000,
	);

	it('makes one run of an event that comes to a process for webhooks, and comes again there', async () => {
		const { n8n, sandbox } = cluster;
		const port = await freePort();
		await n8n.spawn(['webhook'], { N8N_PORT: String(port) });
		const url = `http://127.0.0.1:${port}/webhook/webhook/webhook`;
		await until(
			'it takes requests',
			async () => (await sandbox.events.saveRequestUrl(url, KEYS)).isAccepted,
			120_000,
		);
		const [delivery] = pushTo(sandbox, 'WEBHOOK-PROCESS', { to: 'webhook' });
		await until('it is answered', () => delivery.attempts.length > 0);
		// It has just begun: for all it knows, it is about to listen.
		expect(delivery.attempts[0].status).toBe(500);
		await wait(SETTLED_MS);
		sandbox.events.retryNow();
		await sandbox.events.settled();
		const again = sandbox.events.repeat(delivery);
		await sandbox.events.settled();
		expect([delivery.state, again.state]).toEqual(['accepted', 'accepted']);
		await ran([delivery]);
		await wait(NOTHING_MS);
		expect(await ran([delivery])).toMatchObject([{ workflowId: 'webhook' }]);
	}, 300_000);
});
