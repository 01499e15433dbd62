/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { setTimeout as wait } from 'node:timers/promises';

import { crowdOf, readingsOf, type Crowd } from '../../engine/crowd';
import { startHarness, type Harness } from '../../engine/harness';
import { tunable } from '../../engine/tunable';
import { businessError, COLLEAGUE, gatewayPage, rateLimited, SANDBOX_APP } from '../../../sandbox';

const { TIMEOUTS } = tunable();

const APP = SANDBOX_APP.app_id;
const DEAD = 99991663;
const TOKEN_CODES = [4001, 20005, 20013, 99991663, 99991664, 99991665, 99991671];

let harness: Harness;
let crowd: Crowd;
beforeEach(async () => {
	harness = await startHarness();
	crowd = crowdOf(harness);
	await get();
	harness.sandbox.journal.length = 0;
});
afterEach(async () => await harness.close());

const get = async (count = 1, concurrency = 10) => await crowd.get(count, concurrency);
const exchanges = () => harness.sandbox.calls('exchange').length;
const codes = (endpoint: 'get' | 'cc' = 'get') =>
	harness.sandbox.calls(endpoint).map(({ code }) => code);
const after = (ms: number) => ({ kind: 'run', do: async () => await wait(ms) }) as const;
const revoke = () => harness.sandbox.tokens.revoke(APP);

it('a token that Feishu dropped early costs one refused call and one exchange', async () => {
	revoke();
	const { error, json } = await get();
	expect(error).toBeUndefined();
	expect(json('Get')).toMatchObject([{ status: 'PENDING' }]);
	expect(codes()).toEqual([DEAD, 0]);
	expect(exchanges()).toBe(1);
});

it('the new token is stored: the next run has no refused call', async () => {
	revoke();
	await get();
	await get();
	expect(codes()).toEqual([DEAD, 0, 0]);
	expect(exchanges()).toBe(1);
	expect(harness.engine.credential().tenantAccessToken).toBe(harness.sandbox.tokens.current(APP));
});

it('a refused copy is sent again and made once', async () => {
	revoke();
	const { error, json } = await crowd.cc(1);
	expect(error).toBeUndefined();
	expect(json('CC')).toMatchObject([{ success: true, cc_user_ids: [COLLEAGUE.open_id] }]);
	expect(codes('cc')).toEqual([DEAD, 0]);
	expect(exchanges()).toBe(1);
	expect(crowd.instance.timeline).toHaveLength(1);
});

it('ten calls refused at once cost one exchange', async () => {
	revoke();
	const { error, json } = await get(10);
	expect(error).toBeUndefined();
	expect(json('Get')).toHaveLength(10);
	expect(exchanges()).toBe(1);
	expect(codes().filter((code) => code === 0)).toHaveLength(10);
});

it('a token dropped in the middle of a run is replaced, too', async () => {
	harness.sandbox.faults.add({ on: 'get', skip: 6, fault: { kind: 'run', do: revoke } });
	const { error, json } = await get(20, 3);
	expect(error).toBeUndefined();
	expect(json('Get')).toHaveLength(20);
	expect(exchanges()).toBe(1);
});

it('a token dropped twice in one run is replaced twice', async () => {
	harness.sandbox.faults.add({ on: 'get', skip: 2, fault: { kind: 'run', do: revoke } });
	harness.sandbox.faults.add({ on: 'get', skip: 6, fault: { kind: 'run', do: revoke } });
	const { error, json } = await get(10, 1);
	expect(error).toBeUndefined();
	expect(json('Get')).toHaveLength(10);
	expect(exchanges()).toBe(2);
});

it('a late refusal of an older token does not throw away the newer one', async () => {
	revoke();
	harness.sandbox.faults.add({
		on: 'get',
		fault: { kind: 'run', do: async () => await wait(400) },
	});
	const { error } = await get(2);
	expect(error).toBeUndefined();
	expect(codes().filter((code) => code === DEAD)).toHaveLength(2);
	expect(exchanges()).toBe(1);
});

