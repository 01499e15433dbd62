import { sleep } from 'n8n-workflow';

import type { Step } from '../engine/engine';
import { setClock } from '../engine/machineClock';
import { openStage, type Stage } from '../engine/stage';
import { tunable } from '../engine/tunable';
import { SAMPLE_INSTANCE, SANDBOX_APP } from '../../sandbox';

const { TIMEOUTS } = tunable();

const PATH = `/open-apis/approval/v4/instances/${SAMPLE_INSTANCE.instance_code}`;

let stage: Stage;
beforeEach(async () => {
	stage = await openStage();
});
afterEach(async () => {
	jest.restoreAllMocks();
	await stage.close();
});

const request = (url: string): Step => ({
	name: 'HTTP Request',
	type: 'legacyRequest',
	parameters: { url },
});
const call = async () => await stage.engine.run([request(stage.sandbox.url + PATH)]);
const answer = { code: 0, data: { instance_code: SAMPLE_INSTANCE.instance_code } };

it('calls Feishu with the credential', async () => {
	const { error, json } = await call();
	expect(error).toBeUndefined();
	expect(json('HTTP Request')).toMatchObject([answer]);
	expect(stage.sandbox.calls('get')).toMatchObject([
		{ path: PATH, token: stage.sandbox.tokens.current(SANDBOX_APP.app_id) },
	]);
});

it('shares the token with the Feishu Approval node', async () => {
	await call();
	const { error } = await stage.get({ instanceCode: SAMPLE_INSTANCE.instance_code });
	expect(error).toBeUndefined();
	await call();
	expect(stage.sandbox.calls('exchange')).toHaveLength(1);
});

it('gets a new token once the old one has expired, before the call', async () => {
	await call();
	setClock(7_200_000);
	const { error, json } = await call();
	expect(error).toBeUndefined();
	expect(json('HTTP Request')).toMatchObject([answer]);
	expect(stage.sandbox.calls('get').map(({ code }) => code)).toEqual([0, 0]);
	expect(stage.sandbox.calls('exchange')).toHaveLength(2);
});

it('does not send the token of an app that was edited away', async () => {
	await call();
	const former = stage.engine.credential().tenantAccessToken;
	const other = stage.sandbox.addApp({ app_id: 'cli_other', app_secret: 'made-up-for-other' });
	stage.engine.setCredential({ appId: other.app_id, appSecret: other.app_secret });
	expect((await call()).error).toBeUndefined();
	expect(stage.sandbox.calls('get')[1].token).not.toBe(former);
});

it('recovers when Feishu drops the token early', async () => {
	TIMEOUTS.sharedMs = 50;
	await call();
	await sleep(100);
	stage.sandbox.tokens.revoke(SANDBOX_APP.app_id);
	const { error, json } = await call();
	expect(error).toBeUndefined();
	expect(json('HTTP Request')).toMatchObject([answer]);
	expect(stage.sandbox.calls('get').map(({ code }) => code)).toEqual([0, 99991663, 0]);
	expect(stage.sandbox.calls('exchange')).toHaveLength(2);
});
