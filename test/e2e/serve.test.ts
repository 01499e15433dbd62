/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-dangerous-functions -- processes, not a node */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, rm } from 'node:fs/promises';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';

import { exampleFiles } from './examples';
import { CURRENT, HOME, installN8n } from './install';
import { Session } from './owner';

const NAME = 'tried';
const ROOT = join(__dirname, '../..');

/** The command as npm starts it, through a shell. */
interface Tryout {
	shell: ChildProcess;
	/** All that it has printed. */
	output(): string;
	/** Waits until it has printed this. */
	said(text: string): Promise<void>;
	ended: Promise<unknown>;
}

function start(command: string): Tryout {
	const env = { ...process.env, N8N_TRYOUT: NAME };
	const shell = spawn('sh', ['-c', command], { cwd: ROOT, env, detached: true });
	let output = '';
	for (const stream of [shell.stdout, shell.stderr]) {
		stream.setEncoding('utf8').on('data', (text: string) => (output += text));
	}
	const ended = once(shell, 'close');
	const said = async (text: string) => {
		while (!output.includes(text)) {
			const next = await Promise.race([once(shell.stdout, 'data'), ended]);
			if (shell.stdout.closed) throw new Error(`It ended: ${String(next)}\n${output}`);
		}
	};
	return { shell, output: () => output, said, ended };
}

/** The processes of a group that still run; Linux keeps the dead until somebody asks for them. */
async function members(group: number): Promise<number[]> {
	const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
	const stats = await Promise.all(
		pids.map(async (pid) => await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')),
	);
	return stats
		.map((stat) => stat.slice(stat.lastIndexOf(')') + 2).split(' '))
		.flatMap(([state, , of], index) =>
			Number(of) === group && state !== 'Z' ? [Number(pids[index])] : [],
		);
}

const isUp = async (url: string) =>
	await fetch(url).then(
		() => true,
		() => false,
	);

/** The addresses of this machine that others can reach. */
const elsewhere = () =>
	Object.values(networkInterfaces())
		.flatMap((addresses = []) => addresses)
		.filter(({ internal, family }) => !internal && family === 'IPv4')
		.map(({ address }) => address);

const within = (text: string, pattern: RegExp) => pattern.exec(text)?.[1] ?? '';

/** Signs in with what was printed, and reads what is there. */
async function lookAround(printed: string) {
	const url = within(printed, /Open +(\S+)/);
	const login = await fetch(`${url}/rest/login`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({
			emailOrLdapLoginId: within(printed, /Sign in +(\S+)/),
			password: within(printed, /Password +(\S+)/),
		}),
	});
	expect(login.status).toBe(200);
	const cookie = login.headers.getSetCookie()[0].split(';')[0];
	const list = async (what: string) => {
		const answer = await fetch(`${url}/rest/${what}`, { headers: { cookie } });
		return ((await answer.json()) as { data: Array<{ name: string; type: string }> }).data;
	};
	const ran = await (
		await Session.open({ url })
	).run('feishuGetThenCc', 'When clicking ‘Execute workflow’');
	const [workflows, credentials] = [await list('workflows'), await list('credentials')];
	return { url, workflows, credentials, ran };
}

describe('npm run n8n', () => {
	let tryout: Tryout | undefined;

	beforeAll(async () => {
		await installN8n(CURRENT, (line) => process.stderr.write(`${line}\n`));
		for (const left of [`node_modules/${NAME}-${CURRENT.version}`, `${NAME}.json`]) {
			await rm(join(HOME, left), { recursive: true, force: true });
		}
	}, 1_200_000);

	// Whatever did not go as it should, nothing goes on running.
	afterEach(async () => {
		const group = tryout?.shell.pid;
		for (const pid of group === undefined ? [] : await members(group)) process.kill(pid, 'SIGKILL');
	});

	const ready = async (command: string) => {
		tryout = start(command);
		const begun = Date.now();
		await tryout.said('Press Ctrl-C to stop everything.');
		process.stderr.write(
			`npm run n8n: ready after ${((Date.now() - begun) / 1000).toFixed(0)} s\n`,
		);
		return tryout;
	};

	it.each(['the first', 'the second'])(
		'%s time: address and sign-in are printed, all is in place, Ctrl-C leaves nothing',
		async (time) => {
			// The shell itself does not die of a Ctrl-C, so that it can tell how the command ended.
			const command = 'trap : INT; npm run n8n; echo "ended with $?"';
			const { shell, output, ended } = await ready(command);
			expect(output().includes('Putting the examples in place')).toBe(time === 'the first');
			const { url, workflows, credentials, ran } = await lookAround(output());
			const examples = (await exampleFiles()).map(({ name }) => name);
			expect(workflows.map(({ name }) => name).sort()).toEqual(examples.sort());
			expect(credentials.map(({ type }) => type).sort()).toEqual(['feishuAppApi', 'openAiApi']);
			expect(ran.json('CC Instance')).toMatchObject([{ success: true }]);
			for (const address of elsewhere()) {
				expect(await isUp(url.replace('127.0.0.1', address))).toBe(false);
			}
			// A terminal sends it to all processes that belong to the command.
			process.kill(-shell.pid!, 'SIGINT');
			await ended;
			// 130 is what npm says of every command that a Ctrl-C has ended.
			expect(output()).toMatch(/Stopping …\nended with 130\n$/);
			expect(await isUp(url)).toBe(false);
			expect(await members(shell.pid!)).toEqual([]);
		},
		300_000,
	);

	it('ends when npm, which started it, is asked to end', async () => {
		const { shell, output, ended } = await ready('exec npm run n8n');
		shell.kill('SIGTERM');
		await ended;
		expect(await isUp(within(output(), /Open +(\S+)/))).toBe(false);
		expect(await members(shell.pid!)).toEqual([]);
	}, 300_000);
});
