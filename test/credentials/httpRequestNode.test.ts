import { sleep } from 'n8n-workflow';

import type { Step } from '../engine/engine';
import { setClock } from '../engine/machineClock';
import { startHarness, type Harness } from '../engine/harness';
import { tunable } from '../engine/tunable';
import { SAMPLE_INSTANCE, SANDBOX_APP } from '../../sandbox';

const { TIMEOUTS } = tunable();

const PATH = `/open-apis/approval/v4/instances/${SAMPLE_INSTANCE.instance_code}`;

let harness: Harness;
beforeEach(async () => {
	harness = await startHarness();
});
afterEach(async () => {
	jest.restoreAllMocks();
	await harness.close();
});

const request = (url: string): Step => ({
	name: 'HTTP Request',
	type: 'legacyRequest',
	parameters: { url },
});
const call = async () => await harness.engine.run([request(harness.sandbox.url + PATH)]);
const answer = { code: 0, data: { instance_code: SAMPLE_INSTANCE.instance_code } };

it('calls Feishu with the credential', async () => {
	const { error, json } = await call();
	expect(error).toBeUndefined();
	expect(json('HTTP Request')).toMatchObject([answer]);
	expect(harness.sandbox.calls('get')).toMatchObject([
		{ path: PATH, token: harness.sandbox.tokens.current(SANDBOX_APP.app_id) },
	]);
});

it('shares the token with the Feishu Approval node', async () => {
	await call();
	const { error } = await harness.get({ instanceCode: SAMPLE_INSTANCE.instance_code });
	expect(error).toBeUndefined();
	await call();
	expect(harness.sandbox.calls('exchange')).toHaveLength(1);
});

it('gets a new token once the old one has expired, before the call', async () => {
	await call();
	setClock(7_200_000);
	const { error, json } = await call();
	expect(error).toBeUndefined();
	expect(json('HTTP Request')).toMatchObject([answer]);
	expect(harness.sandbox.calls('get').map(({ code }) => code)).toEqual([0, 0]);
	expect(harness.sandbox.calls('exchange')).toHaveLength(2);
});

it('does not send the token of an app that was edited away', async () => {
	await call();
	const former = harness.engine.credential().tenantAccessToken;
	const other = harness.sandbox.addApp({ app_id: 'cli_other', app_secret: 'made-up-for-other' });
	harness.engine.setCredential({ appId: other.app_id, appSecret: other.app_secret });
	expect((await call()).error).toBeUndefined();
	expect(harness.sandbox.calls('get')[1].token).not.toBe(former);
});

it('recovers when Feishu drops the token early', async () => {
	TIMEOUTS.sharedMs = 50;
	await call();
	await sleep(100);
	harness.sandbox.tokens.revoke(SANDBOX_APP.app_id);
	const { error, json } = await call();
	expect(error).toBeUndefined();
	expect(json('HTTP Request')).toMatchObject([answer]);
	expect(harness.sandbox.calls('get').map(({ code }) => code)).toEqual([0, 99991663, 0]);
	expect(harness.sandbox.calls('exchange')).toHaveLength(2);
});
