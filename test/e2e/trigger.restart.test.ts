/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { setTimeout as wait } from 'node:timers/promises';

import type { Delivery } from '../../sandbox';
import { CURRENT } from './install';
import {
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

const WAYS = ['longConnection', 'webhook'] as const;
const KILLED_AFTER = 3;
const EVENTS = 20;
/** How long nothing may come to its end before it counts as missing (ms). */
const PATIENCE_MS = 60_000;
/** So long after its start n8n may still have workflows to start, and events are to come again (ms). */
const STARTING_MS = 11_000;
/** Fewer of them prove nearly the same in a time that one waits for. */
const CROWD = Number(process.env.TRIGGER_EVENTS ?? 1_000);
const INSTANCES = Math.ceil(CROWD / 10);
const DUPLICATES = CROWD / 10;
const FORGERIES = CROWD / 20;
/** How many pushes and runs are under way at once, at most. */
const AT_ONCE = 20;

const STATUSES = ['PENDING', 'APPROVED', 'REJECTED', 'CANCELED', 'REVERTED'];
const report = (text: string) => process.stderr.write(`${text}\n`);

describe(`events while n8n ${CURRENT.version} ends and starts again`, () => {
	let world: TriggerWorld;
	let accepted = 0;
	let midway: (() => void) | undefined;

	beforeAll(async () => {
		world = await openTriggerWorld(
			CURRENT,
			'restart',
			WAYS.map((connection) => triggered(connection, { connection })),
			{},
			{
				events: {
					onAttempt: ({ state }) => {
						if (state === 'accepted') accepted++;
						midway?.();
					},
				},
			},
		);
		await world.start();
		for (const way of WAYS) await world.publish(way);
		world.sandbox.events.setRequestUrl(webhookUrl(world.n8n, 'webhook'), KEYS);
	}, 1_200_000);

	afterAll(async () => await world?.close());

	/** When so many more were accepted. */
	const afterAccepted = async (count: number) => {
		const wanted = accepted + count;
		await new Promise<void>((resolve) => {
			midway = () => accepted >= wanted && resolve();
		});
		midway = undefined;
	};

	const restart = async () => {
		await world.start(...WAYS);
		const { longConnection } = world.sandbox.events;
		await until('it is connected', () => longConnection.connections.size === 1);
		// The platform tries five times within hours, not within these seconds.
		await wait(STARTING_MS);
	};

	/** What waits is pushed again at once, as it would be in time. */
	const pushAgain = async () => {
		const { events } = world.sandbox;
		let isSettled = false;
		void events.settled().then(() => (isSettled = true));
		while (!isSettled) {
			if (underway(events.deliveries) === 0) events.retryNow();
			await wait(500);
		}
	};

	/** The runs of these events, once all have ended; what never comes is missing in them. */
	const ran = async (deliveries: Delivery[]): Promise<Run[]> => {
		const ids = new Set<unknown>(deliveries.map(({ id }) => id));
		let [begun, deadline] = [0, Date.now() + PATIENCE_MS];
		for (;;) {
			const runs = (await runsIn(world.n8n)).filter(({ eventId }) => ids.has(eventId));
			const ended = runs.filter(({ status }) => !['new', 'running'].includes(status)).length;
			// A busy machine takes its time, but it gets on.
			if (runs.length + ended > begun) deadline = Date.now() + PATIENCE_MS;
			begun = runs.length + ended;
			if (ended >= ids.size || Date.now() > deadline) return runs;
			await wait(1_000);
		}
	};

	it.each(WAYS)(
		'loses none of 20 events whose run it knew of when it is killed among them (%s)',
		async (way) => {
			const killed = afterAccepted(KILLED_AFTER).then(async () => await world.n8n.kill());
			const deliveries = Array.from({ length: EVENTS }, (_, index) =>
				pushTo(world.sandbox, `KILLED-${way}-${index}`, { to: way }),
			).flat();
			await killed;
			const before = deliveries.filter(({ state }) => state === 'accepted').length;
			await restart();
			await pushAgain();
			const runs = await ran(deliveries);
			report(
				`${way}: killed after ${before} of ${EVENTS} were acknowledged; runs: ${runs.map(({ status }) => status).join(' ')}`,
			);
			expect(before).toBeLessThan(EVENTS);
			expect(deliveries.filter(isNotAccepted)).toEqual([]);
			expect(new Set(runs.map(({ eventId }) => eventId)).size).toBe(runs.length);
			expect(withoutRun(deliveries, runs).filter(isKnown)).toEqual([]);
			report(`${way}: acknowledged without knowing, and lost: ${EVENTS - runs.length}`);
		},
	);

	it.each(WAYS)(
		`makes one run of each of ${CROWD} events, in order, and none of forgeries (%s)`,
		async (way) => {
			const begun = Date.now();
			const { sandbox, n8n } = world;
			const all = await runsIn(n8n);
			const deliveries: Delivery[] = [];
			const forged: Delivery[] = [];
			let isStopped = false;
			for (let index = 0; index < CROWD; index++) {
				const code = `CROWD-${way}-${index % INSTANCES}`;
				const status = STATUSES[Math.floor(index / INSTANCES) % STATUSES.length];
				const duplicate = index % (CROWD / DUPLICATES) === 0 ? 1 : 0;
				deliveries.push(...pushTo(sandbox, code, { to: way, duplicate }, status));
				if (index % (CROWD / FORGERIES) === 0) {
					const forge = index % 3 === 0 ? 'signature' : index % 3 === 1 ? 'stale' : 'token';
					forged.push(...pushTo(sandbox, code, { to: 'webhook', forge }, status));
				}
				// As fast as n8n can, not faster.
				while (underway(deliveries) >= AT_ONCE) await wait(5);
				if (index % AT_ONCE === 0 && !isStopped) await calm(n8n);
				if (index === CROWD / 2) {
					isStopped = true;
					await n8n.stop();
				}
				// Some are pushed while nobody listens.
				if (index === CROWD / 2 + INSTANCES / 2) {
					await restart();
					isStopped = false;
				}
			}
			await pushAgain();
			const runs = await ran(deliveries);
			report(`${way}: ${CROWD} events, ${((Date.now() - begun) / 1000).toFixed(0)} s`);
			expect(deliveries.filter(isNotAccepted)).toEqual([]);
			expect(withoutRun(deliveries, runs)).toEqual([]);
			expect(runs).toHaveLength(CROWD);
			expect(inversions(deliveries, runs)).toEqual([]);
			const ids = new Set<unknown>(forged.map(({ id }) => id));
			const others = (await runsIn(n8n)).slice(all.length);
			expect(others.filter(({ eventId }) => ids.has(eventId))).toEqual([]);
			expect(others.filter(({ status }) => status !== 'success')).toEqual([]);
		},
		900_000,
	);
});

/** The events that have made no run. */
function withoutRun(deliveries: Delivery[], runs: Run[]): Delivery[] {
	const begun = new Set(runs.map(({ eventId }) => eventId));
	return deliveries.filter(({ id }) => !begun.has(id));
}

/**
 * That a run is written is known when it begins: what takes longer than these 1.5 s is acknowledged
 * all the same, and lost if the process is killed before n8n has written it.
 */
const isKnown = ({ acknowledgedAfterMs = 0 }: Delivery) => acknowledgedAfterMs < 1_500;

const isNotAccepted = ({ state }: Delivery) => state !== 'accepted';

const underway = (deliveries: Delivery[]) =>
	deliveries.filter(({ state }) => state === 'underway').length;

/** Runs of an instance that were made before one whose event was pushed earlier. */
function inversions(deliveries: Delivery[], runs: Run[]): unknown[] {
	const place = new Map<unknown, number>(deliveries.map(({ id }, index) => [id, index]));
	const last = new Map<unknown, number>();
	return runs.filter(({ eventId, instanceCode }) => {
		const at = place.get(eventId)!;
		const isLater = at > (last.get(instanceCode) ?? -1);
		if (isLater) last.set(instanceCode, at);
		return !isLater;
	});
}
