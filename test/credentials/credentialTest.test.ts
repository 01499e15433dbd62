import type * as Timeouts from '../../feishu/timeouts';
import { testCredential } from '../engine/credentialTest';
import { startHarness, type Harness } from '../engine/harness';
import { businessError, gatewayPage, SANDBOX_APP } from '../../sandbox';

const { TIMEOUTS } = jest.requireActual<typeof Timeouts>('../../dist/feishu/timeouts');

let harness: Harness;
beforeEach(async () => {
	harness = await startHarness();
});
afterEach(async () => await harness.close());

const app = () => harness.sandbox.apps.get(SANDBOX_APP.app_id)!;
const verdict = async () => {
	const { status, message } = await testCredential(harness.engine);
	return { status, message };
};
const saying = (text: RegExp) => ({ status: 'Error', message: expect.stringMatching(text) });

it('passes when Feishu says that the instance asked for does not exist', async () => {
	expect(await verdict()).toEqual({ status: 'OK', message: 'Connection successful!' });
	expect(harness.sandbox.calls('get')).toMatchObject([
		{
			method: 'GET',
			path: '/open-apis/approval/v4/instances/00000000-0000-0000-0000-000000000000',
			status: 400,
			code: 1390003,
		},
	]);
});

it.each([4003, 60003])('passes when Feishu says so by the older code %i', async (code) => {
	harness.sandbox.faults.add({ on: 'get', fault: businessError(code, 'instance not found') });
	expect((await verdict()).status).toBe('OK');
});

it('ends where nobody answers', async () => {
	const { answerMs } = TIMEOUTS;
	TIMEOUTS.answerMs = 300;
	harness.sandbox.faults.add({ on: 'get', fault: { kind: 'hang' } });
	expect((await verdict()).status).toBe('Error');
	TIMEOUTS.answerMs = answerMs;
});

it.each([
	['"99991672"', /^The app lacks a permission/],
	['null', /^The answer is not one of Feishu's/],
	['false', /^The answer is not one of Feishu's/],
	['""', /^The answer is not one of Feishu's/],
])('does not pass by the code %s', async (code, text) => {
	const body = `{"code":${code},"msg":"?"}`;
	harness.sandbox.faults.add({ on: 'get', fault: { kind: 'answer', status: 400, body } });
	expect(await verdict()).toEqual(saying(text));
});

it('gets a token although one is stored: a new secret is really tried', async () => {
	await verdict();
	harness.engine.setCredential({ appSecret: `${SANDBOX_APP.app_secret}-2` });
	expect(await verdict()).toEqual(saying(/^The App Secret is wrong\. Copy the App Secret again/));
});

it('a token that the test got serves the first workflow', async () => {
	await verdict();
	await harness.get({ instanceCode: '1234567' });
	expect(harness.sandbox.calls('exchange')).toHaveLength(1);
});

it('wrong secret', async () => {
	harness.engine.setCredential({ appSecret: `${SANDBOX_APP.app_secret}-2` });
	expect(await verdict()).toEqual(
		saying(/^The App Secret is wrong.*\(Feishu code 10015, log ID \w+\)$/),
	);
	expect(harness.sandbox.calls('get')).toEqual([]);
});

it('an app of the other cloud', async () => {
	harness.engine.setCredential({ appId: 'cli_of_the_other_cloud' });
	expect(await verdict()).toEqual(
		saying(
			/^Feishu does not know this App ID.*Check Platform.*Lark.*\(Feishu code 10014, log ID \w+\)$/,
		),
	);
});

it('an App ID that is none', async () => {
	harness.engine.setCredential({ appId: 'sandbox0000001' });
	expect(await verdict()).toEqual(
		saying(/^Feishu does not accept the App ID or App Secret.*\(Feishu code 10003, log ID \w+\)$/),
	);
});

it('missing scope', async () => {
	app().scopes = [];
	expect(await verdict()).toEqual(
		saying(
			/^The app lacks a permission\. Add approval:approval, approval:approval:readonly or approval:instance .*publish.*\(Feishu code 99991672\)$/,
		),
	);
});

it('blocked IP address', async () => {
	app().deniedIp = true;
	expect(await verdict()).toEqual(
		saying(/^Feishu blocks the address that n8n calls from\..*IP whitelist.*99991401\)$/),
	);
});

it('app disabled before the exchange', async () => {
	app().enabled = false;
	expect(await verdict()).toEqual(saying(/app is enabled.*\(Feishu code 10014, log ID \w+\)$/));
});

it('app disabled after the exchange', async () => {
	harness.sandbox.faults.add({ on: 'get', fault: businessError(99991662, 'app is not in use') });
	expect(await verdict()).toEqual(saying(/^The app is disabled\..*\(Feishu code 99991662\)$/));
});

it.each([
	['a web page in place of the exchange', 'exchange'],
	['a web page in place of the API', 'get'],
] as const)('%s', async (_name, on) => {
	const page = { ...gatewayPage(), status: 200 };
	harness.sandbox.faults.add({ on, times: Infinity, fault: page });
	expect(await verdict()).toEqual(saying(/^The answer is not one of Feishu's.*Base URL/));
});

it.each([0, '0'])(
	'an approval that cannot exist and was found all the same (code %j)',
	async (code) => {
		const answer = { kind: 'answer', status: 200, body: { code, msg: 'ok', data: {} } } as const;
		harness.sandbox.faults.add({ on: 'get', fault: answer });
		expect(await verdict()).toEqual(saying(/^An approval was found that cannot exist: .*Base URL/));
	},
);

it('a host that does not listen', async () => {
	harness.engine.setCredential({ baseUrl: 'http://127.0.0.1:1' });
	expect(await verdict()).toEqual(
		saying(/^Feishu could not be reached\. Check that your n8n can reach the platform/),
	);
});

it.each([
	['appId', /^App ID of the Feishu App API credential is empty/],
	['appSecret', /^App Secret of the Feishu App API credential is empty/],
	['baseUrl', /^Base URL of the Feishu App API credential is empty\..*choose Feishu or Lark/],
])('an empty %s is named and nothing is sent', async (field, message) => {
	harness.engine.setCredential({ [field]: ' ' });
	expect(await verdict()).toEqual(saying(message));
	expect(harness.sandbox.journal).toEqual([]);
});

it('no sentence holds the markup of the texts in the editor', async () => {
	harness.sandbox.faults.add({ on: 'get', fault: businessError(1390009, 'no', { status: 403 }) });
	const { message } = await verdict();
	expect(message).toMatch(/^The approval does not allow this operation/);
	expect(message).not.toMatch(/[<>]/);
});
