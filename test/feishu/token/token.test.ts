import { crowdOf } from '../../engine/crowd';
import { setClock } from '../../engine/machineClock';
import { startHarness, type Harness } from '../../engine/harness';
import { APPROVER, SAMPLE_INSTANCE, SANDBOX_APP } from '../../../sandbox';

const HOUR_MS = 3_600_000;
const MARGIN_MS = 180_000;
const CODE = SAMPLE_INSTANCE.instance_code;

let harness: Harness;
beforeEach(async () => {
	harness = await startHarness();
});
afterEach(async () => {
	jest.restoreAllMocks();
	await harness.close();
});

const get = async () => await harness.get({ instanceCode: CODE });
const exchanges = () => harness.sandbox.calls('exchange');
const lifeLeftMs = () => Number(harness.engine.credential().accessExpiresAt) - Date.now();
const hoursLater = (hours: number) => setClock(hours * HOUR_MS);
const answerExchange = (token: string, rest: object) => {
	harness.sandbox.tokens.accept(SANDBOX_APP.app_id, token);
	const body = { code: 0, msg: 'ok', tenant_access_token: token, ...rest };
	harness.sandbox.faults.add({ on: 'exchange', fault: { kind: 'answer', status: 200, body } });
};

describe('a credential without a token', () => {
	it('exchanges App ID and App Secret once and keeps the token, its end and its owner', async () => {
		const { error, json } = await get();
		expect(error).toBeUndefined();
		expect(json('Get')).toMatchObject([{ instance_code: CODE }]);

		expect(exchanges()).toMatchObject([
			{
				method: 'POST',
				path: '/open-apis/auth/v3/tenant_access_token/internal',
				body: { app_id: SANDBOX_APP.app_id, app_secret: SANDBOX_APP.app_secret },
				headers: { 'content-type': 'application/json; charset=utf-8' },
			},
		]);
		expect(exchanges()[0].headers.authorization).toBeUndefined();
		expect(harness.engine.credential()).toMatchObject({
			tenantAccessToken: harness.sandbox.tokens.current(SANDBOX_APP.app_id),
			accessExpiresAt: expect.any(Number),
			accessOwner: expect.stringContaining(`${SANDBOX_APP.app_id}@${harness.sandbox.url}`),
		});
	});

	it('is exchanged once for five calls at a time', async () => {
		harness.sandbox.faults.add({ on: 'exchange', fault: { kind: 'slow', ms: 150 } });
		const { json } = await crowdOf(harness).get(5, 5);
		expect(json('Get')).toHaveLength(5);
		expect(exchanges()).toHaveLength(1);
		expect(harness.sandbox.calls('get')).toHaveLength(5);
		expect(new Set(harness.sandbox.calls('get').map(({ token }) => token)).size).toBe(1);
	});

	it('is exchanged once for two workflows at a time', async () => {
		harness.sandbox.faults.add({ on: 'exchange', fault: { kind: 'slow', ms: 150 } });
		const outcomes = await Promise.all([get(), get()]);
		expect(outcomes.map(({ error }) => error)).toEqual([undefined, undefined]);
		expect(exchanges()).toHaveLength(1);
	});
});

describe('a stored token', () => {
	it('serves the next run without an exchange', async () => {
		await get();
		await get();
		expect(exchanges()).toHaveLength(1);
		expect(harness.sandbox.calls('get').map(({ code }) => code)).toEqual([0, 0]);
		expect(harness.engine.credentials.saves).toBe(1);
	});

	it("of another app stays shared when one app's token is refused", async () => {
		const other = harness.sandbox.addApp({ app_id: 'cli_other', app_secret: 'made-up-for-other' });
		await get();
		const former = harness.engine.credential();
		harness.engine.setCredential({ appId: other.app_id, appSecret: other.app_secret });
		await get();
		harness.sandbox.tokens.revoke(SANDBOX_APP.app_id);
		harness.engine.setCredential(former);
		expect((await get()).error).toBeUndefined();
		const fresh = { appId: other.app_id, appSecret: other.app_secret, tenantAccessToken: '' };
		harness.engine.setCredential(fresh);
		expect((await get()).error).toBeUndefined();
		expect(harness.sandbox.tokens.exchanges(SANDBOX_APP.app_id)).toBe(2);
		expect(harness.sandbox.tokens.exchanges(other.app_id)).toBe(1);
	});

	it('serves an hour later, too', async () => {
		await get();
		hoursLater(1);
		expect((await get()).error).toBeUndefined();
		expect(exchanges()).toHaveLength(1);
	});

	it('is replaced after two hours before the call, so that no call is refused', async () => {
		await get();
		const first = harness.engine.credential().tenantAccessToken;
		hoursLater(2);
		expect((await get()).error).toBeUndefined();
		expect(exchanges()).toHaveLength(2);
		expect(harness.sandbox.calls('get').map(({ code }) => code)).toEqual([0, 0]);
		expect(harness.engine.credential().tenantAccessToken).not.toBe(first);
	});

	it('is replaced before a copy, which is sent once', async () => {
		await get();
		hoursLater(2);
		const { error } = await harness.cc({
			approvalCode: SAMPLE_INSTANCE.approval_code,
			instanceCode: CODE,
			userId: APPROVER.open_id,
			ccUserIds: APPROVER.open_id,
		});
		expect(error).toBeUndefined();
		expect(harness.sandbox.calls('cc').map(({ code }) => code)).toEqual([0]);
	});

	it('is not sent when its end is not known', async () => {
		await get();
		harness.engine.setCredential({ accessExpiresAt: 0, tenantAccessToken: 't-of-unknown-age' });
		await get();
		expect(harness.sandbox.calls('get').map(({ code }) => code)).toEqual([0, 0]);
	});
});

describe('the stored end of a token', () => {
	const expectLife = (seconds: number) => {
		expect(lifeLeftMs()).toBeLessThanOrEqual(seconds * 1000);
		expect(lifeLeftMs()).toBeGreaterThan(seconds * 1000 - 5_000);
	};

	it('lies three minutes before the real one', async () => {
		await get();
		expectLife(7200 - MARGIN_MS / 1000);
	});

	it('goes by what is left of a token that Feishu gave out before', async () => {
		answerExchange('t-handed-out-again', { expire: 4567 });
		await get();
		expectLife(4567 - MARGIN_MS / 1000);
	});

	it.each([
		['shorter than the margin', { expire: 60 }],
		['a little longer than the margin', { expire: 190 }],
		['zero', { expire: 0 }],
		['negative', { expire: -5 }],
		['no number', { expire: 'soon' }],
		['missing', {}],
	])('lies half a minute ahead for a life that is %s: no run of exchanges', async (_name, rest) => {
		answerExchange('t-short-lived', rest);
		const { error } = await crowdOf(harness).get(5, 1);
		expect(error).toBeUndefined();
		expectLife(30);
		expect(exchanges()).toHaveLength(1);
		expect(harness.sandbox.calls('get').map(({ token }) => token)).toEqual(
			Array(5).fill('t-short-lived'),
		);
	});
});
