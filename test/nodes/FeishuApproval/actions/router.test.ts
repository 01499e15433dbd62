/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { setTimeout as wait } from 'node:timers/promises';

import type { IDataObject } from 'n8n-workflow';

import { startHarness, type Harness } from '../../../engine/harness';
import { APPROVER, COLLEAGUE, SAMPLE_INSTANCE, type JournalEntry } from '../../../../sandbox';

const APPROVAL = SAMPLE_INSTANCE.approval_code;

let harness: Harness;
let peak: number;
let answered: string[];

beforeEach(async () => {
	harness = await startHarness({
		onDone: ({ path }) => answered.push(path.split('/').pop() ?? ''),
	});
	peak = 0;
	answered = [];
});
afterEach(async () => await harness.close());

/** Instances to work on, one an item. */
function instances(count: number): IDataObject[] {
	return Array.from({ length: count }, (_value, index) => ({
		code: harness.sandbox.addInstance({ serial_number: String(index) }).instance_code,
	}));
}

/** Makes every call take a while, and notes how many are under way at once. */
function slow(endpoint: 'get' | 'cc', msOf: (call: number) => number): void {
	for (let call = 0; call < 60; call++) {
		const on = (entry: JournalEntry) => {
			if (entry.endpoint !== endpoint) return false;
			const pending = harness.sandbox
				.calls(endpoint)
				.filter(({ outcome }) => outcome === 'pending');
			peak = Math.max(peak, pending.length);
			return true;
		};
		harness.sandbox.faults.add({ on, fault: { kind: 'slow', ms: msOf(call) } });
	}
}

const get = async (items: IDataObject[], options = {}) =>
	await harness.get({ instanceCode: '={{ $json.code }}', options }, items);

const cc = async (items: IDataObject[]) =>
	await harness.cc(
		{
			approvalCode: APPROVAL,
			instanceCode: '={{ $json.code }}',
			userId: APPROVER.open_id,
			ccUserIds: '={{ $json.to }}',
		},
		items,
	);

describe('many items of Get Instance', () => {
	it('come out in the order in which they came in, although later ones were answered first', async () => {
		const items = instances(8);
		slow('get', (call) => 1_600 - 120 * call);
		const outcome = await get(items);

		const numbers = outcome.json('Get').map(({ serial_number }) => serial_number);
		expect(numbers).toEqual(['0', '1', '2', '3', '4', '5', '6', '7']);
		expect(outcome.items('Get').map(({ pairedItem }) => pairedItem)).toEqual(
			items.map((_item, item) => ({ item })),
		);
		expect(peak).toBe(8);
		expect(answered.slice(1)).not.toEqual(items.map(({ code }) => code));
	});

	it('are read ten at a time', async () => {
		const items = instances(25);
		slow('get', () => 400);
		const { error } = await get(items);
		expect(error).toBeUndefined();
		expect(harness.sandbox.calls('get')).toHaveLength(25);
		expect(peak).toBe(10);
	});

	it.each([
		[1, 1],
		[3, 3],
		[20, 12],
		['={{ 1 + 1 }}', 2],
		['4', 4],
	])('are read %j at a time if the builder says so', async (concurrency, most) => {
		const items = instances(12);
		slow('get', () => 300);
		const { error } = await get(items, { concurrency });
		expect(error).toBeUndefined();
		expect(harness.sandbox.calls('get')).toHaveLength(12);
		expect(peak).toBe(most);
	});

	it('end with the first that could not be read, without starting others', async () => {
		const items = instances(6);
		items[2] = { code: 'missing' };
		const { error, json } = await get(items, { concurrency: 1 });
		expect(error).toMatchObject({
			message: 'The approval instance was not found',
			context: { itemIndex: 2 },
		});
		expect(harness.sandbox.calls('get')).toHaveLength(3);
		expect(json('Get')).toEqual([]);
	});
});

it('once a run has ended, nothing more is sent for the items that others were working on', async () => {
	const items = instances(60);
	items[0].code = 'nowhere';
	slow('get', () => 150);
	const { error } = await get(items, { concurrency: 5 });
	expect(error?.message).toBe('The approval instance was not found');
	await wait(600);
	expect(harness.sandbox.calls('get').length).toBeLessThanOrEqual(10);
});

describe('many items of CC Instance', () => {
	it('are copied strictly one after another, in order', async () => {
		const items = instances(6).map((item) => ({ ...item, to: COLLEAGUE.open_id }));
		slow('cc', (call) => 60 - 10 * call);
		const outcome = await cc(items);

		expect(peak).toBe(1);
		const copied = harness.sandbox
			.calls('cc')
			.map(({ body }) => (body as IDataObject).instance_code);
		expect(copied).toEqual(items.map((item) => (item as IDataObject).code));
		expect(outcome.json('CC').map(({ instance_code }) => instance_code)).toEqual(copied);
		expect(outcome.items('CC').map(({ pairedItem }) => pairedItem)).toEqual(
			items.map((_item, item) => ({ item })),
		);
	});

	it('stop at a refusal before the next person is notified', async () => {
		const people = [COLLEAGUE.open_id, 'ou_nobody', APPROVER.open_id];
		const items = instances(3).map((item, index) => ({ ...item, to: people[index] }));
		const { error } = await cc(items);

		expect(error).toMatchObject({ message: 'A user was not found', context: { itemIndex: 1 } });
		expect(harness.sandbox.calls('cc').map(({ copied }) => copied)).toEqual([
			[COLLEAGUE.open_id],
			[],
		]);
	});
});

it.each([
	{ operation: 'delete' },
	{ operation: 'toString' },
	{ resource: 'task', operation: 'paint' },
])(
	'an operation of another version of the node is refused, and nothing is sent: %j',
	async (parameters) => {
		const { error } = await harness.engine.run([{ name: 'Node', parameters }]);
		expect(error?.message).toBe('The operation is not known to this node');
		expect(harness.sandbox.journal).toEqual([]);
	},
);
