/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-dangerous-functions */
import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import { command } from './command';
import { HOME, packPackage, type Installed } from './install';

/** A workflow as n8n imports it. */
export interface WorkflowFile {
	id: string;
	name: string;
	nodes: IDataObject[];
	connections: IDataObject;
	[key: string]: unknown;
}

/** A credential as n8n imports it. */
export interface CredentialFile {
	id: string;
	name: string;
	type: string;
	data: ICredentialDataDecryptedObject;
}

/** What a command of n8n printed, and whether it succeeded. */
export interface Printed {
	succeeded: boolean;
	output: string;
}

async function listenOn(port: number): Promise<number | undefined> {
	return await new Promise((done) => {
		const server = createServer();
		server.once('error', () => done(undefined));
		server.listen(port, '127.0.0.1', () => {
			const { port } = server.address() as AddressInfo;
			server.close(() => done(port));
		});
	});
}

/** A port that nobody uses at the moment: the preferred one, if it is free. */
export async function freePort(preferred = 0): Promise<number> {
	return (await listenOn(preferred)) ?? (await listenOn(0))!;
}

const QUIET = [
	'N8N_SECURE_COOKIE',
	'N8N_DIAGNOSTICS_ENABLED',
	'N8N_VERSION_NOTIFICATIONS_ENABLED',
	'N8N_TEMPLATES_ENABLED',
	'N8N_PERSONALIZATION_ENABLED',
	'N8N_LICENSE_AUTO_RENEW_ENABLED',
	'N8N_HIRING_BANNER_ENABLED',
];

/** How an instance is to be. */
interface Preferences {
	/** What an earlier instance of that name stored stays there. */
	keep?: boolean;
	/** Taken if it is free. */
	port?: number;
	settings?: NodeJS.ProcessEnv;
}

/** A real n8n with a folder, a database and an encryption key of its own. */
export class Instance {
	/** All that its server and its commands have printed. */
	log = '';
	private readonly children: ChildProcess[] = [];

	private constructor(
		readonly installed: Installed,
		readonly folder: string,
		readonly port: number,
		private readonly settings: NodeJS.ProcessEnv,
	) {}

	/** The address of its editor. */
	get url(): string {
		return `http://127.0.0.1:${this.port}`;
	}

	/**
	 * Prepares an instance called `name` with the packed package installed as a user installs it.
	 */
	static async prepare(
		installed: Installed,
		name: string,
		{ keep = false, port, settings = {} }: Preferences = {},
	): Promise<Instance> {
		// A lint of the project passes by folders of this name: n8n fills its own with code.
		const folder = join(HOME, 'node_modules', `${name}-${installed.release.version}`);
		if (!keep) await rm(folder, { recursive: true, force: true });
		const nodes = join(folder, '.n8n/nodes');
		await rm(nodes, { recursive: true, force: true });
		await mkdir(nodes, { recursive: true });
		await writeFile(join(nodes, 'package.json'), JSON.stringify({ private: true }));
		const tarball = await packPackage(folder);
		const flags = ['--legacy-peer-deps', '--omit=peer', '--ignore-scripts', '--no-audit'];
		await command('npm', ['install', ...flags, '--no-fund', tarball], { cwd: nodes });
		return new Instance(installed, folder, await freePort(port), settings);
	}

	/** Runs a command of n8n to its end. */
	async run(...args: string[]): Promise<Printed> {
		const child = await this.spawn(args);
		let output = '';
		child.stdout?.on('data', (data: Buffer) => (output += data.toString()));
		child.stderr?.on('data', (data: Buffer) => (output += data.toString()));
		const code = await new Promise<number | null>((done) => child.on('close', done));
		return { succeeded: code === 0, output };
	}

	/** Imports credentials; their data is plain here and encrypted by n8n. */
	async importCredentials(...credentials: CredentialFile[]): Promise<void> {
		await this.importFile('credentials', credentials);
	}

	/** Imports workflows. */
	async importWorkflows(workflows: WorkflowFile[]): Promise<void> {
		const entries = workflows.map((workflow) => ({ active: false, settings: {}, ...workflow }));
		await this.importFile('workflow', entries);
	}

