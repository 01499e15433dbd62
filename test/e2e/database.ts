/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-dangerous-functions -- processes, not a node */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

import { command } from './command';
import { CURRENT, installN8n } from './install';
import type { Instance } from './instance';

const QUERY = `
	const { DatabaseSync } = require('node:sqlite');
	const [file, sql] = process.argv.slice(1);
	const rows = new DatabaseSync(file, { readOnly: true, timeout: 10_000 }).prepare(sql).all();
	process.stdout.write(JSON.stringify(rows));`;
const LOCK = `
	const { DatabaseSync } = require('node:sqlite');
	const database = new DatabaseSync(process.argv[1], { timeout: 10_000 });
	database.exec('BEGIN IMMEDIATE');
	process.stdout.write('locked');
	process.stdin.resume().on('end', () => database.exec('ROLLBACK'));`;
const FLAGS = ['--no-warnings', '--input-type=commonjs', '-e'];

/** The newest Node here reads SQLite by itself; the one that runs the tests may not. */
async function node(): Promise<string> {
	return (await installN8n(CURRENT, () => undefined)).node;
}

const fileOf = ({ folder }: Instance) => join(folder, '.n8n/database.sqlite');

/** The rows that a query of n8n's SQLite gives, whether n8n runs or not. */
export async function query<T>(n8n: Instance, sql: string): Promise<T[]> {
	const args = [...FLAGS, QUERY, '--', fileOf(n8n), sql];
	return JSON.parse(await command(await node(), args, { cwd: n8n.folder })) as T[];
}

/** Keeps n8n from writing into its database, until the function that comes back is called. */
export async function lock(n8n: Instance): Promise<() => Promise<void>> {
	const child = spawn(await node(), [...FLAGS, LOCK, '--', fileOf(n8n)], {
		stdio: ['pipe', 'pipe', 'inherit'],
	});
	await once(child.stdout, 'data');
	return async () => {
		const closed = once(child, 'close');
		child.stdin.end();
		await closed;
	};
}
