/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { setTimeout as wait } from 'node:timers/promises';
import { bearer, FeishuClient, INSTANCES } from '../../sandbox/client';
import { SAMPLE_INSTANCE, SANDBOX_APP, startSandbox } from '../../sandbox/index';
import type { JournalEntry, Sandbox } from '../../sandbox/index';

const CODE = SAMPLE_INSTANCE.instance_code;

let sandbox: Sandbox;
let client: FeishuClient;
let done: JournalEntry[];

beforeEach(async () => {
	done = [];
	sandbox = await startSandbox({ clockOffsetMs: -3_600_000, onDone: (entry) => done.push(entry) });
	client = new FeishuClient(sandbox);
});
afterEach(async () => await sandbox.close());

it('shows a request as it came in and what became of it', async () => {
	const token = await client.token();
	const url = `${INSTANCES}/a%2Fb%20c?locale=zh-CN&x=1&x=2&y=%26`;
	await client.http.get(url, { headers: bearer(token) });
	const [entry] = sandbox.calls('get');
	expect(entry).toMatchObject({
		method: 'GET',
		path: `${INSTANCES}/a%2Fb%20c`,
		rawQuery: 'locale=zh-CN&x=1&x=2&y=%26',
		query: { locale: 'zh-CN', x: ['1', '2'], y: '&' },
		headers: { authorization: `Bearer ${token}` },
		body: undefined,
		rawBody: '',
		appId: SANDBOX_APP.app_id,
		token,
		status: 400,
		code: 1390003,
		outcome: 'answered',
		carriedOut: false,
		copied: [],
		aborted: false,
	});
});

it("keeps bodies raw and parsed, a GET's too", async () => {
	const headers = { 'content-type': 'application/json' };
	await client.http.request({ method: 'GET', url: `${INSTANCES}/${CODE}`, data: 'null', headers });
	await client.http.post(`${INSTANCES}/cc`, Buffer.from('{"a": '), { headers });
	await client.exchange();
	const bodies = sandbox.journal.map(({ body, rawBody }) => [body, rawBody]);
	expect(bodies).toEqual([
		[null, 'null'],
		['{"a": ', '{"a": '],
		[SANDBOX_APP, JSON.stringify(SANDBOX_APP)],
	]);
	expect(sandbox.calls('exchange')[0].appId).toBe(SANDBOX_APP.app_id);
});

it("is written on the platform's clock, in order of arrival", async () => {
	const before = Date.now() - 3_600_000;
	const token = await client.token();
	sandbox.faults.add({ on: 'get', fault: { kind: 'slow', ms: 80 } });
	const slow = client.get(token, CODE);
	sandbox.clock.advance(0);
	const cc = client.cc(token, {});
	await Promise.all([slow, cc]);
	expect(sandbox.journal.map(({ endpoint }) => endpoint)).toEqual(['exchange', 'get', 'cc']);
	expect(done.map(({ endpoint }) => endpoint)).toEqual(['exchange', 'cc', 'get']);
	for (const { at } of sandbox.journal) {
		expect(at).toBeGreaterThanOrEqual(before);
		expect(at).toBeLessThan(before + 5_000);
	}
	sandbox.clock.advance(1_000_000);
	expect(sandbox.clock.now()).toBeGreaterThanOrEqual(before + 1_000_000);
});

it('reset brings everything back to the start, and leaves apps and users', async () => {
	const token = await client.token();
	const { journal, clock, instances, users, apps } = sandbox;
	const added = sandbox.addInstance({ approval_code: 'NEW' });
	sandbox.addUser({ open_id: 'ou_new', union_id: 'on_new', user_id: 'bbbb2222' });
	sandbox.addApp({ app_id: 'cli_new', app_secret: 'new' });
	instances.get(CODE)!.status = 'APPROVED';
	sandbox.faults.add({ on: 'get', fault: { kind: 'reset', when: 'before' } });
	sandbox.limits.consume('get', 50);
	clock.advance(5_000_000);
	sandbox.reset();
	expect(journal).toHaveLength(0);
	expect(sandbox.tokens.issued(SANDBOX_APP.app_id)).toBe(0);
	expect((await client.get(token, CODE)).data.code).toBe(99991663);
	const { data } = await client.get(await client.token(), CODE);
	expect(data.data).toEqual(SAMPLE_INSTANCE);
	expect(instances.has(added.instance_code)).toBe(false);
	expect([users.has('ou_new'), apps.has('cli_new')]).toEqual([true, true]);
	expect(Math.abs(clock.now() + 3_600_000 - Date.now())).toBeLessThan(1_000);
});

it('a client that gives up stops nothing: the platform goes on', async () => {
	const token = await client.token();
	sandbox.faults.add({ on: 'get', fault: { kind: 'slow', ms: 200 } });
	const options = { headers: bearer(token), signal: AbortSignal.timeout(60) };
	await expect(client.http.get(`${INSTANCES}/${CODE}`, options)).rejects.toThrow('canceled');
	await wait(60);
	const [entry] = sandbox.calls('get');
	expect(entry).toMatchObject({ aborted: true, carriedOut: false, outcome: 'pending' });
	await wait(150);
	expect(entry).toMatchObject({ aborted: true, carriedOut: true, outcome: 'pending' });
});

it('fresh instances have codes and uuids of their own', () => {
	const [one, two] = [sandbox.addInstance(), sandbox.addInstance({ status: 'APPROVED' })];
	expect(one.instance_code).not.toBe(two.instance_code);
	expect(one.uuid).not.toBe(two.uuid);
	expect([one.status, two.status]).toEqual(['PENDING', 'APPROVED']);
	expect(one.approval_code).toBe(SAMPLE_INSTANCE.approval_code);
});
