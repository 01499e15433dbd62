/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { setTimeout as wait } from 'node:timers/promises';

import type { Delivery } from '../../sandbox';
import { CURRENT } from './install';
import {
	APPROVAL_CODE,
	calm,
	KEYS,
	openTriggerWorld,
	pushTo,
	runsIn,
	triggered,
	until,
	webhookUrl,
	type Run,
	type TriggerWorld,
} from './trigger';
import type { WorkflowNode } from './workflows';

const WAYS = ['longConnection', 'webhook'] as const;
/** How many pushes are under way at once, at most. */
const AT_ONCE = 20;
/** The platform waits for three; the node promises two. */
const ANSWERED_MS = 2_000;
/** What is not to happen is waited for so long (ms). */
const NOTHING_MS = 2_000;
const RUN_S = 6;
const SLOW: WorkflowNode[] = [
	{
		name: 'Work',
		type: 'n8n-nodes-base.wait',
		typeVersion: 1.1,
		parameters: { amount: RUN_S, unit: 'seconds' },
	},
];
const PATIENCE_MS = 120_000;

const report = (text: string) => process.stderr.write(`${text}\n`);
const underway = (deliveries: Delivery[]) =>
	deliveries.filter(({ state }) => state === 'underway').length;
const idsOf = (deliveries: Delivery[]) => new Set<unknown>(deliveries.map(({ id }) => id));

/** The runs that these events made in a workflow, once each has one and none is under way. */
async function ran(world: TriggerWorld, deliveries: Delivery[], workflow: string): Promise<Run[]> {
	const ids = idsOf(deliveries);
	return await until(
		`${ids.size} events have made runs of ${workflow}`,
		async () => {
			const runs = await runsIn(world.n8n, workflow);
			const own = runs.filter(({ eventId }) => ids.has(eventId));
			const haveEnded = own.every(({ status }) => status === 'success');
			return haveEnded && new Set(own.map(({ eventId }) => eventId)).size === ids.size && own;
		},
		PATIENCE_MS,
	);
}

async function openWith(
	name: string,
	workflows: Parameters<typeof openTriggerWorld>[2],
	settings: Record<string, string> = {},
	platform: Parameters<typeof openTriggerWorld>[4] = {},
): Promise<TriggerWorld> {
	const world = await openTriggerWorld(CURRENT, name, workflows, settings, platform);
	await world.start();
	for (const { id } of workflows) {
		expect(await world.publish(id)).toMatchObject({ status: 'published' });
	}
	world.sandbox.events.setRequestUrl(webhookUrl(world.n8n, 'webhook'), KEYS);
	return world;
}

describe(`events in an n8n ${CURRENT.version} with other things to do`, () => {
	let world: TriggerWorld;

	beforeAll(async () => {
		world = await openWith('load', [
			...WAYS.map((connection) => triggered(connection, { connection })),
			triggered('second', { connection: 'longConnection' }),
			triggered('unsubscribing', {
				connection: 'longConnection',
				options: { unsubscribeWhenUnpublished: true },
			}),
		]);
		await world.unpublish('unsubscribing');
	}, 1_200_000);

	afterAll(async () => await world?.close());

	it('gives every event to both workflows of one app, over one connection', async () => {
		const { sandbox } = world;
		const deliveries: Delivery[] = [];
		for (let index = 0; index < 40; index++) {
			deliveries.push(...pushTo(sandbox, `BOTH-${index}`, { to: 'longConnection' }));
			if (index % AT_ONCE === 0) await calm(world.n8n);
		}
		await sandbox.events.settled();
		for (const id of ['longConnection', 'second']) {
			expect(await ran(world, deliveries, id)).toHaveLength(deliveries.length);
		}
		expect(sandbox.events.longConnection.connections.size).toBe(1);
	}, 300_000);

	it.each(WAYS)(
		'misses no event while the workflow is published anew (%s)',
		async (way) => {
			const { sandbox } = world;
			const deliveries: Delivery[] = [];
			let isDone = false;
			const publishing = (async () => {
				for (let time = 0; time < 3; time++) await world.publishAnew(way);
			})().finally(() => (isDone = true));
			for (let index = 0; !isDone || index < 30; index++) {
				deliveries.push(...pushTo(sandbox, `ANEW-${way}-${index}`, { to: way }));
				while (underway(deliveries) >= AT_ONCE) await wait(5);
				await wait(100);
			}
			await publishing;
			// What came while it was away comes again, as it would in 15 s.
			let isSettled = false;
			void sandbox.events.settled().then(() => (isSettled = true));
			while (!isSettled) {
				if (underway(deliveries) === 0) sandbox.events.retryNow();
				await wait(200);
			}
			report(`${way}: ${deliveries.length} events while it was published three times anew`);
			expect(deliveries.filter(({ state }) => state !== 'accepted')).toEqual([]);
			expect(await ran(world, deliveries, way)).toHaveLength(deliveries.length);
		},
		300_000,
	);

	it('ends its subscriptions when it is unpublished, if it is set so, and none that others need', async () => {
		const { sandbox } = world;
		expect(await world.publish('unsubscribing')).toMatchObject({ status: 'published' });
		await world.unpublish('unsubscribing');
		await wait(12_000);
		expect(sandbox.calls('unsubscribe')).toEqual([]);
		for (const id of [...WAYS, 'second']) await world.unpublish(id);
		expect(await world.publish('unsubscribing')).toMatchObject({ status: 'published' });
		expect([...sandbox.subscriptions]).toEqual([expect.stringContaining(APPROVAL_CODE)]);
		await world.unpublish('unsubscribing');
		await until('the subscription has ended', () => sandbox.subscriptions.size === 0);
		expect(sandbox.calls('unsubscribe')).toHaveLength(1);
	}, 300_000);
});

describe(`events in an n8n ${CURRENT.version} that runs one workflow at a time`, () => {
	let world: TriggerWorld;

	beforeAll(async () => {
		const workflows = WAYS.map((connection) => triggered(connection, { connection }, SLOW));
		world = await openWith('load-one', workflows, { N8N_CONCURRENCY_PRODUCTION_LIMIT: '1' });
	}, 1_200_000);

	afterAll(async () => await world?.close());

	it.each(WAYS)(
		`answers within 2 s while each run takes ${RUN_S} s (%s)`,
		async (way) => {
			const { sandbox } = world;
			const deliveries = Array.from({ length: 4 }, (_, index) =>
				pushTo(sandbox, `SLOW-${way}-${index}`, { to: way }),
			).flat();
			await sandbox.events.settled();
			const times = deliveries.map(({ acknowledgedAfterMs = Infinity }) => acknowledgedAfterMs);
			report(`${way}, one run at a time: answered after ${times.map(Math.round).join(', ')} ms`);
			expect(deliveries.filter(({ retries }) => retries > 0)).toEqual([]);
			expect(Math.max(...times)).toBeLessThan(ANSWERED_MS);
			await wait(NOTHING_MS);
			expect(await ran(world, deliveries, way)).toHaveLength(deliveries.length);
		},
		300_000,
	);
});
