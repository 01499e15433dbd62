/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { setTimeout as wait } from 'node:timers/promises';

import type { Delivery } from '../../sandbox';
import { OLD } from './install';
import {
	KEYS,
	openTriggerWorld,
	pushTo,
	runsIn,
	triggered,
	until,
	webhookUrl,
	type TriggerWorld,
} from './trigger';

/** What is not to happen is waited for so long (ms). */
const NOTHING_MS = 2_000;

describe(`the trigger's webhook in n8n ${OLD.version} with Node ${OLD.nodeMajor}`, () => {
	let world: TriggerWorld;

	beforeAll(async () => {
		world = await openTriggerWorld(OLD, 'trigger', [
			triggered('webhook', { connection: 'webhook' }),
			triggered('longConnection', { connection: 'longConnection' }),
		]);
		for (const id of ['webhook', 'longConnection']) {
			await world.n8n.run('update:workflow', `--id=${id}`, '--active=true');
		}
		await world.start();
		world.sandbox.events.setRequestUrl(webhookUrl(world.n8n, 'webhook'), KEYS);
	}, 1_200_000);

	afterAll(async () => await world?.close());

	const runsOf = async ({ id }: Delivery) =>
		(await runsIn(world.n8n)).filter(({ eventId }) => eventId === id);
	const ended = async (delivery: Delivery) =>
		await until('the run has ended', async () => {
			const runs = await runsOf(delivery);
			return runs.length > 0 && runs.every(({ status }) => status === 'success') && runs;
		});

	it('subscribes, and answers the check of the URL', async () => {
		expect(world.sandbox.calls('subscribe').map(({ code }) => code)).toContain(0);
		const url = webhookUrl(world.n8n, 'webhook');
		// The platform waits for one second, which a machine with much else to do may not keep.
		await until('the URL is accepted', async () => {
			return (await world.sandbox.events.saveRequestUrl(url, KEYS)).isAccepted;
		});
	});

	it('says that Node is too old for the long connection, and what to do', () => {
		expect(world.n8n.log).toMatch(/long connection needs Node\.js 22 or newer/);
	});

	it('makes one run of an event, also when it comes again at once and after a restart', async () => {
		const { sandbox, n8n } = world;
		const [delivery, ...more] = pushTo(sandbox, 'OLD', { to: 'webhook', duplicate: 3 });
		await sandbox.events.settled();
		expect([delivery, ...more].map(({ state }) => state)).toEqual(Array(4).fill('accepted'));
		expect(await ended(delivery)).toMatchObject([{ workflowId: 'webhook', instanceCode: 'OLD' }]);
		await n8n.stop();
		await world.start();
		sandbox.events.repeat(delivery);
		await sandbox.events.settled();
		await wait(NOTHING_MS);
		expect(await runsOf(delivery)).toHaveLength(1);
	});

	it('takes 20 events at once', async () => {
		const deliveries = Array.from({ length: 20 }, (_, index) =>
			pushTo(world.sandbox, `OLD-${index}`, { to: 'webhook' }),
		).flat();
		await world.sandbox.events.settled();
		expect(deliveries.filter(({ state, retries }) => state !== 'accepted' || retries > 0)).toEqual(
			[],
		);
		for (const delivery of deliveries) expect(await ended(delivery)).toHaveLength(1);
	});

	it('refuses forgeries; nothing runs', async () => {
		const before = (await runsIn(world.n8n)).length;
		const forged = (['signature', 'stale', 'plain', 'token'] as const).flatMap((forge) =>
			pushTo(world.sandbox, 'OLD', { to: 'webhook', forge }),
		);
		await world.sandbox.events.settled();
		expect(forged.map(({ attempts: [{ status }] }) => status)).toEqual([401, 401, 401, 401]);
		await wait(NOTHING_MS);
		expect(await runsIn(world.n8n)).toHaveLength(before);
	});
});
