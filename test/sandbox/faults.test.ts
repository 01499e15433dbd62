/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { setTimeout as wait } from 'node:timers/promises';
import type { AxiosResponse } from 'axios';
import { bearer, FeishuClient, INSTANCES } from '../../sandbox/client';
import * as make from '../../sandbox/faultMakers';
import { APPROVER, COLLEAGUE, SANDBOX_APP, startSandbox } from '../../sandbox/index';
import type { Fault, Instance, Sandbox } from '../../sandbox/index';

let sandbox: Sandbox;
let client: FeishuClient;
let token: string;
let instance: Instance;

beforeEach(async () => {
	sandbox = await startSandbox();
	client = new FeishuClient(sandbox);
	token = await client.token();
	instance = sandbox.addInstance({ timeline: [] });
});
afterEach(async () => await sandbox.close());

const get = async () => await client.get(token, instance.instance_code);
const cc = async () =>
	await client.cc(token, {
		approval_code: instance.approval_code,
		instance_code: instance.instance_code,
		user_id: APPROVER.open_id,
		cc_user_ids: [COLLEAGUE.open_id],
	});
const raw = async (giveUpAfterMs?: number): Promise<AxiosResponse<string>> =>
	await client.http.get(`${INSTANCES}/${instance.instance_code}`, {
		headers: bearer(token),
		responseType: 'text',
		transformResponse: (text: string) => text,
		signal: giveUpAfterMs === undefined ? undefined : AbortSignal.timeout(giveUpAfterMs),
	});
const meet = (fault: Fault) => sandbox.faults.add({ on: 'get', fault });

describe('rules', () => {
	it('let some requests pass, hit some, and then are used up', async () => {
		sandbox.faults.add({ on: 'get', skip: 1, times: 2, fault: make.serverError() });
		const statuses = [];
		for (let call = 0; call < 4; call++) statuses.push((await get()).status);
		expect(statuses).toEqual([200, 500, 500, 200]);
	});

	it('can look at the request, last for ever, and be cleared', async () => {
		sandbox.faults.add({
			on: ({ endpoint, path }) => endpoint === 'get' && path.endsWith(instance.instance_code),
			times: Infinity,
			fault: make.serverError(503),
		});
		expect((await client.get(token, '1234567')).status).toBe(200);
		expect([(await get()).status, (await get()).status]).toEqual([503, 503]);
		sandbox.faults.clear();
		expect((await get()).status).toBe(200);
	});
});

describe('answers in place of the right one', () => {
	it.each([false, true])('answer, with the work done: %s', async (after) => {
		const fault: Fault = { kind: 'answer', status: 500, body: 'oops', after };
		sandbox.faults.add({ on: 'cc', fault });
		const { status, data } = await cc();
		expect([status, data]).toEqual([500, 'oops']);
		expect(instance.timeline).toHaveLength(after ? 1 : 0);
		expect(sandbox.calls('cc')[0]).toMatchObject({ status: 500, carriedOut: after });
		expect(sandbox.calls('cc')[0].copied).toEqual(after ? [COLLEAGUE.open_id] : []);
	});

	it('business error: any code with any status, log id included', async () => {
		meet(make.businessError(1395001, 'later', { status: 418 }));
		const { status, data, headers } = await get();
		expect([status, data.code, data.msg]).toEqual([418, 1395001, 'later']);
		expect(headers['x-tt-logid']).toBe(data.error.log_id);
	});

	it('limits with true, missing and absurd headers', async () => {
		meet(make.rateLimited(52));
		meet(make.rateLimitedSilently(400));
		meet(make.rateLimitedAbsurdly());
		const answers = [await get(), await get(), await get()];
		expect(answers.map(({ status }) => status)).toEqual([429, 400, 429]);
		expect(answers.map(({ data }) => data.code)).toEqual([99991400, 99991400, 99991400]);
		const resets = answers.map(({ headers }) => headers['x-ogw-ratelimit-reset'] as unknown);
		expect(resets).toEqual(['52', undefined, 'soon']);
	});

	it('empty body, gateway page, wrong content type', async () => {
		for (const fault of [make.emptyBody(), make.gatewayPage(504), make.wrongContentType()])
			meet(fault);
		const [empty, page, text] = [await raw(), await raw(), await raw()];
		expect([empty.status, empty.data]).toEqual([200, '']);
		expect([page.status, page.data]).toEqual([504, expect.stringMatching(/^<html>/)]);
		expect(page.headers).not.toHaveProperty('x-tt-logid');
		expect(text.headers['content-type']).toMatch(/^text\/plain/);
	});

	it('a big answer has exactly the bytes asked for and is valid JSON', async () => {
		meet(make.bigAnswer(3_000_000));
		const { data } = await raw();
		expect(Buffer.byteLength(data)).toBe(3_000_000);
		expect(JSON.parse(data)).toMatchObject({ code: 0 });
	});

	it.each([302, 307] as const)('redirect %i', async (status) => {
		meet({ kind: 'redirect', to: 'http://127.0.0.1:1/else', status });
		const answer = await raw();
		expect(answer.status).toBe(status);
		expect(answer.headers.location).toBe('http://127.0.0.1:1/else');
	});
});

