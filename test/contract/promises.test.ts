import type { IConnections } from 'n8n-workflow';

import { businessError, rateLimited } from '../../sandbox';
import type { Step } from '../engine/engine';
import { startHarness, type Harness } from '../engine/harness';
import { tunable } from '../engine/tunable';
import { nameOf, parametersOf } from './operations';
import { ROWS } from './rows';

const { TIMEOUTS } = tunable();

let harness: Harness;
beforeEach(async () => {
	Object.assign(TIMEOUTS, { pauseMs: 5, settleMs: 5, lateMs: 5 });
	harness = await startHarness();
});
afterEach(async () => await harness.close());

const to = (node: string) => [{ node, type: 'main' as const, index: 0 }];
const BOTH_OUTPUTS: IConnections = {
	Start: { main: [to('Node')] },
	Node: { main: [to('Good'), to('Bad')] },
};
const SINKS: Step[] = [
	{ name: 'Good', type: 'sink' },
	{ name: 'Bad', type: 'sink' },
];

describe.each(ROWS.map((row) => [nameOf(row), row] as const))('%s', (_name, row) => {
	const node = (more: Partial<Step> = {}): Step => ({
		name: 'Node',
		parameters: parametersOf(row, harness.sandbox),
		...more,
	});
	const calls = () => harness.sandbox.calls(row.endpoint);
	const refusal = () => businessError(1390009, 'no operation permission', { status: 403 });

	it('goes on after a refusal: each item in its place, paired with its own', async () => {
		harness.sandbox.faults.add({ on: row.endpoint, times: Infinity, fault: refusal() });
		const rows = [{ a: 1 }, { a: 2 }, { a: 3 }];
		const { items, error } = await harness.engine.run(
			[node({ onError: 'continueRegularOutput' })],
			rows,
		);
		expect(error).toBeUndefined();
		expect(items('Node')).toMatchObject(
			rows.map((_, item) => ({ json: { code: 1390009 }, pairedItem: { item } })),
		);
	});

	it('sends what was refused to the error output, with its own fields', async () => {
		harness.sandbox.faults.add({ on: row.endpoint, times: Infinity, fault: refusal() });
		const rows = [
			{ a: 1, code: 'mine' },
			{ a: 2, code: 'mine' },
		];
		const { json, error } = await harness.engine.run(
			[node({ onError: 'continueErrorOutput' }), ...SINKS],
			rows,
			BOTH_OUTPUTS,
		);
		expect(error).toBeUndefined();
		expect(json('Good')).toEqual([]);
		expect(json('Bad')).toMatchObject(
			rows.map((own) => ({ ...own, feishu_error: { code: 1390009 } })),
		);
	});

	it('replaces a token that was revoked, once', async () => {
		harness.sandbox.faults.add({ on: row.endpoint, fault: businessError(99991663, 'no token') });
		const { error } = await harness.engine.run([node()]);
		expect(error).toBeUndefined();
		expect(calls()).toHaveLength(2);
	});

	it('waits for a limit that it meets', async () => {
		harness.sandbox.faults.add({ on: row.endpoint, fault: rateLimited(1) });
		const { error } = await harness.engine.run([node()]);
		expect(error).toBeUndefined();
		expect(calls()).toHaveLength(2);
		expect(calls()[1].at - calls()[0].at).toBeGreaterThanOrEqual(1_000);
	});

	it.each(['before', 'after'] as const)(
		'repeats what only reads, and nothing else, after an answer that got lost %s the work',
		async (when) => {
			harness.sandbox.faults.add({ on: row.endpoint, fault: { kind: 'reset', when } });
			const { error } = await harness.engine.run([node()]);
			if (row.isReading) {
				expect(error).toBeUndefined();
				expect(calls()).toHaveLength(2);
			} else {
				expect(row.effects(harness.sandbox)).toBeLessThanOrEqual(1);
				if (error === undefined) expect(row.effects(harness.sandbox)).toBe(1);
			}
		},
	);

	it('writes once with Retry On Fail', async () => {
		const retry = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
		harness.sandbox.faults.add({ on: row.endpoint, fault: refusal() });
		const { error } = await harness.engine.run([node(retry)]);
		expect(error).toBeUndefined();
		if (!row.isReading) expect(row.effects(harness.sandbox)).toBe(1);
	});

	it('writes once with the Retry button', async () => {
		harness.sandbox.faults.add({ on: row.endpoint, fault: refusal() });
		const first = await harness.engine.run([node()]);
		expect(first.error).toBeDefined();
		const second = await harness.engine.retry([node()], first);
		expect(second.error).toBeUndefined();
		if (!row.isReading) expect(row.effects(harness.sandbox)).toBe(1);
	});
});
