/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { CC_SAMPLE_USER, SAMPLE_INSTANCE, SANDBOX_APP, startSandbox } from './index';
import type { Sandbox } from './index';

const run = promisify(execFile);

/** The commands exactly as the two API pages print them, masked token included. */
const GET_SAMPLE = String.raw`curl -i -X GET 'https://open.feishu.cn/open-apis/approval/v4/instances/81D31358-93AF-92D6-7425-01A5D67C4E71?locale=zh-CN&user_id=f7cb567e&user_id_type=user_id' \
-H 'Authorization: Bearer t-7f1b******8e560'`;
const CC_SAMPLE = String.raw`curl -i -X POST 'https://open.feishu.cn/open-apis/approval/v4/instances/cc?user_id_type=open_id' \
-H 'Authorization: Bearer t-7f1b******8e560' \
-H 'Content-Type: application/json' \
-d '{
	"approval_code": "7C468A54-8745-2245-9675-08B7C63E7A85",
	"cc_user_ids": [
		"f7cb567e"
	],
	"comment": "ok",
	"instance_code": "7C468A54-8745-2245-9675-08B7C63E7A85",
	"user_id": "f7cb567e"
}'`;

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox();
});
beforeEach(() => {
	sandbox.reset();
	sandbox.tokens.accept(SANDBOX_APP.app_id, 't-7f1b******8e560');
});
afterAll(async () => await sandbox.close());

async function runSample(command: string): Promise<{ head: string; body: unknown }> {
	const here = command.replace('https://open.feishu.cn', sandbox.url);
	// A proxy of the machine must not stand between curl and 127.0.0.1.
	const { stdout } = await run('bash', ['-c', `${here} --silent --noproxy '*'`]);
	const [head, text] = stdout.split('\r\n\r\n');
	return { head, body: JSON.parse(text) };
}

it("the curl sample of Get Instance answers the page's sample data", async () => {
	const { head, body } = await runSample(GET_SAMPLE);
	expect(head).toMatch(/^HTTP\/1\.1 200 OK/);
	expect(body).toEqual({ code: 0, msg: 'success', data: SAMPLE_INSTANCE });
});

it('the curl sample of CC Instance copies the person it names', async () => {
	const { head, body } = await runSample(CC_SAMPLE);
	expect(head).toMatch(/^HTTP\/1\.1 200 OK/);
	expect(body).toEqual({ code: 0, msg: 'success', data: {} });
	expect(sandbox.calls('cc')[0].copied).toEqual([CC_SAMPLE_USER.open_id]);
});

it('a sample with a token that is not registered is refused', async () => {
	sandbox.reset();
	const { head, body } = await runSample(GET_SAMPLE);
	expect(head).toMatch(/^HTTP\/1\.1 400 Bad Request/);
	expect(body).toMatchObject({ code: 99991663 });
});
