/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, no-console */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { credentialFor } from '../engine/harness';
import { startSandbox } from '../../sandbox';
import { directory } from '../../sandbox/directory';
import { whenOrphaned } from '../../sandbox/orphan';
import { startChatModel } from './chatModel';
import { endCommands } from './command';
import { exampleFiles } from './examples';
import { CURRENT, HOME, installN8n } from './install';
import { freePort, Instance } from './instance';
import { OWNER, Session } from './owner';
import { feishuCredential, TOOLS_ALLOWED } from './workflows';

/** What the last start left: on the same ports nothing has to be put in place again. */
interface Kept {
	n8n: number;
	sandbox: number;
	model: number;
	examples: string;
}

/** Several can stand side by side, under names of their own. */
const NAME = process.env.N8N_TRYOUT || 'tryout';
const KEPT = join(HOME, `${NAME}.json`);
const started = Date.now();
let ending = false;

/** Says what comes next, unless it is not to come any more. */
function say(line: string): void {
	if (ending) throw new Error('Ended');
	tell(line);
}

function tell(line: string): void {
	console.log(`[${((Date.now() - started) / 1000).toFixed(0).padStart(3)} s] ${line}`);
}

async function lastTime(): Promise<Partial<Kept>> {
	return existsSync(KEPT) ? (JSON.parse(await readFile(KEPT, 'utf8')) as Kept) : {};
}

async function isUp(port: number | undefined): Promise<boolean> {
	if (port === undefined) return false;
	const answer = await fetch(`http://127.0.0.1:${port}/healthz`).catch(() => undefined);
	return answer?.ok === true;
}

function invite(url: string): void {
	console.log(`
  Open      ${url}
  Sign in   ${OWNER.email}
  Password  ${OWNER.password}

The examples are among the workflows, with credentials that point to this machine: a local
Feishu platform, and a chat model that can do nothing but look approvals up.`);
}

/** How to end each thing that was started. */
const ends: Array<() => Promise<void>> = [endCommands];

/** Ends everything; asked a second time (npm passes a Ctrl-C on as well), it goes on with the first. */
function end(code: number): void {
	if (ending) return;
	ending = true;
	tell('Stopping …');
	void Promise.allSettled(ends.map(async (stop) => await stop())).then(() => process.exit(code));
}

async function main(): Promise<void> {
	const kept = await lastTime();
	if (await isUp(kept.n8n)) {
		say('It is running already.');
		return invite(`http://127.0.0.1:${kept.n8n}`);
	}
	const installed = await installN8n(CURRENT, say);
	say('Packing this package and installing it into n8n …');
	const n8n = await Instance.prepare(installed, NAME, {
		keep: true,
		port: kept.n8n,
		settings: TOOLS_ALLOWED,
	});
	ends.push(async () => await n8n.stop());
	say('Starting the local platform …');
	const sandbox = await startSandbox({ port: await freePort(kept.sandbox) });
	ends.push(async () => await sandbox.close());
	const model = await startChatModel(await freePort(kept.model));
	ends.push(async () => await model.close());

	const files = await exampleFiles();
	const examples = createHash('sha256').update(JSON.stringify(files)).digest('hex');
	if (kept.sandbox !== sandbox.port || kept.model !== model.port) {
		say('Putting credentials in place …');
		await n8n.importCredentials(feishuCredential(credentialFor(sandbox)), model.credential);
	}
	if (kept.examples !== examples) {
		say('Putting the examples in place …');
		await n8n.importWorkflows(files);
	}
	const now: Kept = { n8n: n8n.port, sandbox: sandbox.port, model: model.port, examples };
	await writeFile(KEPT, JSON.stringify(now));

	say('Starting n8n …');
	await n8n.start();
	await Session.open(n8n);
	say(`n8n ${CURRENT.version} is running.`);
	invite(n8n.url);
	console.log(['', ...directory(sandbox), ''].join('\n'));
	console.log('Press Ctrl-C to stop everything.');
}

whenOrphaned(() => end(0));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => end(0));
main().catch((error: Error) => {
	// What is interrupted by the end fails as well, and nobody needs to read about it.
	if (!ending) console.error(error.message);
	end(1);
});
