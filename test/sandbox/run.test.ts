/* eslint-disable @n8n/community-nodes/no-dangerous-functions, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { AESCipher } from '@larksuiteoapi/node-sdk';
import axios from 'axios';
import { SAMPLE_INSTANCE, SANDBOX_APP } from '../../sandbox/index';
import { RequestUrl, type Received } from './requestUrl';

const TSX = require.resolve('tsx');

const runWith = (env: NodeJS.ProcessEnv, ...args: string[]) =>
	spawn(process.execPath, ['--import', TSX, join(__dirname, '../../sandbox/run.ts'), ...args], {
		env: { ...process.env, ...env },
	});

it.each(['abc', '70000', '-1', '1.5'])(
	'PORT=%s is explained in a line',
	async (PORT) => {
		const child = runWith({ PORT });
		let said = '';
		child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
		expect(await once(child, 'close')).toEqual([1, null]);
		expect(said).toBe(`PORT is "${PORT}": it has to be a number from 0 (a free port) to 65535.\n`);
	},
	20_000,
);

it.each([
	[['--events-url', 'localhost'], '--events-url is "localhost"'],
	[['--retry-scale', 'fast'], '--retry-scale is "fast"'],
	[['--event-url', 'http://localhost'], "Unknown option '--event-url'"],
])(
	'%s is explained in a line',
	async (args, text) => {
		const child = runWith({ PORT: '0' }, ...args);
		let said = '';
		child.stderr.setEncoding('utf8').on('data', (more: string) => (said += more));
		expect(await once(child, 'close')).toEqual([1, null]);
		expect(said).toMatch(/^.*\n$/);
		expect(said).toContain(text);
	},
	20_000,
);

it('pushes events to a URL, with nothing but what it prints', async () => {
	const receiver = new RequestUrl();
	await receiver.listen();
	const decrypted = ({ body }: Received) =>
		JSON.parse(new AESCipher('key').decrypt(body.encrypt as string)) as Record<string, unknown>;
	receiver.answer = (received, response) => {
		response.end(JSON.stringify({ challenge: decrypted(received).challenge }));
	};
	const options = ['--events-url', receiver.url, '--events-key', 'key', '--events-token', 'v'];
	const child = runWith({ PORT: '0' }, ...options);
	let output = '';
	child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
	const said = async (text: string) => {
		while (!output.includes(text)) await once(child.stdout, 'data');
	};
	try {
		await said('passed the check; events go there.');
		for (const call of ['subscribe', 'tasks/approve']) {
			const command = output
				.split('\n')
				.find((text) => /^ *curl/.test(text) && text.includes(call))!;
			const curl = spawn('sh', ['-c', `${command} --noproxy '*' -s`]);
			expect(await once(curl, 'close')).toEqual([0, null]);
		}
		await said('event approval_instance');
		expect(output).toMatch(/event approval_task \S+ over webhook -> 200 after \d+ ms\n/);
		const [challenge, ...events] = receiver.received.map(decrypted);
		expect(challenge).toMatchObject({ type: 'url_verification', token: 'v' });
		const types = events.map(({ event }) => (event as { type: string }).type);
		expect(types.sort()).toEqual(['approval_instance', 'approval_task']);
	} finally {
		child.kill('SIGINT');
		await receiver.close();
	}
	expect(await once(child, 'exit')).toEqual([0, null]);
}, 20_000);

it('ends when whoever started it is gone without a word', async () => {
	const command = `"${process.execPath}" --import "${TSX}" "${join(__dirname, '../../sandbox/run.ts')}"; true`;
	const shell = spawn('sh', ['-c', command], { env: { ...process.env, PORT: '0' } });
	let output = '';
	shell.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
	while (!output.includes('Ctrl-C')) await once(shell.stdout, 'data');
	const [url] = /http:\/\/127\.0\.0\.1:\d+/.exec(output)!;
	shell.kill('SIGKILL');
	// What it has started keeps the pipe open until it ends as well.
	await once(shell, 'close');
	await expect(axios.get(url, { proxy: false })).rejects.toThrow('ECONNREFUSED');
}, 20_000);

it('tells a person how to use it, logs requests without secrets, ends on Ctrl-C', async () => {
	const child = runWith({ PORT: '0' });
	let output = '';
	child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
	const said = async (text: string) => {
		while (!output.includes(text)) await once(child.stdout, 'data');
	};
	try {
		await said('Ctrl-C');
		const [url] = /http:\/\/127\.0\.0\.1:\d+/.exec(output)!;
		for (const text of [
			SANDBOX_APP.app_id,
			SANDBOX_APP.app_secret,
			SAMPLE_INSTANCE.instance_code,
			`curl '${url}/open-apis/approval/v4/instances/${SAMPLE_INSTANCE.instance_code}' -H 'Authorization: Bearer t-`,
		]) {
			expect(output).toContain(text);
		}
		const exchange = `${url}/open-apis/auth/v3/tenant_access_token/internal`;
		const greeting = output.length;
		const { data } = await axios.post<Record<string, string>>(exchange, SANDBOX_APP, {
			proxy: false,
		});
		await said('HTTP 200 code 0');
		const log = output.slice(greeting);
		expect(log).toMatch(/^[\d:.]+ POST \/open-apis\S+ -> HTTP 200 code 0\n$/);
		expect(log).not.toContain(data.tenant_access_token);
		expect(log).not.toContain(SANDBOX_APP.app_secret);
	} finally {
		child.kill('SIGINT');
	}
	const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
	expect([code, signal]).toEqual([0, null]);
}, 20_000);