describe('connections that fail', () => {
	it.each(['before', 'after'] as const)('reset %s the work', async (when) => {
		sandbox.faults.add({ on: 'cc', fault: { kind: 'reset', when } });
		await expect(cc()).rejects.toMatchObject({ code: 'ECONNRESET' });
		const [entry] = sandbox.calls('cc');
		expect(entry).toMatchObject({ outcome: 'reset', carriedOut: when === 'after', aborted: false });
		expect(instance.timeline).toHaveLength(when === 'after' ? 1 : 0);
	});

	it('a hang ends when the client gives up, and the journal says so', async () => {
		meet({ kind: 'hang' });
		await expect(raw(100)).rejects.toMatchObject({ code: 'ERR_CANCELED' });
		await wait(50);
		expect(sandbox.calls('get')[0]).toMatchObject({
			outcome: 'hung',
			carriedOut: false,
			aborted: true,
		});
	});

	it('half a body breaks off the connection', async () => {
		meet({ kind: 'cut', after: true });
		await expect(raw()).rejects.toThrow(/aborted/);
		expect(sandbox.calls('get')[0]).toMatchObject({ outcome: 'reset', carriedOut: true });
	});

	it('half a JSON text comes as a complete answer', async () => {
		meet({ kind: 'cut', how: 'json' });
		const { status, data } = await raw();
		expect(status).toBe(200);
		expect(data).toMatch(/^\{"code":0/);
		expect(() => JSON.parse(data) as unknown).toThrow(SyntaxError);
		expect(sandbox.calls('get')[0].carriedOut).toBe(false);
	});
});

describe('answers that take their time', () => {
	it('slow: the right answer, not before its time', async () => {
		meet({ kind: 'slow', ms: 120 });
		const start = performance.now();
		expect((await get()).data.code).toBe(0);
		expect(performance.now() - start).toBeGreaterThanOrEqual(115);
	});

	it('slow with the work done first: it is visible before the answer', async () => {
		sandbox.faults.add({ on: 'cc', fault: { kind: 'slow', ms: 150, after: true } });
		const answer = cc();
		await wait(75);
		expect(instance.timeline).toHaveLength(1);
		expect(sandbox.calls('cc')[0].outcome).toBe('pending');
		expect((await answer).data.code).toBe(0);
	});

	it('drip: the right body, byte by byte', async () => {
		instance.form = '[]';
		sandbox.faults.add({ on: 'get', fault: { kind: 'drip', everyMs: 1 }, times: 2 });
		const start = performance.now();
		const { data } = await raw();
		expect(JSON.parse(data)).toMatchObject({ code: 0, data: { form: '[]' } });
		expect(performance.now() - start).toBeGreaterThan(data.length * 0.9);
		await expect(raw(100)).rejects.toMatchObject({ code: 'ERR_CANCELED' });
		await wait(50);
		expect(sandbox.calls('get').map(({ aborted }) => aborted)).toEqual([false, true]);
	});

	it('run: something happens in the middle, before the request is judged', async () => {
		meet({ kind: 'run', do: () => sandbox.tokens.revoke(SANDBOX_APP.app_id) });
		meet({ kind: 'run', do: () => sandbox.limits.consume('get', 50) });
		expect((await get()).data.code).toBe(99991663);
		token = await client.token();
		expect((await get()).data.code).toBe(99991400);
	});
});
