/* eslint-disable @n8n/community-nodes/no-restricted-imports -- tests, not nodes */
import { setTimeout as wait } from 'node:timers/promises';

import { busyMs } from '../../engine/busyTime';
import { Deliveries, type Outcome } from '../../../nodes/FeishuApprovalTrigger/deliver';
import { TIMES } from '../../../nodes/FeishuApprovalTrigger/times';
import { until } from '../../sandbox/until';

const USUAL = { ...TIMES };
let deliveries: Deliveries;
let begun: string[];

beforeEach(() => {
	deliveries = new Deliveries();
	begun = [];
});
afterEach(() => {
	Object.assign(TIMES, USUAL);
});

interface How {
	lane?: string;
	/** How long it takes to prepare, and until n8n says what became of it (ms). */
	prepareMs?: number;
	runMs?: number;
	outcome?: Outcome;
	ms?: number;
}

async function deliver(
	key: string,
	{ lane = key, prepareMs = 0, runMs = 0, outcome = 'started', ms = 1_000 }: How = {},
): Promise<Outcome> {
	const delivery = {
		key,
		lane,
		prepare: async () => await wait(prepareMs, key),
		begin: async (prepared: string) => {
			begun.push(prepared);
			return await wait(runMs, outcome);
		},
	};
	return await deliveries.deliver(delivery, ms);
}

it('begins an event once, however many ask at once or later', async () => {
	const all = Array.from({ length: 20 }, async () => await deliver('a', { runMs: 20 }));
	expect(new Set(await Promise.all(all))).toEqual(new Set(['started']));
	expect(await deliver('a')).toBe('started');
	expect(begun).toEqual(['a']);
});

it('tries what failed again, and nothing else', async () => {
	expect(await deliver('a', { outcome: 'failed' })).toBe('failed');
	expect(await deliver('a', { outcome: 'unknown' })).toBe('unknown');
	expect(await deliver('a')).toBe('unknown');
	expect(begun).toEqual(['a', 'a']);
});

it('counts as failed what cannot be prepared or begun', async () => {
	const broken = async () => await Promise.reject<string>(new Error('broken'));
	const begin = async () => await Promise.reject<Outcome>(new Error('broken'));
	expect(await deliveries.deliver({ key: 'a', lane: 'a', prepare: broken, begin }, 500)).toBe(
		'failed',
	);
	const prepare = async () => await Promise.resolve('b');
	expect(await deliveries.deliver({ key: 'b', lane: 'b', prepare, begin }, 500)).toBe('failed');
});

it('does not wait for the outcome for longer than it may; later it is known', async () => {
	const began = performance.now();
	expect(await deliver('a', { runMs: 700, ms: 100 })).toBe('unknown');
	expect(performance.now() - began).toBeLessThan(600 + busyMs());
	expect(await deliver('a')).toBe('started');
	expect(begun).toEqual(['a']);
});

it('begins the events of a lane in their order, however long each takes to prepare', async () => {
	const one = deliver('a', { lane: 'x', prepareMs: 300 });
	const two = deliver('b', { lane: 'x', prepareMs: 0 });
	const three = deliver('c', { lane: 'y' });
	expect(await Promise.all([one, two, three])).toEqual(['started', 'started', 'started']);
	expect(begun).toEqual(['c', 'a', 'b']);
});

it('waits a little for the run of the one before, and no longer', async () => {
	TIMES.orderMs = 100;
	const began = performance.now();
	const one = deliver('a', { lane: 'x', runMs: 900, ms: 600 });
	const two = await deliver('b', { lane: 'x' });
	expect(two).toBe('started');
	expect(performance.now() - began).toBeGreaterThan(90);
	expect(await one).toBe('unknown');
	expect(begun).toEqual(['a', 'b']);
});

it('does not begin what was answered as failed because its turn had not come', async () => {
	TIMES.orderMs = 600;
	void deliver('a', { lane: 'x', runMs: 600 });
	expect(await deliver('b', { lane: 'x', ms: 200 })).toBe('failed');
	await wait(800);
	expect(begun).toEqual(['a']);
	expect(await deliver('b', { lane: 'x' })).toBe('started');
});

it('forgets the oldest when there are too many', async () => {
	for (let index = 0; index < 10_001; index++) {
		const prepare = async () => await Promise.resolve('');
		const begin = async () => await Promise.resolve<Outcome>('started');
		void deliveries.deliver({ key: String(index), lane: String(index), prepare, begin }, 60_000);
	}
	await until(() => deliveries['lanes'].size === 0);
	expect(deliveries['known'].size).toBe(10_000);
	expect(deliveries['known'].has('0')).toBe(false);
});