it('a call that begins with the old token while the new one is on its way is sent again', async () => {
	TIMEOUTS.pauseMs = 100;
	const [first, other] = crowd.items(2);
	revoke();
	harness.sandbox.faults.add({ on: 'exchange', fault: { kind: 'slow', ms: 600 } });
	harness.sandbox.faults.add({ on: readingsOf(other), fault: gatewayPage() });
	const parameters = { instanceCode: '={{ $json.i }}', options: { concurrency: 2 } };
	const { error } = await harness.get(parameters, [first, other]);
	expect(error).toBeUndefined();
	const calls = harness.sandbox.calls('get').filter(readingsOf(other));
	expect(calls.map(({ code }) => code)).toEqual([undefined, DEAD, 0]);
	expect(exchanges()).toBe(1);
});

it('a call that was limited after its token was renewed does not renew it again', async () => {
	revoke();
	harness.sandbox.faults.add({ on: 'get', skip: 1, fault: rateLimited(1) });
	expect((await get()).error).toBeUndefined();
	expect(codes()).toEqual([DEAD, 99991400, 0]);
	expect(exchanges()).toBe(1);
});

it('a renewal that was in vain for one item does not stand in the way of later ones', async () => {
	const items = crowd.items(4);
	const refusal = businessError(DEAD);
	harness.sandbox.faults.add({ on: 'get', times: 2, fault: refusal });
	harness.sandbox.faults.add({ on: 'get', skip: 1, fault: { kind: 'run', do: revoke } });
	const { json } = await harness.get(
		{ instanceCode: '={{ $json.i }}', options: { concurrency: 1 } },
		items,
		{ onError: 'continueRegularOutput' },
	);
	expect(json('Get').map(({ code }) => code)).toEqual([DEAD, undefined, undefined, undefined]);
	expect(exchanges()).toBe(2);
});

it('a token that was accepted before it was dropped is replaced, whatever the call came to', async () => {
	revoke();
	harness.sandbox.faults.add({ on: 'get', skip: 1, fault: businessError(1390003) });
	harness.sandbox.faults.add({ on: 'get', skip: 1, fault: { kind: 'run', do: revoke } });
	const { json } = await harness.get(
		{ instanceCode: '={{ $json.i }}', options: { concurrency: 1 } },
		crowd.items(2),
		{ onError: 'continueRegularOutput' },
	);
	expect(json('Get').map(({ code }) => code)).toEqual([1390003, undefined]);
	expect(exchanges()).toBe(2);
});

it('a token that Feishu gives out again is tried again by a call that it was refused to before', async () => {
	const [first, second] = crowd.items(2);
	let refuses = false;
	const late = async () => {
		await wait(200);
		refuses = true;
		void wait(100).then(() => (refuses = false));
	};
	harness.sandbox.tokens.isLive = () => !refuses;
	harness.sandbox.faults.add({ on: readingsOf(first), fault: businessError(DEAD) });
	harness.sandbox.faults.add({ on: readingsOf(first), fault: after(600) });
	harness.sandbox.faults.add({ on: readingsOf(second), fault: { kind: 'run', do: late } });
	harness.sandbox.faults.add({ on: readingsOf(second), fault: after(200) });
	const { error } = await harness.get(
		{ instanceCode: '={{ $json.i }}', options: { concurrency: 2 } },
		[first, second],
	);
	expect(error).toBeUndefined();
	expect(codes().sort()).toEqual([0, 0, DEAD, DEAD]);
	expect(exchanges()).toBe(1);
});

