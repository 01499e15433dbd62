import { startHarness, type Harness } from '../../engine/harness';
import { tunable } from '../../engine/tunable';
import {
	businessError,
	emptyBody,
	gatewayPage,
	APPROVER,
	COLLEAGUE,
	startSandbox,
	type Fault,
	type Instance,
} from '../../../sandbox';

const { TIMEOUTS } = tunable();

let harness: Harness;
let instance: Instance;
beforeEach(async () => {
	TIMEOUTS.pauseMs = 5;
	harness = await startHarness();
	instance = harness.sandbox.addInstance({ timeline: [] });
});
afterEach(async () => await harness.close());

const get = async () => await harness.get({ instanceCode: instance.instance_code });
const meet = (fault: Fault, times = Infinity) =>
	harness.sandbox.faults.add({ on: 'exchange', times, fault });
const exchanges = () => harness.sandbox.calls('exchange').length;
const apiCalls = () => harness.sandbox.journal.length - exchanges();
const html = { ...gatewayPage(), status: 200 };
const withoutToken: Fault = {
	kind: 'answer',
	status: 200,
	body: { code: 0, msg: 'ok', expire: 7200 },
};

describe('Feishu refuses the exchange', () => {
	it.each([
		[10003, 'invalid param', 'Feishu does not accept the App ID or App Secret', /Copy App ID and/],
		[
			10014,
			'app id not exists',
			'Feishu does not know this App ID, or the app may not be used',
			/Check Platform in the credential first.*Lark/,
		],
		[10015, 'app secret invalid', 'The App Secret is wrong', /Copy the App Secret again/],
		[10005, 'unauthorized', 'The app may not be used in this company', /enabled.*installed/],
		[20002, 'not match', 'App ID and App Secret do not belong together', /Copy App ID and/],
		[99991543, 'not exist', 'Feishu does not accept the App ID or App Secret', /Copy App ID and/],
		[19999, 'quite new', 'Feishu refused the call', /^Feishu said: "quite new"/],
	])('with %i at HTTP 200: asked once, explained', async (code, msg, message, hint) => {
		meet(businessError(code, msg, { status: 200 }));
		const { error } = await get();
		expect(error?.message).toBe(message);
		expect(error?.description).toMatch(hint);
		expect(error?.description).toContain(`Feishu said: "${msg}" (code ${code}, HTTP 200, log ID `);
		expect(error?.context?.data).toMatchObject({ code, msg, http_status: 200 });
		expect(exchanges()).toBe(1);
		expect(apiCalls()).toBe(0);
	});

	it('with a code that speaks of tokens: asked once more', async () => {
		meet(businessError(20013, 'tenant access token invalid'));
		const { error } = await get();
		expect(error?.message).toBe('Feishu does not accept the access token');
		expect(exchanges()).toBe(2);
		expect(apiCalls()).toBe(0);
	});

	it('and is asked again by the next run, which works', async () => {
		meet(businessError(10015, 'app secret invalid', { status: 200 }), 1);
		expect((await get()).error?.message).toBe('The App Secret is wrong');
		expect((await get()).error).toBeUndefined();
	});
});

describe('the exchange is not answered by Feishu', () => {
	it.each<[string, Fault, RegExp]>([
		['a gateway page', gatewayPage(), /^The answer is not one of Feishu's \(HTTP 502\)$/],
		['a web page at HTTP 200', html, /^The answer is not one of Feishu's \(HTTP 200\)$/],
		['an empty body', emptyBody(), /^The answer is not one of Feishu's \(HTTP 200\)$/],
		['half an answer', { kind: 'cut' }, /^The connection broke before the answer was complete$/],
		['a reset', { kind: 'reset', when: 'before' }, /^The connection broke before/],
	])(
		'%s: asked four times, then explained, and nothing else is sent',
		async (_name, fault, what) => {
			meet(fault);
			const { error } = await get();
			expect(error?.message).toMatch(what);
			expect(error?.description).toMatch(/again in a few minutes/);
			expect(exchanges()).toBe(4);
			expect(apiCalls()).toBe(0);
		},
	);

	it('a platform that does not listen', async () => {
		harness.engine.setCredential({ baseUrl: 'http://127.0.0.1:1' });
		const { error } = await get();
		expect(error?.message).toBe('Feishu could not be reached');
		expect(error?.description).toMatch(/Base URL in the credential, proxy and firewall/);
	});

	it('an answer without a token', async () => {
		meet(withoutToken);
		const { error } = await get();
		expect(error?.message).toBe('Feishu answered without an access token');
		expect(error?.description).toMatch(/Check Platform or Base URL/);
		expect(exchanges()).toBe(1);
		expect(harness.engine.credential().tenantAccessToken).toBe('');
	});

	it.each([302, 307] as const)('redirect %i: the secret goes to no other host', async (status) => {
		const elsewhere = await startSandbox();
		meet({ kind: 'redirect', to: `${elsewhere.url}/open-apis/auth/v3/x`, status });
		const { error } = await get();
		expect(error?.message).toBe('The server sent the call on to another address');
		expect(error?.description).toMatch(/Check Platform or Base URL in the credential/);
		expect(elsewhere.journal).toEqual([]);
		expect(exchanges()).toBe(1);
		await elsewhere.close();
	});
});

describe('a copy is not lost, and made once', () => {
	it.each<[string, Fault]>([
		['a gateway page', gatewayPage()],
		['an empty body', emptyBody()],
		['half an answer', { kind: 'cut' }],
		['a reset before', { kind: 'reset', when: 'before' }],
		['a reset after the token was issued', { kind: 'reset', when: 'after' }],
		['an internal fault of Feishu', businessError(2200, 'internal error', { status: 200 })],
		['a rate limit', businessError(99991400, 'limit', { status: 429 })],
	])('when the exchange before it meets %s', async (_name, fault) => {
		TIMEOUTS.limitMs = 50;
		meet(fault, 1);
		const { error, json } = await harness.cc({
			approvalCode: instance.approval_code,
			instanceCode: instance.instance_code,
			userId: APPROVER.open_id,
			ccUserIds: COLLEAGUE.open_id,
		});
		expect(error).toBeUndefined();
		expect(json('CC')).toMatchObject([{ success: true, cc_user_ids: [COLLEAGUE.open_id] }]);
		expect(json('CC')[0]).not.toHaveProperty('note');
		expect(instance.timeline).toHaveLength(1);
		expect(harness.sandbox.calls('cc')).toHaveLength(1);
		expect(harness.sandbox.calls('get')).toHaveLength(0);
	});
});
