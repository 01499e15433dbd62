import { busyMs } from '../../engine/busyTime';
import { startHarness, type Harness } from '../../engine/harness';
import { tunable } from '../../engine/tunable';
import { APPROVER, COLLEAGUE, rateLimited, SANDBOX_APP } from '../../../sandbox';

const { TIMEOUTS } = tunable();

let harness: Harness;
beforeEach(async () => {
	harness = await startHarness();
});
afterEach(async () => await harness.close());

const items = (count: number) =>
	Array.from({ length: count }, () => ({ i: harness.sandbox.addInstance().instance_code }));
const GO_ON = { onError: 'continueRegularOutput' } as const;

describe('what time does not change is found out once in a run', () => {
	it.each([1, 10])('a secret that is refused (%i calls at once)', async (concurrency) => {
		harness.engine.setCredential({ appSecret: 'not-the-secret-of-this-app' });
		const asked = { instanceCode: '={{ $json.i }}', options: { concurrency } };
		const { json } = await harness.get(asked, items(100), GO_ON);
		expect(json('Get').map(({ error }) => error)).toEqual(
			Array(100).fill('The App Secret is wrong'),
		);
		expect(harness.sandbox.calls('exchange').length).toBeLessThanOrEqual(concurrency);
		expect(harness.sandbox.calls('get')).toEqual([]);
	});

	it('but is tried again in the next run', async () => {
		const right = harness.engine.credential().appSecret;
		harness.engine.setCredential({ appSecret: 'not-the-secret-of-this-app' });
		await harness.get({ instanceCode: '={{ $json.i }}' }, items(2), GO_ON);
		harness.engine.setCredential({ appSecret: right });
		const { error } = await harness.get({ instanceCode: '={{ $json.i }}' }, items(2));
		expect(error).toBeUndefined();
		expect(SANDBOX_APP.app_secret).toBe(right);
	});

	it('a limit that does not end: later items do not wait for it again', async () => {
		Object.assign(TIMEOUTS, { limitedMs: 100, limitMs: 50 });
		harness.sandbox.faults.add({ on: 'cc', times: Infinity, fault: rateLimited(1) });
		const copy = {
			approvalCode: '7C468A54-8745-2245-9675-08B7C63E7A85',
			instanceCode: '7C468A54-8745-2245-9675-08B7C63E7A85',
			userId: APPROVER.open_id,
			ccUserIds: COLLEAGUE.open_id,
		};
		const began = performance.now();
		const { json } = await harness.cc(copy, Array(20).fill({}), GO_ON);
		expect(performance.now() - began).toBeLessThan(8_000 + busyMs());
		expect(json('CC').map(({ code }) => code)).toEqual(Array(20).fill(99991400));
		expect(json('CC')[19].description).toContain('Feishu allows 100 calls a minute here.');
		expect(harness.sandbox.calls('cc').length).toBeLessThan(25);
	});

	it('but one that ends meanwhile holds nobody up', async () => {
		Object.assign(TIMEOUTS, { limitedMs: 100, limitMs: 50 });
		harness.sandbox.faults.add({ on: 'get', times: 2, fault: rateLimited(1) });
		const { json } = await harness.get(
			{ instanceCode: '={{ $json.i }}', options: { concurrency: 1 } },
			items(3),
			GO_ON,
		);
		expect(json('Get').map(({ code }) => code ?? 0)).toEqual([99991400, 0, 0]);
	});
});
