import { crowdOf } from '../../engine/crowd';
import { Engine } from '../../engine/engine';
import { credentialFor, openStage, type Stage } from '../../engine/stage';
import { SAMPLE_INSTANCE, startSandbox, type AppFixture, type Sandbox } from '../../../sandbox';

const CODE = SAMPLE_INSTANCE.instance_code;

let stage: Stage;
let other: AppFixture;
beforeEach(async () => {
	stage = await openStage();
	other = stage.sandbox.addApp({ app_id: 'cli_other', app_secret: 'made-up-for-the-other-app' });
	await get();
});
afterEach(async () => await stage.close());

const get = async () => await stage.get({ instanceCode: CODE });
const tokensSentTo = ({ journal }: Sandbox) => journal.map(({ token }) => token);

it('the token of the former App ID is not sent once the App ID was edited', async () => {
	const former = stage.engine.credential().tenantAccessToken as string;
	stage.sandbox.journal.length = 0;
	stage.engine.setCredential({ appId: other.app_id, appSecret: other.app_secret });
	expect((await get()).error).toBeUndefined();
	expect(tokensSentTo(stage.sandbox)).not.toContain(former);
	expect(stage.sandbox.calls('get')).toMatchObject([{ appId: other.app_id, code: 0 }]);
	expect(stage.engine.credential().accessOwner).toContain(`${other.app_id}@${stage.sandbox.url}`);
});

it('the token of the former platform is not sent once the Base URL was edited', async () => {
	const former = stage.engine.credential().tenantAccessToken as string;
	const elsewhere = await startSandbox();
	stage.engine.setCredential({ baseUrl: elsewhere.url });
	expect((await get()).error).toBeUndefined();
	expect(tokensSentTo(elsewhere)).not.toContain(former);
	expect(elsewhere.calls('get')).toMatchObject([{ code: 0 }]);
	await elsewhere.close();
});

it('a wrong App ID does not live on the token of the former one', async () => {
	stage.sandbox.journal.length = 0;
	stage.engine.setCredential({ appId: 'cli_unknown' });
	const { error } = await get();
	expect(error?.message).toBe('Feishu does not know this App ID, or the app may not be used');
	expect(stage.sandbox.calls('get')).toEqual([]);
});

it('blanks around the App ID do not make it another app', async () => {
	stage.engine.setCredential({ appId: `\t${String(stage.engine.credential().appId)} ` });
	await get();
	expect(stage.sandbox.calls('exchange')).toHaveLength(1);
});

it('a token without an owner is not sent', async () => {
	stage.sandbox.journal.length = 0;
	stage.engine.setCredential({ tenantAccessToken: 't-whose-is-it', accessOwner: '' });
	expect((await get()).error).toBeUndefined();
	expect(tokensSentTo(stage.sandbox)).not.toContain('t-whose-is-it');
});

it('a secret that was replaced has to prove itself, though the old token still lives', async () => {
	stage.sandbox.journal.length = 0;
	stage.engine.setCredential({ appSecret: 'replaced-and-wrong' });
	expect((await get()).error?.message).toBe('The App Secret is wrong');
	expect(stage.sandbox.calls('get')).toEqual([]);
});

it('nothing of the secret can be read from the name under which the token is kept', () => {
	const { accessOwner, appSecret } = stage.engine.credential();
	expect(accessOwner).toMatch(/#[0-9a-f]{8}$/);
	expect(accessOwner).not.toContain(appSecret);
});

it('two apps on one platform keep their tokens apart, at the same time too', async () => {
	const engines = [await Engine.load(), await Engine.load()];
	engines[0].setCredential(credentialFor(stage.sandbox));
	engines[1].setCredential(credentialFor(stage.sandbox, other));
	stage.sandbox.journal.length = 0;
	const step = { name: 'Get', parameters: { operation: 'get', instanceCode: '={{ $json.i }}' } };
	const items = crowdOf(stage).items(4);
	const outcomes = await Promise.all(
		engines.map(async (engine) => await engine.run([step], items)),
	);
	expect(outcomes.map(({ error }) => error)).toEqual([undefined, undefined]);

	const owners = stage.sandbox.calls('get').map(({ appId }) => appId);
	expect(owners.filter((appId) => appId === other.app_id)).toHaveLength(4);
	expect(owners).toHaveLength(8);
	expect(engines[1].credential().tenantAccessToken).toBe(
		stage.sandbox.tokens.current(other.app_id),
	);
	expect(engines[0].credential().tenantAccessToken).not.toBe(
		engines[1].credential().tenantAccessToken,
	);
});

it('one wrong secret of an app does not get the token of the right one', async () => {
	const engine = await Engine.load();
	engine.setCredential({ ...credentialFor(stage.sandbox), appSecret: 'made-up-and-wrong' });
	const { error } = await engine.run([
		{ name: 'Get', parameters: { operation: 'get', instanceCode: CODE } },
	]);
	expect(error?.message).toBe('The App Secret is wrong');
});
