/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/require-node-api-error -- a test, not a node */
import axios from 'axios';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

import { CC_SAMPLE_USER, SAMPLE_INSTANCE, SANDBOX_APP, startSandbox } from '../../sandbox/index';
import type { Sandbox } from '../../sandbox/index';

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

/** The words of a command, as a shell splits them. */
const wordsOf = (command: string): string[] =>
	[...command.matchAll(/'([^']*)'|([^\s\\']+)/g)].map(([, quoted, bare]) => quoted ?? bare);

interface Answered {
	status: number;
	body: unknown;
}

/** What curl answers, or nothing on a machine that has none. */
async function byCurl(words: string[]): Promise<Answered | undefined> {
	try {
		// A proxy of the machine must not stand between curl and 127.0.0.1.
		const { stdout } = await run('curl', [...words, '--silent', '--noproxy', '*']);
		const [head, text] = stdout.split('\r\n\r\n');
		return { status: Number(head.split(' ')[1]), body: JSON.parse(text) };
	} catch (error) {
		if ((error as { code?: string }).code === 'ENOENT') return undefined;
		throw error;
	}
}

/** What Node is answered that sends what curl would. */
async function byNode([include, x, method, url, ...rest]: string[]): Promise<Answered> {
	expect([include, x]).toEqual(['-i', '-X']);
	const of = (flag: string) => rest.filter((_, index) => rest[index - 1] === flag);
	expect(rest).toHaveLength(2 * (of('-H').length + of('-d').length));
	const { status, data } = await axios.request<unknown>({
		method,
		url,
		headers: Object.fromEntries(of('-H').map((header) => header.split(': '))),
		data: of('-d')[0],
		// curl sends the text as it stands there.
		transformRequest: (text: unknown) => text,
		validateStatus: () => true,
		proxy: false,
	});
	return { status, body: data };
}

/** Runs a sample with only its host changed: by curl where there is one, and by Node. */
async function runSample(command: string): Promise<Answered> {
	const [curl, ...words] = wordsOf(command.replace('https://open.feishu.cn', sandbox.url));
	expect(curl).toBe('curl');
	const answered = await byNode(words);
	expect((await byCurl(words)) ?? answered).toMatchObject({
		status: answered.status,
		body: { code: (answered.body as { code: number }).code },
	});
	return answered;
}

it("the curl sample of Get Instance answers the page's sample data", async () => {
	const { status, body } = await runSample(GET_SAMPLE);
	expect(status).toBe(200);
	expect(body).toEqual({ code: 0, msg: 'success', data: SAMPLE_INSTANCE });
});

it('the curl sample of CC Instance copies the person it names', async () => {
	const { status, body } = await runSample(CC_SAMPLE);
	expect(status).toBe(200);
	expect(body).toEqual({ code: 0, msg: 'success', data: {} });
	expect(sandbox.calls('cc')[0].copied).toEqual([CC_SAMPLE_USER.open_id]);
});

it('a sample with a token that is not registered is refused', async () => {
	sandbox.reset();
	const { status, body } = await runSample(GET_SAMPLE);
	expect(status).toBe(400);
	expect(body).toMatchObject({ code: 99991663 });
});
