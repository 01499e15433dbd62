/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, no-console */
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { credentialFor } from '../engine/stage';
import { startSandbox, type Sandbox } from '../sandbox';
import { exampleFiles } from './examples';
import { CURRENT, installN8n, packPackage } from './install';
import { freePort, Instance } from './instance';
import { OWNER, Session } from './owner';
import { CREDENTIAL_ID } from './workflows';

/** What the last start left in the instance: a sandbox on the same port needs no new credential. */
interface Kept {
	sandboxPort: number;
	examples: number;
}

const started = Date.now();
function say(line: string): void {
	console.log(`[${((Date.now() - started) / 1000).toFixed(0).padStart(3)} s] ${line}`);
}

async function read(file: string): Promise<Kept | undefined> {
	return existsSync(file) ? (JSON.parse(await readFile(file, 'utf8')) as Kept) : undefined;
}

async function sandboxOn(port: number | undefined): Promise<Sandbox> {
	if (port !== undefined) {
		const again = await startSandbox({ port }).catch(() => undefined);
		if (again !== undefined) return again;
	}
	return await startSandbox({ port: await freePort() });
}

async function main(): Promise<void> {
	const installed = await installN8n(CURRENT, say);
	say('Packing this package and installing it into n8n …');
	const n8n = await Instance.prepare(installed, 'tryout', await packPackage(), { keep: true });
	const file = join(n8n.folder, 'kept.json');
	const kept = await read(file);
	const sandbox = await sandboxOn(kept?.sandboxPort);
	const stop = async () => {
		say('Stopping …');
		await n8n.stop();
		await sandbox.close();
		process.exit(0);
	};
	process.once('SIGINT', () => void stop());
	process.once('SIGTERM', () => void stop());

	const examples = await exampleFiles();
	if (kept?.sandboxPort !== sandbox.port || kept.examples !== examples.length) {
		say('Putting a credential and the examples in place …');
		await n8n.importCredential(CREDENTIAL_ID, credentialFor(sandbox), 'Feishu sandbox');
		await n8n.importWorkflows(examples);
		const now: Kept = { sandboxPort: sandbox.port, examples: examples.length };
		await writeFile(file, JSON.stringify(now));
	}
	say('Starting n8n …');
	await n8n.start();
	await Session.open(n8n);
	say(`n8n ${CURRENT.version} is running, with a local Feishu platform at ${sandbox.url}.`);
	console.log(`
  Open      ${n8n.url}
  Sign in   ${OWNER.email}
  Password  ${OWNER.password}

The workflows of the examples are there, and a credential that points to the local platform.
Press Ctrl-C to stop everything.`);
}

main().catch((error: Error) => {
	console.error(error.message);
	process.exit(1);
});
