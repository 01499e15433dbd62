import { nameOf, RESOURCES } from '../../contract/operations';
import type { Row } from '../../contract/row';
import { ROWS } from '../../contract/rows';
import type { Measured } from '../judge';
import type { Line, Part } from '../part';
import { runOperation } from './cell';
import { COLUMNS } from './columns';
import { added } from './judge';

/** An operation as the editor names it. */
function titleOf({ resource, operation }: Row): string {
	const { name, operations } = RESOURCES[resource];
	return `${name}: ${operations.find(({ value }) => value === operation)!.option.name}`;
}

/** A line for each variant; one for several that do not differ in a word. */
function linesOf(row: Row, measured: Measured[][]): Line[] {
	const alike = new Map<string, number[]>();
	for (const [index, cells] of measured.entries()) {
		const words = cells.map(({ word }) => word).join('\n');
		alike.set(words, [...(alike.get(words) ?? []), index]);
	}
	return [...alike.values()].map((indexes): Line => {
		const titles = indexes.map((index) => row.variants[index].title ?? '');
		const special = alike.size === 1 ? '' : ` (${titles.join(', or ')})`;
		const prefixes = titles.map((title) => (title === '' ? '' : `${title}: `));
		const cells = COLUMNS.map((_column, column) => {
			const ofEach = indexes.map((index) => measured[index][column]);
			return added(ofEach, ofEach[0].word, prefixes);
		});
		return { heads: [`${titleOf(row)}${special}`], cells };
	});
}

const rows = ROWS.map((row) => ({
	name: nameOf(row),
	title: titleOf(row),
	run: async (leaks) => linesOf(row, await runOperation(row, leaks)),
})) satisfies Array<Part['rows'][number] & { title: string }>;

/** Every operation of the contract table, with a handful of faults. */
export const OPERATIONS_PART: Part = {
	title: 'Every operation',
	text: `Two items in one run: the first call of one of them meets the fault, the other has to come out as if nothing had been. Where a run ended with an error, the same was tried again in two more, with other things: with Retry On Fail (three tries) and with n8n's Retry button; there the first item has been done when the second meets the fault, and has to stay done once.`,
	heads: ['Operation', ...COLUMNS.map(({ title }) => title)],
	widths: [24, ...COLUMNS.map(() => 20)],
	rows: rows.sort((one, other) => one.title.localeCompare(other.title, 'en')),
};
