/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { busyMs } from '../engine/busyTime';
import { FeishuClient } from '../../sandbox/client';
import { SAMPLE_INSTANCE, startSandbox } from '../../sandbox/index';
import type { Fault, Sandbox } from '../../sandbox/index';

const CODE = SAMPLE_INSTANCE.instance_code;
const run = promisify(execFile);

let sandbox: Sandbox;
let client: FeishuClient;

beforeEach(async () => {
	sandbox = await startSandbox();
	client = new FeishuClient(sandbox);
});
afterEach(async () => await sandbox.close());

it('closes at once with requests hanging, slow and dripping, and does nothing afterwards', async () => {
	const token = await client.token();
	sandbox.faults.add({ on: 'get', fault: { kind: 'hang' } });
	sandbox.faults.add({ on: 'get', fault: { kind: 'slow', ms: 400 } });
	sandbox.faults.add({ on: 'get', fault: { kind: 'drip', everyMs: 60_000 } });
	const gets = [1, 2, 3].map(async () => await client.get(token, CODE));
	const failed = Promise.allSettled(gets);
	await wait(100);
	const start = performance.now();
	await sandbox.close();
	expect(performance.now() - start).toBeLessThan(300 + busyMs());
	expect((await failed).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
	await wait(400);
	expect(sandbox.calls('get').map(({ carriedOut }) => carriedOut)).toEqual([false, false, true]);
	await expect(client.exchange()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});

it('can be closed twice', async () => {
	await sandbox.close();
	await expect(sandbox.close()).resolves.toBeUndefined();
});

/** Runs a program that ends by itself, or not at all. */
async function runProgram(body: string): Promise<string> {
	const program = `
		const { startSandbox, ...rest } = require(${JSON.stringify(join(__dirname, '../../sandbox/index.ts'))});
		(async () => {
			${body}
			console.log('closed');
		})();`;
	const command = ['--import', require.resolve('tsx'), '--eval', program];
	// The time limit kills the process, which rejects: it has to end by itself.
	const { stdout } = await run(process.execPath, command, { timeout: 15_000 });
	return stdout;
}

const PAUSES: Fault[] = [
	{ kind: 'slow', ms: 600_000 },
	{ kind: 'drip', everyMs: 600_000 },
];

it.each(PAUSES)(
	'keeps no timer that would hold a process back: $kind',
	async (fault) => {
		const stdout = await runProgram(`
			const sandbox = await startSandbox();
			sandbox.faults.add({ on: 'other', fault: ${JSON.stringify(fault)} });
			const get = fetch(sandbox.url).then((answer) => answer.text()).catch(() => undefined);
			while (sandbox.journal.length === 0) await new Promise(setImmediate);
			await new Promise((resolve) => setTimeout(resolve, 100));
			await sandbox.close();
			await get;`);
		expect(stdout).toBe('closed\n');
	},
	20_000,
);

it('keeps no event, no connection and no timer of theirs', async () => {
	const stdout = await runProgram(`
		const { approvalInstanceEvent, SANDBOX_APP } = rest;
		const sandbox = await startSandbox();
		const push = () => {
			const event = approvalInstanceEvent(sandbox.addInstance(), 'APPROVED');
			return sandbox.events.push(event, { evenUnsubscribed: true })[0];
		};
		const { app_id: AppID, app_secret: AppSecret } = SANDBOX_APP;
		const headers = { 'content-type': 'application/json' };
		const ask = { method: 'POST', body: JSON.stringify({ AppID, AppSecret }), headers };
		const { data } = await (await fetch(sandbox.url + '/callback/ws/endpoint', ask)).json();
		const { WebSocket } = require('ws');
		const socket = new WebSocket(data.URL);
		await new Promise((resolve) => socket.once('open', resolve));
		const unacknowledged = push();
		sandbox.events.setRequestUrl(sandbox.url);
		const refused = push();
		while (refused.state !== 'waiting') await new Promise(setImmediate);
		sandbox.faults.add({ on: 'other', fault: { kind: 'hang' } });
		const hanging = push();
		while (sandbox.journal.length < 3) await new Promise(setImmediate);
		const states = () => [unacknowledged, refused, hanging].map(({ state }) => state).join();
		console.log(states());
		await sandbox.close();
		console.log(states());`);
	expect(stdout).toBe('underway,waiting,underway\nended,ended,ended\nclosed\n');
}, 20_000);
