/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-dangerous-functions, @n8n/community-nodes/require-node-api-error -- processes, not a node */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chown, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import { command } from './command';
import { installPackages } from './debian';
import { freePort } from './instance';

const POSTGRES = '/usr/lib/postgresql';
const REDIS = '/usr/bin/redis-server';
const PACKAGES = ['redis-server', 'postgresql'];
const USER = 'n8n';
const ADDRESS = '127.0.0.1';

/** The Redis and the PostgreSQL that n8n's queue mode needs: on loopback, with nothing in them. */
export interface Services {
	/** The settings that lead an n8n to them. */
	settings: Record<string, string>;
	/** The rows that a query of n8n's database gives. */
	query<T>(sql: string): Promise<T[]>;
	/** Ends both and removes their folder. */
	stop(): Promise<void>;
}

/** A user of this machine, as processes are started for one. */
interface Account {
	uid: number;
	gid: number;
}

/** Where Debian keeps the programs of its newest PostgreSQL. */
async function postgresHome(): Promise<string | undefined> {
	const versions = existsSync(POSTGRES) ? await readdir(POSTGRES) : [];
	return versions
		.sort((one, other) => Number(other) - Number(one))
		.map((version) => join(POSTGRES, version, 'bin'))
		.find((bin) => existsSync(join(bin, 'initdb')) && existsSync(join(bin, 'psql')));
}

/** Installs Debian's packages where they are missing; gives back the home of PostgreSQL. */
async function installServices(): Promise<string> {
	const present = await postgresHome();
	if (present !== undefined && existsSync(REDIS)) return present;
	const purpose = 'Queue mode needs Redis and PostgreSQL as Debian packages them';
	await installPackages(PACKAGES, purpose, (line) => process.stderr.write(`${line}\n`));
	const home = await postgresHome();
	if (home === undefined) throw new Error(`There is no PostgreSQL in ${POSTGRES}`);
	return home;
}

/** Whom PostgreSQL runs as: it refuses to run as root. */
async function postgresAccount(): Promise<Account | undefined> {
	if (process.getuid?.() !== 0) return undefined;
	const id = async (flag: string) => Number(await command('id', [flag, 'postgres'], { cwd: '/' }));
	return { uid: await id('-u'), gid: await id('-g') };
}

/** Ends a process by the signal that asks it to, and by force if it does not follow. */
async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
	if (child.exitCode !== null || child.signalCode !== null) return;
	const closed = new Promise((done) => child.once('close', done));
	child.kill(signal);
	await Promise.race([closed, wait(20_000, undefined, { ref: false })]);
	if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
}

/** Waits until `ready` does not throw any more. */
async function until(ready: () => Promise<unknown>, child: ChildProcess): Promise<void> {
	let said = '';
	child.stderr?.on('data', (data: Buffer) => (said += data.toString()));
	child.stdout?.on('data', (data: Buffer) => (said += data.toString()));
	const deadline = Date.now() + 60_000;
	for (;;) {
		if (child.exitCode !== null) throw new Error(`${child.spawnfile} ended:\n${said}`);
		try {
			await ready();
			return;
		} catch (error) {
			if (Date.now() > deadline) throw error;
			await wait(200);
		}
	}
}

/** Starts a Redis and a PostgreSQL of their own, in a new folder and on free ports. */
export async function startServices(): Promise<Services> {
	const bin = await installServices();
	const account = await postgresAccount();
	const folder = await mkdtemp(join(tmpdir(), 'n8n-services-'));
	if (account) await chown(folder, account.uid, account.gid);
	const redisPort = await freePort();
	const postgresPort = await freePort();
	const data = join(folder, 'data');
	const children: Array<[ChildProcess, NodeJS.Signals]> = [];
	const run = (file: string, args: string[], signal: NodeJS.Signals, as?: Account) => {
		const child = spawn(file, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'], ...as });
		children.push([child, signal]);
		return child;
	};
	const stop = async () => {
		await Promise.all(children.map(async ([child, signal]) => await end(child, signal)));
		await rm(folder, { recursive: true, force: true });
	};
	const place = ['-h', ADDRESS, '-p', String(postgresPort), '-U', USER, '-d', 'postgres'];
	const psql = async (sql: string) =>
		await command(join(bin, 'psql'), [...place, '-XAtqc', sql], { cwd: folder });

	try {
		const initdb = ['-D', data, '-U', USER, '-A', 'trust', '-E', 'UTF8', '--no-sync'];
		const options = { cwd: folder, ...account };
		await command(join(bin, 'initdb'), [...initdb, '--locale=C'], options);
		const quick = ['-c', 'fsync=off', '-c', 'unix_socket_directories='];
		const postgres = run(
			join(bin, 'postgres'),
			['-D', data, '-h', ADDRESS, '-p', String(postgresPort), ...quick],
			'SIGINT',
			account,
		);
		const only = ['--bind', ADDRESS, '--save', '', '--appendonly', 'no', '--dir', folder];
		const redis = run(REDIS, ['--port', String(redisPort), ...only], 'SIGTERM');
		await until(async () => await psql('select 1'), postgres);
		const ping = ['-h', ADDRESS, '-p', String(redisPort), 'ping'];
		await until(async () => await command('/usr/bin/redis-cli', ping, { cwd: folder }), redis);
	} catch (error) {
		await stop();
		throw error;
	}
	return {
		settings: {
			EXECUTIONS_MODE: 'queue',
			QUEUE_BULL_REDIS_HOST: ADDRESS,
			QUEUE_BULL_REDIS_PORT: String(redisPort),
			DB_TYPE: 'postgresdb',
			DB_POSTGRESDB_HOST: ADDRESS,
			DB_POSTGRESDB_PORT: String(postgresPort),
			DB_POSTGRESDB_DATABASE: 'postgres',
			DB_POSTGRESDB_USER: USER,
			// n8n refuses calls for as long as its database is slow to answer; here all share two cores.
			DB_PING_TIMEOUT_MS: '60000',
		},
		query: async <T>(sql: string) =>
			JSON.parse(await psql(`select coalesce(json_agg(t), '[]') from (${sql}) t`)) as T[],
		stop,
	};
}
