/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';

import type { INodeParameters } from 'n8n-workflow';

import { businessError, type JournalEntry } from '../../../../../sandbox';
import type { Step } from '../../../../engine/engine';
import { startHarness, type Harness } from '../../../../engine/harness';
import { watchLog } from '../../../../engine/log';
import { tunable } from '../../../../engine/tunable';

const { LIMITS, TIMEOUTS } = tunable();
const HOUR = 3_600_000;
const NOON = Date.parse('2026-09-15T12:00:00Z');

let harness: Harness;
let approval: string;
beforeEach(async () => {
	LIMITS.listInstances = [];
	LIMITS.getInstance = [];
	TIMEOUTS.pauseMs = 1;
	harness = await startHarness({ limits: false });
	approval = randomUUID().toUpperCase();
	harness.sandbox.approvals.add(approval);
});
afterEach(async () => {
	jest.restoreAllMocks();
	await harness.close();
});

/** The node, for so many windows of ten hours before noon. */
const node = (windows: number, more: INodeParameters = {}): Step => ({
	name: 'Many',
	parameters: {
		resource: 'instance',
		operation: 'getAll',
		approvalCode: approval,
		startTime: new Date(NOON - windows * 9.99 * HOUR).toISOString(),
		endTime: new Date(NOON).toISOString(),
		returnAll: true,
		...more,
	},
});

/** Adds an instance in each of so many windows. */
const oneInEach = (windows: number): string[] =>
	Array.from({ length: windows }, (_, window) => {
		const start_time = String(NOON - (window * 10 + 5) * HOUR);
		return harness.sandbox.addInstance({ approval_code: approval, start_time }).instance_code;
	});

const calls = (endpoint: 'get' | 'listInstances') => harness.sandbox.calls(endpoint);
const onSecondWindow = ({ endpoint, query }: JournalEntry) =>
	endpoint === 'listInstances' && Number(query.end_time) < NOON;

it('reads instances while it walks: neither waits for the other', async () => {
	LIMITS.listInstances = [{ calls: 1, ms: 40 }];
	const codes = oneInEach(10);
	const { json, error } = await harness.engine.run([node(10)]);
	expect(error).toBeUndefined();
	expect(json('Many').map(({ instance_code: code }) => code)).toEqual(codes);
	const [firstRead] = calls('get');
	expect(firstRead.at).toBeLessThan(calls('listInstances')[2].at);
});

it('goes on walking while instances are slow to read', async () => {
	oneInEach(10);
	harness.sandbox.faults.add({ on: 'get', times: Infinity, fault: { kind: 'slow', ms: 150 } });
	const { error } = await harness.engine.run([node(10, { options: { concurrency: 1 } })]);
	expect(error).toBeUndefined();
	const lastWindow = calls('listInstances')[9].at;
	expect(calls('get').filter(({ at }) => at < lastWindow).length).toBeLessThan(4);
});

it('gives instances out in their order, whichever is read first', async () => {
	const codes = oneInEach(6);
	const onFirst = ({ path }: JournalEntry) => path.endsWith(codes[0]);
	harness.sandbox.faults.add({ on: onFirst, fault: { kind: 'slow', ms: 300 } });
	const { json } = await harness.engine.run([node(6)]);
	expect(json('Many').map(({ instance_code: code }) => code)).toEqual(codes);
});

it('reads no more instances at once than Concurrency says', async () => {
	oneInEach(12);
	let [now, most] = [0, 0];
	harness.sandbox.faults.add({
		on: 'get',
		times: Infinity,
		fault: {
			kind: 'run',
			do: async () => {
				most = Math.max(most, ++now);
				await wait(20);
				now--;
			},
		},
	});
	const { error } = await harness.engine.run([node(12, { options: { concurrency: 3 } })]);
	expect(error).toBeUndefined();
	expect(most).toBe(3);
});

it('finds each instance once while new ones are created', async () => {
	const codes = oneInEach(5);
	harness.sandbox.faults.add({
		on: 'listInstances',
		times: Infinity,
		fault: {
			kind: 'run',
			do: () => {
				harness.sandbox.addInstance({ approval_code: approval, start_time: String(NOON + 1) });
			},
		},
	});
	const { json } = await harness.engine.run([node(5, { includeDetails: false })]);
	expect(json('Many').map(({ instance_code: code }) => code)).toEqual(codes);
});

