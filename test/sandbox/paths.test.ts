import { FeishuClient, INSTANCES } from '../../sandbox/client';
import { startSandbox } from '../../sandbox/index';
import type { Sandbox } from '../../sandbox/index';

const EXCHANGE = '/open-apis/auth/v3/tenant_access_token/internal';

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox();
});
afterAll(async () => await sandbox.close());

it.each([
	['GET', '/open-apis/approval/v4/nowhere', 404, 99991201],
	['GET', `${INSTANCES}/`, 404, 99991201],
	['GET', `${INSTANCES}/a/b`, 404, 99991201],
	['GET', `${INSTANCES}/%E0%A4%A`, 404, 99991201],
	['DELETE', `${INSTANCES}/1234567`, 405, 99991301],
	['PUT', `${INSTANCES}/cc`, 405, 99991301],
	['GET', EXCHANGE, 405, 99991301],
])('%s %s is not offered and answers %i with %i', async (method, url, status, code) => {
	const answer = await new FeishuClient(sandbox).http.request({ method, url });
	expect([answer.status, answer.data.code]).toEqual([status, code]);
	expect(answer.headers['x-tt-logid']).toBe(answer.data.error.log_id);
	expect(sandbox.journal.at(-1)).toMatchObject({ endpoint: 'other', method, path: url, status });
});
