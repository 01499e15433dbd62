/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { setTimeout as wait } from 'node:timers/promises';

import { SAMPLE_INSTANCE, type Delivery, type Forgery } from '../../sandbox';
import { lock } from './database';
import { CURRENT } from './install';
import { leaks, placesOf } from './secrets';
import {
	APPROVAL_CODE,
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

/** What is not to happen is waited for so long (ms). */
const NOTHING_MS = 2_000;
/** How many events come while n8n cannot write, and how long it still cannot after the answers (ms). */
const LOCKED_OUT = 5;
const LOCKED_MS = 6_000;
const CODE = SAMPLE_INSTANCE.instance_code;
const FORGERIES: Forgery[] = [
	...(['signature', 'unsigned', 'stale', 'key'] as const),
	...(['tampered', 'plain', 'token'] as const),
];

describe(`the trigger in n8n ${CURRENT.version}`, () => {
	let world: TriggerWorld;
	const ways = ['longConnection', 'webhook'] as const;

	beforeAll(async () => {
		world = await openTriggerWorld(
			CURRENT,
			'trigger',
			ways.map((connection) => triggered(connection, { connection })),
			{ N8N_LOG_LEVEL: 'debug' },
		);
		await world.start();
		for (const way of ways) {
			expect(await world.publish(way)).toMatchObject({ status: 'published' });
		}
		world.sandbox.events.setRequestUrl(webhookUrl(world.n8n, 'webhook'), KEYS);
	}, 1_200_000);

	afterAll(async () => await world?.close());

	const runsOf = async ({ id }: Delivery): Promise<Run[]> =>
		(await runsIn(world.n8n)).filter((run) => run.eventId === id);

	const ended = async (delivery: Delivery): Promise<Run[]> =>
		await until('the run has ended', async () => {
			const runs = await runsOf(delivery);
			return runs.length > 0 && runs.every(({ status }) => status === 'success') && runs;
		});

	it('subscribes the app to the definition', () => {
		expect(world.sandbox.calls('subscribe').map(({ code }) => code)).toEqual([0, 1390007]);
		expect([...world.sandbox.subscriptions]).toEqual([expect.stringContaining(APPROVAL_CODE)]);
	});

	it('answers the check of the URL, encrypted', async () => {
		const url = webhookUrl(world.n8n, 'webhook');
		// The platform waits for one second, which a machine with much else to do may not keep.
		await until('the URL is accepted', async () => {
			return (await world.sandbox.events.saveRequestUrl(url, KEYS)).isAccepted;
		});
		expect(await runsIn(world.n8n)).toEqual([]);
	});

	it.each(ways)('makes one run of an event, with what happened (%s)', async (way) => {
		const [delivery] = pushTo(world.sandbox, CODE, { to: way });
		await world.sandbox.events.settled();
		expect(delivery).toMatchObject({ state: 'accepted', retries: 0, way });
		const runs = await ended(delivery);
		expect(runs).toMatchObject([{ workflowId: way, status: 'success' }]);
		expect(runs[0].items).toEqual([
			expect.objectContaining({
				event: 'instanceStatusChanged',
				event_type: 'approval_instance',
				event_id: delivery.id,
				approval_code: APPROVAL_CODE,
				instance_code: CODE,
				status: 'APPROVED',
				time: expect.stringMatching(/^\d{4}-.*Z$/),
			}),
		]);
	});

	it.each(ways)('makes one run of an event that comes again and again (%s)', async (way) => {
		const [delivery, ...more] = pushTo(world.sandbox, CODE, { to: way, duplicate: 4 }, 'REJECTED');
		await world.sandbox.events.settled();
		const again = world.sandbox.events.repeat(delivery);
		await world.sandbox.events.settled();
		expect([delivery, ...more, again].map(({ state }) => state)).toEqual(Array(6).fill('accepted'));
		await wait(NOTHING_MS);
		expect(await ended(delivery)).toHaveLength(1);
	});

	it.each(ways)(
		'loses no event while the database is locked, answered or not (%s)',
		async (way) => {
			const { sandbox, n8n } = world;
			const unlock = await lock(n8n);
			const deliveries = Array.from({ length: LOCKED_OUT }, (_, index) =>
				pushTo(sandbox, `LOCKED-${way}-${index}`, { to: way }),
			).flat();
			await until('all are answered', () =>
				deliveries.every(({ attempts }) => attempts.length > 0),
			);
			const answers = deliveries.map(({ attempts: [{ status }] }) => status);
			// n8n gives up one write after the other, each after a second: the last ones after our answer.
			expect(answers).toContain(200);
			await wait(LOCKED_MS);
			await unlock();
			sandbox.events.retryNow();
			await sandbox.events.settled();
			expect(deliveries.map(({ state }) => state)).toEqual(deliveries.map(() => 'accepted'));
			for (const delivery of deliveries) expect(await ended(delivery)).toHaveLength(1);
		},
	);

	it('refuses forgeries with 401, an empty body and one line in the log; nothing runs', async () => {
		const before = await runsIn(world.n8n);
		const { log } = world.n8n;
		const forged = FORGERIES.flatMap((forge) =>
			pushTo(world.sandbox, CODE, { to: 'webhook', forge }),
		);
		await world.sandbox.events.settled();
		expect(
			forged.map(({ forged: what, attempts: [{ status, answer }] }) => [what, status, answer]),
		).toEqual(FORGERIES.map((what) => [what, 401, '']));
		await wait(NOTHING_MS);
		expect(await runsIn(world.n8n)).toEqual(before);
		const lines = world.n8n.log.slice(log.length).match(/a request was refused, because/g);
		expect(lines).toHaveLength(FORGERIES.length);
	});

	it('lets no secret, key or token into executions, its log and its files', async () => {
		expect(await placesOf(world, new RegExp(CODE))).toBeGreaterThan(0);
		expect(await placesOf(world, new RegExp(Object.values(KEYS).join('|')))).toBe(0);
		expect(await leaks(world)).toBe(0);
	});
});