	/** Runs a workflow from the command line; `execution` is what n8n printed of it. */
	async execute(id: string): Promise<Printed & { execution: IDataObject }> {
		const printed = await this.run('execute', `--id=${id}`, '--rawOutput');
		return { ...printed, execution: executionIn(printed.output) };
	}

	/** The stored credentials, decrypted, hidden fields included. */
	async exportCredentials(): Promise<Array<{ id: string; data: ICredentialDataDecryptedObject }>> {
		const file = join(this.folder, 'exported.json');
		await this.run('export:credentials', '--all', '--decrypted', `--output=${file}`);
		const exported = await readFile(file, 'utf8');
		await rm(file);
		return JSON.parse(exported);
	}

	/** Starts the server and waits until it says so; before, it answers, but not with all it has. */
	async start(): Promise<void> {
		const child = await this.spawn(['start']);
		let output = '';
		child.stdout?.on('data', (data: Buffer) => (output += data.toString()));
		const deadline = Date.now() + 300_000;
		while (!output.includes('Editor is now accessible')) {
			if (child.exitCode !== null) throw new Error(`n8n ended:\n${this.log.slice(-3000)}`);
			if (Date.now() > deadline) throw new Error(`n8n did not start:\n${this.log.slice(-3000)}`);
			await wait(250);
		}
	}

	/** Ends everything that this instance has started. */
	async stop(): Promise<void> {
		const running = this.children.filter(
			({ exitCode, signalCode }) => exitCode === null && signalCode === null,
		);
		await Promise.all(
			running.map(async (child) => {
				const closed = new Promise((done) => child.on('close', done));
				child.kill('SIGTERM');
				await Promise.race([closed, wait(10_000, undefined, { ref: false })]);
				if (child.exitCode === null) child.kill('SIGKILL');
			}),
		);
	}

	/** Ends everything that this instance has started at once, in the middle of whatever it does. */
	async kill(): Promise<void> {
		const running = this.children.filter(
			({ exitCode, signalCode }) => exitCode === null && signalCode === null,
		);
		const closed = running.map(
			async (child) => await new Promise((done) => child.on('close', done)),
		);
		for (const child of running) child.kill('SIGKILL');
		await Promise.all(closed);
	}

	private async importFile(kind: 'credentials' | 'workflow', entries: object[]): Promise<void> {
		const file = join(this.folder, `${kind}.json`);
		await writeFile(file, JSON.stringify(entries));
		const { succeeded, output } = await this.run(`import:${kind}`, `--input=${file}`);
		await rm(file);
		if (!succeeded) throw new Error(`import:${kind} did not succeed:\n${output.slice(-2000)}`);
	}

	async spawn(args: string[], settings: NodeJS.ProcessEnv = {}): Promise<ChildProcess> {
		const env: NodeJS.ProcessEnv = {
			PATH: process.env.PATH,
			HOME: process.env.HOME,
			N8N_USER_FOLDER: this.folder,
			N8N_ENCRYPTION_KEY: 'only-for-tests',
			N8N_PORT: String(this.port),
			N8N_LISTEN_ADDRESS: '127.0.0.1',
			N8N_RUNNERS_BROKER_PORT: String(await freePort()),
			...Object.fromEntries(QUIET.map((name) => [name, 'false'])),
			...this.installed.release.settings,
			...this.settings,
			...settings,
		};
		const { node, n8n } = this.installed;
		const child = spawn(node, [n8n, ...args], {
			cwd: this.folder,
			env,
			stdio: ['ignore', 'pipe', 'pipe'],
		});
		const keep = (data: Buffer) => (this.log += data.toString());
		child.stdout.on('data', keep);
		child.stderr.on('data', keep);
		this.children.push(child);
		return child;
	}
}

/** The JSON that stands among n8n's log lines: from the first line that opens it to the last that closes it. */
function executionIn(output: string): IDataObject {
	const text = `\n${output}`;
	const end = text.lastIndexOf('\n}');
	for (let start = text.indexOf('\n{'); start >= 0; start = text.indexOf('\n{', start + 1)) {
		try {
			return JSON.parse(text.slice(start, end + 2)) as IDataObject;
		} catch {
			continue;
		}
	}
	return {};
}
