/* eslint-disable @n8n/community-nodes/no-restricted-imports -- tests, not nodes */
import { setTimeout as wait } from 'node:timers/promises';

import { busyMs } from '../../engine/busyTime';
import { Deliveries, type Outcome } from '../../../nodes/FeishuApprovalTrigger/deliver';
import { TIMES } from '../../../nodes/FeishuApprovalTrigger/times';
import { until } from '../../sandbox/until';

const USUAL = { ...TIMES };
let deliveries: Deliveries;
let begun: string[];
let lost: string[];

beforeEach(() => {
	deliveries = new Deliveries();
	begun = [];
	lost = [];
});
afterEach(() => {
	Object.assign(TIMES, USUAL);
});

const giveUp = () => void lost.push('?');

interface How {
	lane?: string;
	/** How long it takes to prepare, and until n8n says what became of it (ms). */
	prepareMs?: number;
	runMs?: number;
	/** One for each time that it is begun; the last one holds for all further times. */
	outcomes?: Outcome[];
	ms?: number;
}

async function deliver(
	key: string,
	{ lane = key, prepareMs = 0, runMs = 0, outcomes = ['started'], ms = 1_000 }: How = {},
): Promise<Outcome> {
	const left = [...outcomes];
	const delivery = {
		key,
		lane,
		prepare: async () => await wait(prepareMs, key),
		begin: async (prepared: string) => {
			begun.push(prepared);
			return await wait(runMs, left.length > 1 ? left.shift()! : left[0]);
		},
		giveUp: () => void lost.push(key),
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
	expect(await deliver('a', { outcomes: ['failed'] })).toBe('failed');
	expect(await deliver('a', { outcomes: ['unknown'] })).toBe('unknown');
	expect(await deliver('a')).toBe('unknown');
	expect(begun).toEqual(['a', 'a']);
});

it('counts as failed what cannot be prepared or begun', async () => {
	const broken = async () => await Promise.reject<string>(new Error('broken'));
	const begin = async () => await Promise.reject<Outcome>(new Error('broken'));
	expect(
		await deliveries.deliver({ key: 'a', lane: 'a', prepare: broken, begin, giveUp }, 500),
	).toBe('failed');
	const prepare = async () => await Promise.resolve('b');
	expect(await deliveries.deliver({ key: 'b', lane: 'b', prepare, begin, giveUp }, 500)).toBe(
		'failed',
	);
});

it('does not wait for the outcome for longer than it may; later it is known', async () => {
	const began = performance.now();
	expect(await deliver('a', { runMs: 700, ms: 100 })).toBe('unknown');
	expect(performance.now() - began).toBeLessThan(600 + busyMs());
	expect(await deliver('a')).toBe('started');
	expect(begun).toEqual(['a']);
});

it('begins anew what fails after it was acknowledged', async () => {
	TIMES.beginAgainMs = [100, 100, 100];
	const outcomes: Outcome[] = ['failed', 'failed', 'started'];
	expect(await deliver('a', { runMs: 300, ms: 100, outcomes })).toBe('unknown');
	// What comes meanwhile is the same event: it is not begun beside it.
	expect(await deliver('a', { ms: 100 })).toBe('unknown');
	await until(() => begun.length === 3);
	expect(await deliver('a')).toBe('started');
	expect(begun).toEqual(['a', 'a', 'a']);
	expect(lost).toEqual([]);
});

it('leaves it to the platform where it fails before the answer', async () => {
	TIMES.beginAgainMs = [10];
	expect(await deliver('a', { runMs: 50, outcomes: ['failed'] })).toBe('failed');
	await wait(100);
	expect(begun).toEqual(['a']);
});

it('tells of what is lost, once it was tried for long enough', async () => {
	TIMES.beginAgainMs = [20, 20];
	expect(await deliver('a', { runMs: 200, ms: 50, outcomes: ['failed'] })).toBe('unknown');
	await until(() => lost.length > 0);
	expect(lost).toEqual(['a']);
	expect(begun).toEqual(['a', 'a', 'a']);
	// If it comes once more after all, it is tried once more.
	expect(await deliver('a')).toBe('started');
});

it('lets no later event of its lane pass what is begun anew', async () => {
	TIMES.orderMs = 10;
	TIMES.beginAgainMs = [1_000];
	const outcomes: Outcome[] = ['failed', 'started'];
	expect(await deliver('a', { lane: 'x', runMs: 200, ms: 50, outcomes })).toBe('unknown');
	await wait(300);
	for (const key of ['b', 'c']) expect(await deliver(key, { lane: 'x', ms: 100 })).toBe('failed');
	expect(await deliver('d', { lane: 'x', ms: 3_000 })).toBe('started');
	expect(begun).toEqual(['a', 'a', 'd']);
});

it('holds its lane no longer than at the first time where the run waits for its turn', async () => {
	Object.assign(TIMES, { orderMs: 10, beginAgainMs: [50] });
	let tries = 0;
	const begin = async () =>
		await (++tries === 1 ? wait(200, 'failed' as const) : new Promise<Outcome>(() => undefined));
	const prepare = async () => await Promise.resolve('a');
	const first = deliveries.deliver({ key: 'a', lane: 'x', prepare, begin, giveUp }, 50);
	expect(await first).toBe('unknown');
	await until(() => tries === 2);
	expect(await deliver('b', { lane: 'x' })).toBe('started');
});

it('begins the events of a lane in their order, however long each takes to prepare', async () => {
	const one = deliver('a', { lane: 'x', prepareMs: 300 });
	const two = deliver('b', { lane: 'x', prepareMs: 0 });
	const three = deliver('c', { lane: 'y' });
	expect(await Promise.all([one, two, three])).toEqual(['started', 'started', 'started']);
	expect(begun).toEqual(['c', 'a', 'b']);
});

it('waits for what becomes of the one before, as long as it can', async () => {
	TIMES.orderMs = 200;
	const began = performance.now();
	const one = deliver('a', { lane: 'x', runMs: 5_000, ms: 600 });
	const [two, three] = [deliver('b', { lane: 'x' }), deliver('c', { lane: 'x' })];
	expect(await one).toBe('unknown');
	expect(begun).toEqual(['a']);
	expect(await two).toBe('started');
	expect(performance.now() - began).toBeGreaterThan(790);
	expect(await three).toBe('started');
	expect(begun).toEqual(['a', 'b', 'c']);
});

it('does not begin what was answered as failed because its turn had not come', async () => {
	void deliver('a', { lane: 'x', prepareMs: 600, ms: 5_000 });
	expect(await deliver('b', { lane: 'x', ms: 200 })).toBe('failed');
	await wait(800);
	expect(begun).toEqual(['a']);
	expect(await deliver('b', { lane: 'x' })).toBe('started');
});

it('forgets the oldest when there are too many', async () => {
	for (let index = 0; index < 10_001; index++) {
		const prepare = async () => await Promise.resolve('');
		const begin = async () => await Promise.resolve<Outcome>('started');
		void deliveries.deliver(
			{ key: String(index), lane: String(index), prepare, begin, giveUp },
			60_000,
		);
	}
	await until(() => deliveries['lanes'].size === 0);
	expect(deliveries['known'].size).toBe(10_000);
	expect(deliveries['known'].has('0')).toBe(false);
});
