import { crowdOf } from '../../engine/crowd';
import { setClock } from '../../engine/machineClock';
import { openStage, type Stage } from '../../engine/stage';
import { APPROVER, SAMPLE_INSTANCE, SANDBOX_APP } from '../../../sandbox';

const HOUR_MS = 3_600_000;
const MARGIN_MS = 180_000;
const CODE = SAMPLE_INSTANCE.instance_code;

let stage: Stage;
beforeEach(async () => {
	stage = await openStage();
});
afterEach(async () => {
	jest.restoreAllMocks();
	await stage.close();
});

const get = async () => await stage.get({ instanceCode: CODE });
const exchanges = () => stage.sandbox.calls('exchange');
const lifeLeftMs = () => Number(stage.engine.credential().accessExpiresAt) - Date.now();
const hoursLater = (hours: number) => setClock(hours * HOUR_MS);
const answerExchange = (token: string, rest: object) => {
	stage.sandbox.tokens.accept(SANDBOX_APP.app_id, token);
	const body = { code: 0, msg: 'ok', tenant_access_token: token, ...rest };
	stage.sandbox.faults.add({ on: 'exchange', fault: { kind: 'answer', status: 200, body } });
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
		expect(stage.engine.credential()).toMatchObject({
			tenantAccessToken: stage.sandbox.tokens.current(SANDBOX_APP.app_id),
			accessExpiresAt: expect.any(Number),
			accessOwner: expect.stringContaining(`${SANDBOX_APP.app_id}@${stage.sandbox.url}`),
		});
	});

	it('is exchanged once for five calls at a time', async () => {
		stage.sandbox.faults.add({ on: 'exchange', fault: { kind: 'slow', ms: 150 } });
		const { json } = await crowdOf(stage).get(5, 5);
		expect(json('Get')).toHaveLength(5);
		expect(exchanges()).toHaveLength(1);
		expect(stage.sandbox.calls('get')).toHaveLength(5);
		expect(new Set(stage.sandbox.calls('get').map(({ token }) => token)).size).toBe(1);
	});

	it('is exchanged once for two workflows at a time', async () => {
		stage.sandbox.faults.add({ on: 'exchange', fault: { kind: 'slow', ms: 150 } });
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
		expect(stage.sandbox.calls('get').map(({ code }) => code)).toEqual([0, 0]);
		expect(stage.engine.credentials.saves).toBe(1);
	});

	it("of another app stays shared when one app's token is refused", async () => {
		const other = stage.sandbox.addApp({ app_id: 'cli_other', app_secret: 'made-up-for-other' });
		await get();
		const former = stage.engine.credential();
		stage.engine.setCredential({ appId: other.app_id, appSecret: other.app_secret });
		await get();
		stage.sandbox.tokens.revoke(SANDBOX_APP.app_id);
		stage.engine.setCredential(former);
		expect((await get()).error).toBeUndefined();
		const fresh = { appId: other.app_id, appSecret: other.app_secret, tenantAccessToken: '' };
		stage.engine.setCredential(fresh);
		expect((await get()).error).toBeUndefined();
		expect(stage.sandbox.tokens.exchanges(SANDBOX_APP.app_id)).toBe(2);
		expect(stage.sandbox.tokens.exchanges(other.app_id)).toBe(1);
	});

	it('serves an hour later, too', async () => {
		await get();
		hoursLater(1);
		expect((await get()).error).toBeUndefined();
		expect(exchanges()).toHaveLength(1);
	});

	it('is replaced after two hours before the call, so that no call is refused', async () => {
		await get();
		const first = stage.engine.credential().tenantAccessToken;
		hoursLater(2);
		expect((await get()).error).toBeUndefined();
		expect(exchanges()).toHaveLength(2);
		expect(stage.sandbox.calls('get').map(({ code }) => code)).toEqual([0, 0]);
		expect(stage.engine.credential().tenantAccessToken).not.toBe(first);
	});

	it('is replaced before a copy, which is sent once', async () => {
		await get();
		hoursLater(2);
		const { error } = await stage.cc({
			approvalCode: SAMPLE_INSTANCE.approval_code,
			instanceCode: CODE,
			userId: APPROVER.open_id,
			ccUserIds: APPROVER.open_id,
		});
		expect(error).toBeUndefined();
		expect(stage.sandbox.calls('cc').map(({ code }) => code)).toEqual([0]);
	});

	it('is not sent when its end is not known', async () => {
		await get();
		stage.engine.setCredential({ accessExpiresAt: 0, tenantAccessToken: 't-of-unknown-age' });
		await get();
		expect(stage.sandbox.calls('get').map(({ code }) => code)).toEqual([0, 0]);
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
		const { error } = await crowdOf(stage).get(5, 1);
		expect(error).toBeUndefined();
		expectLife(30);
		expect(exchanges()).toHaveLength(1);
		expect(stage.sandbox.calls('get').map(({ token }) => token)).toEqual(
			Array(5).fill('t-short-lived'),
		);
	});
});
