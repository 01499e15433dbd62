/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, no-console -- a program for a terminal */
process.env.N8N_LOG_LEVEL ??= 'silent';

import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';

import { RealN8n } from './contenders/realN8n';
import { asData, isReached, median, table, type Figure } from './figures';
import { machine, share } from './machine';
import { Platform } from './platform';
import { ROWS, type Bench } from './rows';

const begun = Date.now();
const say = (line: string) =>
	console.log(`[${((Date.now() - begun) / 1000).toFixed(0).padStart(4)} s] ${line}`);

const { values: options } = parseArgs({
	options: {
		json: { type: 'string' },
		rounds: { type: 'string', default: '7' },
		only: { type: 'string' },
		'without-n8n': { type: 'boolean', default: false },
	},
});

async function main(): Promise<void> {
	const wanted = options.only?.split(',') ?? Object.keys(ROWS);
	const unknown = wanted.filter((name) => !(name in ROWS));
	if (unknown.length > 0) {
		throw new Error(`There is no ${unknown.join(', ')}; choose of ${Object.keys(ROWS).join(', ')}`);
	}
	// Sources of the bench are mapped while they run; errors of contenders must not pay for that.
	process.setSourceMapsEnabled(false);
	const platform = await Platform.start();
	let n8n: RealN8n | undefined;
	try {
		if (!options['without-n8n']) {
			say('Starting a real n8n …');
			n8n = await RealN8n.start(platform.url, say);
		}
		const bench: Bench = { platform, n8n, rounds: Number(options.rounds), say };
		const figures: Figure[] = [];
		const shares = [share()];
		for (const name of wanted) {
			say(`${name} …`);
			figures.push(...(await ROWS[name as keyof typeof ROWS](bench)));
			shares.push(share());
		}
		say('Done.');
		console.log(`\n${table(figures)}\n`);
		// Whoever runs it in a script has to learn that a figure was not reached.
		if (!figures.every(isReached)) process.exitCode = 1;
		const part = `${(median(shares) * 100).toFixed(0)} %`;
		console.log(`While it had something to do, the bench got ${part} of a processor (median).\n`);
		if (options.json !== undefined) {
			const data = { machine: machine(shares), figures: figures.map(asData) };
			await writeFile(options.json, `${JSON.stringify(data, null, '\t')}\n`);
		}
	} finally {
		await n8n?.stop();
		platform.stop();
	}
}

main().catch((error: Error) => {
	console.error(error);
	process.exitCode = 1;
});