it('a token that another worker has stored meanwhile is taken, not replaced', async () => {
	const another = async () => {
		revoke();
		harness.sandbox.tokens.accept(APP, 't-of-another-worker');
		harness.engine.setCredential({ tenantAccessToken: 't-of-another-worker' });
	};
	harness.sandbox.faults.add({ on: 'get', fault: { kind: 'run', do: another } });
	const { error } = await get();
	expect(error).toBeUndefined();
	expect(harness.sandbox.calls('get')[1].token).toBe('t-of-another-worker');
	expect(exchanges()).toBe(0);
});

it('a token that is another one after every refusal is not run after for ever', async () => {
	let another = 0;
	const replaced = () =>
		harness.engine.setCredential({ tenantAccessToken: `t-other-${++another}` });
	harness.sandbox.faults.add({ on: 'get', times: Infinity, fault: { kind: 'run', do: replaced } });
	harness.sandbox.tokens.isLive = () => false;
	const { error } = await get();
	expect(error?.message).toBe('Feishu does not accept the access token');
	expect(codes()).toEqual([DEAD, DEAD, DEAD]);
	expect(exchanges()).toBe(0);
});

describe('a new token that is refused as well', () => {
	beforeEach(() => {
		harness.sandbox.tokens.isLive = () => false;
	});

	it("ends the run after one exchange with Feishu's own words", async () => {
		const { error } = await get();
		expect(error?.message).toBe('Feishu does not accept the access token');
		expect(error?.description).toMatch(/A new token was fetched and refused as well/);
		expect(error?.description).toMatch(/Feishu said: "Invalid access token for authorization/);
		expect(error?.context?.data).toMatchObject({ code: DEAD, http_status: 400 });
		expect(codes()).toEqual([DEAD, DEAD]);
		expect(exchanges()).toBe(1);
	});

	it.each([1, 10])(
		'is not fetched again for each of 30 items, %i at a time',
		async (concurrency) => {
			const { json } = await harness.get(
				{ instanceCode: '={{ $json.i }}', options: { concurrency } },
				crowd.items(30),
				{ onError: 'continueRegularOutput' },
			);
			expect(json('Get')).toHaveLength(30);
			for (const { error } of json('Get')) {
				expect(error).toBe('Feishu does not accept the access token');
			}
			expect(exchanges()).toBe(1);
		},
	);

	it('is not fetched again while the call that fetched it waits for its answer', async () => {
		revoke();
		const [first, second] = crowd.items(2);
		harness.sandbox.faults.add({ on: readingsOf(first), skip: 1, fault: after(600) });
		harness.sandbox.faults.add({ on: readingsOf(second), fault: after(200) });
		const { json } = await harness.get(
			{ instanceCode: '={{ $json.i }}', options: { concurrency: 2 } },
			[first, second],
			{ onError: 'continueRegularOutput' },
		);
		expect(json('Get').map(({ code }) => code)).toEqual([DEAD, DEAD]);
		expect(exchanges()).toBe(1);
	});

	it('is not fetched again for a call that is refused late', async () => {
		harness.sandbox.faults.add({ on: 'get', fault: after(200) });
		harness.sandbox.faults.add({ on: 'get', skip: 1, fault: after(500) });
		await get(2);
		expect(exchanges()).toBe(1);
	});
});

describe.each([200, 400, 401])('with HTTP %i', (status) => {
	it.each(TOKEN_CODES)('code %i gets a new token', async (code) => {
		harness.sandbox.faults.add({ on: 'get', fault: businessError(code, 'refused', { status }) });
		const { error, json } = await get();
		expect(error).toBeUndefined();
		expect(json('Get')).toHaveLength(1);
		expect(codes()).toEqual([code, 0]);
		expect(exchanges()).toBe(1);
	});

	it.each([1390003, 99991661, 99991668, 99991672])('code %i does not', async (code) => {
		harness.sandbox.faults.add({ on: 'get', fault: businessError(code, 'refused', { status }) });
		expect((await get()).error?.context?.data).toMatchObject({ code });
		expect(codes()).toEqual([code]);
		expect(exchanges()).toBe(0);
	});
});
