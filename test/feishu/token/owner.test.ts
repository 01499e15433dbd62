import { crowdOf } from '../../engine/crowd';
import { Engine } from '../../engine/engine';
import { credentialFor, startHarness, type Harness } from '../../engine/harness';
import { SAMPLE_INSTANCE, startSandbox, type AppFixture, type Sandbox } from '../../../sandbox';

const CODE = SAMPLE_INSTANCE.instance_code;

let harness: Harness;
let other: AppFixture;
beforeEach(async () => {
	harness = await startHarness();
	other = harness.sandbox.addApp({ app_id: 'cli_other', app_secret: 'made-up-for-the-other-app' });
	await get();
});
afterEach(async () => await harness.close());

const get = async () => await harness.get({ instanceCode: CODE });
const tokensSentTo = ({ journal }: Sandbox) => journal.map(({ token }) => token);

it('the token of the former App ID is not sent once the App ID was edited', async () => {
	const former = harness.engine.credential().tenantAccessToken as string;
	harness.sandbox.journal.length = 0;
	harness.engine.setCredential({ appId: other.app_id, appSecret: other.app_secret });
	expect((await get()).error).toBeUndefined();
	expect(tokensSentTo(harness.sandbox)).not.toContain(former);
	expect(harness.sandbox.calls('get')).toMatchObject([{ appId: other.app_id, code: 0 }]);
	expect(harness.engine.credential().accessOwner).toContain(
		`${other.app_id}@${harness.sandbox.url}`,
	);
});

it('the token of the former platform is not sent once the Base URL was edited', async () => {
	const former = harness.engine.credential().tenantAccessToken as string;
	const elsewhere = await startSandbox();
	harness.engine.setCredential({ baseUrl: elsewhere.url });
	expect((await get()).error).toBeUndefined();
	expect(tokensSentTo(elsewhere)).not.toContain(former);
	expect(elsewhere.calls('get')).toMatchObject([{ code: 0 }]);
	await elsewhere.close();
});

it('a wrong App ID does not live on the token of the former one', async () => {
	harness.sandbox.journal.length = 0;
	harness.engine.setCredential({ appId: 'cli_unknown' });
	const { error } = await get();
	expect(error?.message).toBe('Feishu does not know this App ID, or the app may not be used');
	expect(harness.sandbox.calls('get')).toEqual([]);
});

it('spaces around the App ID do not make it another app', async () => {
	harness.engine.setCredential({ appId: `\t${String(harness.engine.credential().appId)} ` });
	await get();
	expect(harness.sandbox.calls('exchange')).toHaveLength(1);
});

it('a token without an owner is not sent', async () => {
	harness.sandbox.journal.length = 0;
	harness.engine.setCredential({ tenantAccessToken: 't-whose-is-it', accessOwner: '' });
	expect((await get()).error).toBeUndefined();
	expect(tokensSentTo(harness.sandbox)).not.toContain('t-whose-is-it');
});

it('a secret that was replaced has to prove itself, though the old token still lives', async () => {
	harness.sandbox.journal.length = 0;
	harness.engine.setCredential({ appSecret: 'replaced-and-wrong' });
	expect((await get()).error?.message).toBe('The App Secret is wrong');
	expect(harness.sandbox.calls('get')).toEqual([]);
});

it('nothing of the secret can be read from the name under which the token is kept', () => {
	const { accessOwner, appSecret } = harness.engine.credential();
	expect(accessOwner).toMatch(/#[0-9a-f]{8}$/);
	expect(accessOwner).not.toContain(appSecret);
});

it('two apps on one platform keep their tokens apart, at the same time too', async () => {
	const engines = [await Engine.load(), await Engine.load()];
	engines[0].setCredential(credentialFor(harness.sandbox));
	engines[1].setCredential(credentialFor(harness.sandbox, other));
	harness.sandbox.journal.length = 0;
	const step = { name: 'Get', parameters: { operation: 'get', instanceCode: '={{ $json.i }}' } };
	const items = crowdOf(harness).items(4);
	const outcomes = await Promise.all(
		engines.map(async (engine) => await engine.run([step], items)),
	);
	expect(outcomes.map(({ error }) => error)).toEqual([undefined, undefined]);

	const owners = harness.sandbox.calls('get').map(({ appId }) => appId);
	expect(owners.filter((appId) => appId === other.app_id)).toHaveLength(4);
	expect(owners).toHaveLength(8);
	expect(engines[1].credential().tenantAccessToken).toBe(
		harness.sandbox.tokens.current(other.app_id),
	);
	expect(engines[0].credential().tenantAccessToken).not.toBe(
		engines[1].credential().tenantAccessToken,
	);
});

it('one wrong secret of an app does not get the token of the right one', async () => {
	const engine = await Engine.load();
	engine.setCredential({ ...credentialFor(harness.sandbox), appSecret: 'made-up-and-wrong' });
	const { error } = await engine.run([
		{ name: 'Get', parameters: { operation: 'get', instanceCode: CODE } },
	]);
	expect(error?.message).toBe('The App Secret is wrong');
});
