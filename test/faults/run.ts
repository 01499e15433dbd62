/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, no-console -- a command for a terminal */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { Engine } from '../engine/engine';
import { Leaks } from './leaks';
import { MATRIX_PARTS } from './matrixTable';
import { OPERATIONS_PARTS } from './operations/table';
import type { Runnable } from './part';
import { TRIGGER_PARTS } from './trigger/table';
import { asPage, complaints, forTerminal, totalsAsText, type Table, type Totals } from './report';

const PAGE = join(__dirname, '../../docs/reliability.md');
const WRITE = '--write';

/** Lines of `text` that `other` does not have. */
function onlyIn(text: string, other: string): string[] {
	const known = new Set(other.split('\n'));
	return text.split('\n').filter((line) => !known.has(line));
}

/** Whether the kept page says what was measured. */
function agrees(page: string): boolean {
	const kept = existsSync(PAGE) ? readFileSync(PAGE, 'utf8') : '';
	if (kept === page) return true;
	console.log('\ndocs/reliability.md does not say what was measured:');
	for (const line of onlyIn(kept, page)) console.log(`- ${line}`);
	for (const line of onlyIn(page, kept)) console.log(`+ ${line}`);
	console.log(`If the new outcomes are right, run the command with ${WRITE}.`);
	return false;
}

/** What has been measured so far. */
class Measurement {
	readonly totals: Totals = {
		cells: 0,
		unexpected: 0,
		items: 0,
		cutOff: 0,
		lost: 0,
		twice: 0,
		known: 0,
		secrets: 0,
	};
	/** Everything that is not as it should be. */
	readonly wrong: string[] = [];

	/** Measures the lines of a table that belong together. */
	async run({ name, run }: Runnable, heads: string[]): Promise<string[][]> {
		const { totals, wrong } = this;
		const leaks = new Leaks();
		const lines = await run(leaks);
		for (const line of lines) {
			for (const [index, cell] of line.cells.entries()) {
				const { problems, items, cutOff, lost, twice, known = 0 } = cell;
				totals.cells++;
				totals.items += items;
				totals.cutOff += cutOff;
				totals.lost += lost;
				totals.twice += twice;
				totals.known += known;
				if (problems.length > 0 || lost > 0 || twice > 0) totals.unexpected++;
				const column = heads[line.heads.length + index];
				wrong.push(...complaints(`${line.heads.join(', ')}, ${column}`, cell));
			}
		}
		const seen = leaks.found();
		totals.secrets += seen.length;
		wrong.push(...seen.map((place) => `${name}: secret in ${place}`));
		return lines.map(({ heads: own, cells }) => [...own, ...cells.map(({ word }) => word)]);
	}
}

async function main(): Promise<void> {
	// n8n's own log begins when its engine is loaded first, and would take the place of what listens.
	await Engine.load();
	const [only = ''] = process.argv.slice(2).filter((argument) => argument !== WRITE);
	const measurement = new Measurement();
	const { totals, wrong } = measurement;
	const tables: Table[] = [];
	for (const { rows, ...part } of [...OPERATIONS_PARTS, ...MATRIX_PARTS, ...TRIGGER_PARTS]) {
		const lines: string[][] = [];
		for (const row of rows.filter(({ name }) => name.includes(only))) {
			lines.push(...(await measurement.run(row, part.heads)));
		}
		const table = { ...part, lines };
		if (lines.length > 0) console.log(forTerminal(table));
		tables.push(table);
	}
	console.log(`\n${totalsAsText(totals)}`);
	for (const complaint of wrong) console.log(`\n! ${complaint}`);

	const right = wrong.length === 0 && totals.cells > 0;
	if (only !== '') process.exitCode = right ? 0 : 1;
	else if (right && process.argv.includes(WRITE)) writeFileSync(PAGE, asPage(tables, totals));
	else process.exitCode = agrees(asPage(tables, totals)) && right ? 0 : 1;
}

void main();
