/* eslint-disable @n8n/community-nodes/no-dangerous-functions, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, no-console -- a program for a terminal */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { sampleOf, targetsOf } from './targets';

const STRYKER = join(
	createRequire(__filename).resolve('@stryker-mutator/core/package.json'),
	'../bin/stryker.js',
);

const { values, positionals: operations } = parseArgs({
	allowPositionals: true,
	options: { lines: { type: 'string' }, concurrency: { type: 'string' } },
});

/** Runs one part; gives back whether its score is high enough. */
function run(part: string, mutate: string[] = []): boolean {
	const { status } = spawnSync(
		process.execPath,
		[
			STRYKER,
			'run',
			join(__dirname, `${part}.mjs`),
			...(mutate.length === 0 ? [] : ['--mutate', mutate.join()]),
			...(values.concurrency === undefined ? [] : ['--concurrency', values.concurrency]),
		],
		{ stdio: 'inherit', env: { ...process.env, CONTRACT_OPERATIONS: operations.join() } },
	);
	return status === 0;
}

const targets = targetsOf(operations);
const mutate = values.lines === undefined ? targets : sampleOf(targets, Number(values.lines));
// Both parts print their table, whatever comes of the first.
const isWhole = operations.length === 0 && values.lines === undefined;
const failed = [
	...(isWhole && !run('approval') ? ['approval'] : []),
	...(run('calls', mutate) ? [] : ['calls']),
];
if (failed.length > 0) {
	console.error(`The score is too low, or was not reached: ${failed.join(', ')}`);
	process.exitCode = 1;
}
