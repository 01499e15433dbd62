import { openStage, type Stage } from '../../engine/stage';
import { tunable } from '../../engine/tunable';
import { APPROVER, COLLEAGUE, rateLimited, SANDBOX_APP } from '../../../sandbox';

const { TIMEOUTS } = tunable();

let stage: Stage;
beforeEach(async () => {
	stage = await openStage();
});
afterEach(async () => await stage.close());

const items = (count: number) =>
	Array.from({ length: count }, () => ({ i: stage.sandbox.addInstance().instance_code }));
const GO_ON = { onError: 'continueRegularOutput' } as const;

describe('what time does not change is found out once in a run', () => {
	it.each([1, 10])('a secret that is refused (%i calls at once)', async (concurrency) => {
		stage.engine.setCredential({ appSecret: 'not-the-secret-of-this-app' });
		const asked = { instanceCode: '={{ $json.i }}', options: { concurrency } };
		const { json } = await stage.get(asked, items(100), GO_ON);
		expect(json('Get').map(({ error }) => error)).toEqual(
			Array(100).fill('The App Secret is wrong'),
		);
		expect(stage.sandbox.calls('exchange').length).toBeLessThanOrEqual(concurrency);
		expect(stage.sandbox.calls('get')).toEqual([]);
	});

	it('but is tried again in the next run', async () => {
		const right = stage.engine.credential().appSecret;
		stage.engine.setCredential({ appSecret: 'not-the-secret-of-this-app' });
		await stage.get({ instanceCode: '={{ $json.i }}' }, items(2), GO_ON);
		stage.engine.setCredential({ appSecret: right });
		const { error } = await stage.get({ instanceCode: '={{ $json.i }}' }, items(2));
		expect(error).toBeUndefined();
		expect(SANDBOX_APP.app_secret).toBe(right);
	});

	it('a limit that does not end: later items do not wait for it again', async () => {
		Object.assign(TIMEOUTS, { limitedMs: 100, limitMs: 50 });
		stage.sandbox.faults.add({ on: 'cc', times: Infinity, fault: rateLimited(1) });
		const copy = {
			approvalCode: '7C468A54-8745-2245-9675-08B7C63E7A85',
			instanceCode: '7C468A54-8745-2245-9675-08B7C63E7A85',
			userId: APPROVER.open_id,
			ccUserIds: COLLEAGUE.open_id,
		};
		const began = performance.now();
		const { json } = await stage.cc(copy, Array(20).fill({}), GO_ON);
		expect(performance.now() - began).toBeLessThan(8_000);
		expect(json('CC').map(({ code }) => code)).toEqual(Array(20).fill(99991400));
		expect(json('CC')[19].description).toContain('Feishu allows 100 calls a minute here.');
		expect(stage.sandbox.calls('cc').length).toBeLessThan(25);
	});

	it('but one that ends meanwhile holds nobody up', async () => {
		Object.assign(TIMEOUTS, { limitedMs: 100, limitMs: 50 });
		stage.sandbox.faults.add({ on: 'get', times: 2, fault: rateLimited(1) });
		const { json } = await stage.get(
			{ instanceCode: '={{ $json.i }}', options: { concurrency: 1 } },
			items(3),
			GO_ON,
		);
		expect(json('Get').map(({ code }) => code ?? 0)).toEqual([99991400, 0, 0]);
	});
});
