import { sleep } from 'n8n-workflow';

import { busyMs } from '../../engine/busyTime';
import { setClock } from '../../engine/machineClock';
import { startHarness, type Harness } from '../../engine/harness';
import { tunable } from '../../engine/tunable';
import { APPROVER, COLLEAGUE, rateLimited, SAMPLE_INSTANCE, SANDBOX_APP } from '../../../sandbox';
import { until } from '../../sandbox/until';

const { TIMEOUTS } = tunable();

const HOUR_MS = 3_600_000;
const ITEM = { instanceCode: SAMPLE_INSTANCE.instance_code };

const COPY = {
	approvalCode: SAMPLE_INSTANCE.approval_code,
	instanceCode: SAMPLE_INSTANCE.instance_code,
	userId: APPROVER.open_id,
	ccUserIds: COLLEAGUE.open_id,
};

let harness: Harness;
beforeEach(async () => {
	harness = await startHarness();
});
afterEach(async () => {
	jest.restoreAllMocks();
	await harness.close();
});

/** Feishu's own clock stays as it is. */
function setClockHere(byMs: number): void {
	setClock(byMs);
	harness.sandbox.clock.advance(-byMs);
}

describe.each([
	['an hour back', -HOUR_MS],
	['a second back', -1_000],
	['an hour ahead', HOUR_MS],
])("this machine's clock is set %s", (_case, byMs) => {
	it('after a token was got that Feishu then refuses: it is replaced', async () => {
		await harness.get(ITEM);
		setClockHere(byMs);
		harness.sandbox.tokens.revoke(SANDBOX_APP.app_id);
		const { error } = await harness.get(ITEM);
		expect(error).toBeUndefined();
		expect(harness.sandbox.tokens.issued(SANDBOX_APP.app_id)).toBe(2);
	});

	it('during a wait for the rate limit: the run waits as long as Feishu asked for', async () => {
		harness.sandbox.faults.add({ on: 'get', fault: rateLimited(1) });
		const { outcome } = harness.engine.start([
			{ name: 'Get', parameters: { operation: 'get', ...ITEM } },
		]);
		await until(() => harness.sandbox.calls('get').length === 1);
		await sleep(100);
		setClockHere(byMs);
		expect((await outcome).error).toBeUndefined();
		const [refused, repeated] = harness.sandbox.calls('get');
		expect(repeated.at - refused.at).toBeGreaterThanOrEqual(1_000);
		expect(repeated.at - refused.at).toBeLessThan(1_900 + busyMs());
	});

	it('during a call whose answer drips: it is given up in its time and sent again', async () => {
		Object.assign(TIMEOUTS, { answerMs: 500, exchangeMs: 500, pauseMs: 5 });
		harness.sandbox.faults.add({ on: 'get', fault: { kind: 'drip', everyMs: 50 } });
		const { outcome } = harness.engine.start([
			{ name: 'Get', parameters: { operation: 'get', ...ITEM } },
		]);
		await sleep(200);
		setClockHere(byMs);
		expect((await outcome).error).toBeUndefined();
		const [given, repeated] = harness.sandbox.calls('get');
		expect(repeated.at - given.at).toBeGreaterThanOrEqual(1_200);
		expect(repeated.at - given.at).toBeLessThan(2_100 + busyMs());
	});

	it('while nobody knows whether a copy was made: it is made once', async () => {
		Object.assign(TIMEOUTS, { settleMs: 20, lateMs: 20 });
		harness.sandbox.faults.add({ on: 'cc', fault: { kind: 'reset', when: 'after' } });
		harness.sandbox.faults.add({ on: 'get', fault: { kind: 'run', do: () => setClockHere(byMs) } });
		const { error, json } = await harness.cc(COPY);
		expect(error).toBeUndefined();
		expect(json('CC')[0].note).toContain('everybody was copied');
		expect(harness.sandbox.calls('cc')).toHaveLength(1);
	});
});

it('a machine that slept while nobody knows whether a copy was made makes it once', async () => {
	Object.assign(TIMEOUTS, { settleMs: 800, lateMs: 20 });
	harness.sandbox.faults.add({ on: 'cc', fault: { kind: 'reset', when: 'after' } });
	const { outcome } = harness.engine.start([
		{ name: 'CC', parameters: { operation: 'cc', ...COPY } },
	]);
	await sleep(400);
	expect(harness.sandbox.calls('cc')).toHaveLength(1);
	// Only the clock of the process stood still meanwhile; Feishu's went on with this machine's.
	setClock(HOUR_MS);
	expect((await outcome).error).toBeUndefined();
	expect(harness.sandbox.calls('cc')).toHaveLength(1);
});
