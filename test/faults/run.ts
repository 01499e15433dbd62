/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, no-console -- a command for a terminal */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { Engine } from '../engine/engine';
import { runRow } from './cell';
import { Leaks } from './leaks';
import { MATRIX } from './matrix';
import { asPage, complaints, forTerminal, totalsAsText, type Line, type Totals } from './report';
import type { Group } from './row';

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

async function main(): Promise<void> {
	// n8n's own log begins when its engine is loaded first, and would take the place of what listens.
	await Engine.load();
	const [only = ''] = process.argv.slice(2).filter((argument) => argument !== WRITE);
	const totals: Totals = {
		cells: 0,
		unexpected: 0,
		items: 0,
		cutOff: 0,
		lost: 0,
		twice: 0,
		secrets: 0,
	};
	const wrong: string[] = [];
	const measured: Array<[Group, Line[]]> = [];
	for (const group of MATRIX) {
		const lines: Line[] = [];
		for (const row of group.rows.filter(({ fault }) => fault.includes(only))) {
			const leaks = new Leaks();
			const line = { row, cells: await runRow(row, leaks) };
			lines.push(line);
			for (const { problems, items, cutOff, lost, twice } of line.cells) {
				totals.cells++;
				totals.items += items;
				totals.cutOff += cutOff;
				totals.lost += lost;
				totals.twice += twice;
				if (problems.length > 0 || lost > 0 || twice > 0) totals.unexpected++;
			}
			const seen = leaks.found();
			totals.secrets += seen.length;
			wrong.push(...complaints(line), ...seen.map((place) => `${row.fault}: secret in ${place}`));
		}
		if (lines.length > 0) console.log(forTerminal(group, lines));
		measured.push([group, lines]);
	}
	console.log(`\n${totalsAsText(totals)}`);
	for (const complaint of wrong) console.log(`\n! ${complaint}`);

	const right = wrong.length === 0 && totals.cells > 0;
	if (only !== '') process.exitCode = right ? 0 : 1;
	else if (right && process.argv.includes(WRITE)) writeFileSync(PAGE, asPage(measured, totals));
	else process.exitCode = agrees(asPage(measured, totals)) && right ? 0 : 1;
}

void main();
