import { busyMs } from '../../engine/busyTime';
import { startHarness, type Harness } from '../../engine/harness';
import { tunable } from '../../engine/tunable';
import {
	businessError,
	emptyBody,
	gatewayPage,
	serverError,
	wrongContentType,
	type Fault,
	type Instance,
} from '../../../sandbox';

const { TIMEOUTS } = tunable();

let harness: Harness;
let instance: Instance;
beforeEach(async () => {
	Object.assign(TIMEOUTS, { pauseMs: 5, answerMs: 400, exchangeMs: 1_500 });
	harness = await startHarness();
	instance = harness.sandbox.addInstance();
});
afterEach(async () => await harness.close());

const get = async () => await harness.get({ instanceCode: instance.instance_code });
const calls = () => harness.sandbox.calls('get');
const meet = (fault: Fault, times: number) =>
	harness.sandbox.faults.add({ on: 'get', times, fault });
const html: Fault = { kind: 'answer', status: 200, body: '<html>Sign in</html>' };
const NOT_FEISHU = (status: number) => new RegExp(`^The answer is not one of.*HTTP ${status}\\)$`);
const BROKEN = /^The connection broke before the answer was complete$/;
const LATE = /^Feishu did not answer in time$/;

const PASSING: Array<[string, Fault, RegExp]> = [
	['HTTP 500 in the envelope', serverError(500), /^Feishu could not carry out the call$/],
	['HTTP 500 as text', { kind: 'answer', status: 500, body: 'oops' }, NOT_FEISHU(500)],
	['HTTP 500 with an unknown code', businessError(777, '?', { status: 500 }), /^Feishu refused/],
	['HTTP 502 as a web page', gatewayPage(502), NOT_FEISHU(502)],
	['HTTP 503 as a web page', gatewayPage(503), NOT_FEISHU(503)],
	['HTTP 504 as a web page', gatewayPage(504), NOT_FEISHU(504)],
	['HTTP 503 in the envelope', serverError(503), /^Feishu could not carry out the call$/],
	['code 1395001', businessError(1395001), /^The approval service could not carry out the call$/],
	['a web page at HTTP 200', html, NOT_FEISHU(200)],
	['an empty body at HTTP 200', emptyBody(), NOT_FEISHU(200)],
	['an empty body at HTTP 500', emptyBody(500), NOT_FEISHU(500)],
	['JSON that ends in the middle', { kind: 'cut', how: 'json' }, NOT_FEISHU(200)],
	['a list for an answer', { kind: 'answer', status: 200, body: '[]' }, NOT_FEISHU(200)],
	['an answer without a code', { kind: 'answer', status: 200, body: {} }, NOT_FEISHU(200)],
	['an answer that breaks off', { kind: 'cut' }, BROKEN],
	['a reset before the work', { kind: 'reset', when: 'before' }, BROKEN],
	['a reset after the work', { kind: 'reset', when: 'after' }, BROKEN],
	['an answer that never comes', { kind: 'hang' }, LATE],
	['an answer that drips', { kind: 'drip', everyMs: 50 }, LATE],
];

describe.each(PASSING)('%s', (_name, fault, message) => {
	it('is asked for again until it passes, three times at most', async () => {
		meet(fault, 3);
		const { error, json } = await get();
		expect(error).toBeUndefined();
		expect(json('Get')).toMatchObject([{ instance_code: instance.instance_code }]);
		expect(calls()).toHaveLength(4);
	});

	it('is explained when it stays', async () => {
		meet(fault, Infinity);
		const { error } = await get();
		expect(error?.message).toMatch(message);
		expect(error?.description).toMatch(/again in a (few )?minutes?|Feishu said: "\?"/);
		expect(calls()).toHaveLength(4);
	});
});

it('the pauses grow', async () => {
	TIMEOUTS.pauseMs = 60;
	meet(serverError(), 3);
	await get();
	const at = calls().map((call) => call.at);
	const pauses = at.slice(1).map((time, index) => time - at[index]);
	expect(pauses[0]).toBeGreaterThanOrEqual(30);
	expect(pauses[1]).toBeGreaterThanOrEqual(90);
	expect(pauses[2]).toBeGreaterThanOrEqual(270);
	expect(pauses[2]).toBeLessThan(1500 + busyMs());
});

it('a platform that does not listen is named as such', async () => {
	await get();
	harness.engine.setCredential({
		baseUrl: 'http://127.0.0.1:1',
	});
	const { error } = await get();
	expect(error?.message).toBe('Feishu could not be reached');
	expect(error?.description).toMatch(/proxy and firewall\. \(ECONNREFUSED\)/);
});

it('a right answer that calls itself text is taken', async () => {
	const body = { code: 0, msg: 'success', data: { instance_code: 'as text' } };
	meet(wrongContentType(body), 1);
	expect((await get()).json('Get')).toMatchObject([{ instance_code: 'as text' }]);
	expect(calls()).toHaveLength(1);
});

describe('an answer that came is not asked for again', () => {
	it.each([
		[1390001, 400],
		[1390003, 400],
		[1390009, 403],
		[99991672, 400],
		[99991403, 400],
		[1390002, 500],
		[1388888, 200],
		[1388888, 400],
		[1388888, 403],
	])('code %i with HTTP %i', async (code, status) => {
		meet(businessError(code, 'no', { status }), Infinity);
		expect((await get()).error?.context?.data).toMatchObject({ code, http_status: status });
		expect(calls()).toHaveLength(1);
	});
});