describe('a page token', () => {
	const page = (code: string, more: object) => ({
		kind: 'answer' as const,
		status: 200,
		body: { code: 0, msg: 'success', data: { instance_code_list: [code], ...more } },
	});

	it('on the last page does not keep the walk going', async () => {
		const data = { page_token: 'more', has_more: false };
		harness.sandbox.faults.add({ on: 'listInstances', fault: page('A', data) });
		const { json } = await harness.engine.run([node(1, { includeDetails: false })]);
		expect(json('Many')).toEqual([{ instance_code: 'A', approval_code: approval }]);
		expect(calls('listInstances')).toHaveLength(1);
	});

	it('that comes a second time ends the walk, and what it brings counts once', async () => {
		const data = { page_token: 'same', has_more: true };
		harness.sandbox.faults.add({ on: 'listInstances', times: 5, fault: page('A', data) });
		const { json } = await harness.engine.run([node(1, { includeDetails: false })]);
		expect(json('Many')).toHaveLength(1);
		expect(calls('listInstances')).toHaveLength(2);
	});

	it('leads on after a page that is empty', async () => {
		const empty = page('', { instance_code_list: [], page_token: '0', has_more: true });
		const [code] = oneInEach(1);
		harness.sandbox.faults.add({ on: 'listInstances', fault: empty });
		const { json } = await harness.engine.run([node(1, { includeDetails: false })]);
		expect(json('Many')).toMatchObject([{ instance_code: code }]);
	});
});

describe('what goes wrong on the way', () => {
	it('a window whose answer gets lost is asked for again', async () => {
		const codes = oneInEach(3);
		harness.sandbox.faults.add({ on: onSecondWindow, fault: { kind: 'reset', when: 'after' } });
		const { json, error } = await harness.engine.run([node(3, { includeDetails: false })]);
		expect(error).toBeUndefined();
		expect(json('Many').map(({ instance_code: code }) => code)).toEqual(codes);
	});

	it('a window that is refused ends it at once, with the code that was entered', async () => {
		oneInEach(40);
		const fault = businessError(1390002, 'approval code not found');
		harness.sandbox.faults.add({ on: onSecondWindow, fault });
		const { error } = await harness.engine.run([node(40)]);
		expect(error?.context).toMatchObject({ data: { code: 1390002 } });
		expect(error?.description).toContain(`Approval Code was \`${approval}\``);
		expect(calls('listInstances')).toHaveLength(2);
		expect(calls('get').length).toBeLessThanOrEqual(1);
	});

	it('an instance that is refused ends it, and no further one is begun', async () => {
		const codes = oneInEach(40);
		const fault = businessError(1390009, 'no operation permission', { status: 403 });
		const onThird = ({ path }: JournalEntry) => path.endsWith(codes[2]);
		harness.sandbox.faults.add({ on: onThird, fault });
		const { error } = await harness.engine.run([node(40, { options: { concurrency: 2 } })]);
		expect(error?.context).toMatchObject({ data: { code: 1390009 } });
		expect(error?.description).toContain(codes[2]);
		expect(calls('get').length).toBeLessThan(10);
	});

	it('a run that is stopped in n8n stops', async () => {
		LIMITS.listInstances = [{ calls: 2, ms: 60_000 }];
		oneInEach(5);
		const running = harness.engine.start([node(5)]);
		while (calls('get').length < 2) await wait(5);
		running.cancel();
		await running.outcome.catch(() => undefined);
		await wait(300);
		expect([calls('listInstances').length, calls('get').length]).toEqual([2, 2]);
	});
});

describe("n8n's log", () => {
	const watch = () => {
		const said = watchLog();
		return () => said().filter((text) => text.includes('Get Many'));
	};

	it('tells how long a long period takes, and again and again how far it is', async () => {
		TIMEOUTS.progressMs = 100;
		LIMITS.listInstances = [{ calls: 5, ms: 60 }];
		const said = watch();
		oneInEach(30);
		const begun = performance.now();
		await harness.engine.run([node(30)]);
		const times = (performance.now() - begun) / TIMEOUTS.progressMs;
		const [first, ...more] = said();
		expect(first).toBe(
			'Feishu Approval, Get Many: 30 windows of at most 10 hours, which takes about 1 minutes',
		);
		expect(more.length).toBeGreaterThan(1);
		expect(more.length).toBeLessThanOrEqual(times);
		for (const text of more) {
			expect(text).toMatch(/: \d+ of 30 windows done, \d+ instances read$/);
		}
	});

	it('says nothing of a short one', async () => {
		LIMITS.listInstances = [{ calls: 100, ms: 60_000 }];
		const said = watch();
		await harness.engine.run([node(100, { includeDetails: false })]);
		expect(said()).toEqual([]);
	});
});
