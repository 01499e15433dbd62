import { nameOf, RESOURCES } from '../../contract/operations';
import type { Row } from '../../contract/row';
import { ROWS } from '../../contract/rows';
import type { Measured } from '../judge';
import type { Line, Part } from '../part';
import { runOperation } from './cell';
import { CALLS_BY_METHOD } from './callsByMethod';
import { COLUMNS, type Column } from './columns';
import { added } from './judge';
import { LATE_COLUMNS } from './lateColumns';

/** An operation as the editor names it. */
function titleOf({ resource, operation }: Row): string {
	const { name, operations } = RESOURCES[resource];
	return `${name}: ${operations.find(({ value }) => value === operation)!.option.name}`;
}

/** A line for each variant; one for several that do not differ in a word. */
function linesOf(row: Row, columns: Column[], measured: Measured[][]): Line[] {
	const alike = new Map<string, number[]>();
	for (const [index, cells] of measured.entries()) {
		const words = cells.map(({ word }) => word).join('\n');
		alike.set(words, [...(alike.get(words) ?? []), index]);
	}
	return [...alike.values()].map((indexes): Line => {
		const titles = indexes.map((index) => row.variants[index].title ?? '');
		const special = alike.size === 1 ? '' : ` (${titles.join(', or ')})`;
		const prefixes = titles.map((title) => (title === '' ? '' : `${title}: `));
		const cells = columns.map((_column, column) => {
			const ofEach = indexes.map((index) => measured[index][column]);
			return added(ofEach, ofEach[0].word, prefixes);
		});
		return { heads: [`${titleOf(row)}${special}`], cells };
	});
}

const ALL = ROWS.map((row) =>
	row.resource === 'api' ? { ...row, variants: [...row.variants, ...CALLS_BY_METHOD] } : row,
).sort((one, other) => titleOf(one).localeCompare(titleOf(other), 'en'));

/** A line for each operation. */
const tableOf = (title: string, text: string, columns: Column[]): Part => ({
	title,
	text,
	heads: ['Operation', ...columns.map((column) => column.title)],
	widths: [24, ...columns.map(() => 20)],
	rows: ALL.map((row) => ({
		name: nameOf(row),
		run: async (leaks) => linesOf(row, columns, await runOperation(row, columns, leaks)),
	})),
});

/** Every operation of the contract table, with a handful of faults. */
export const OPERATIONS_PARTS: Part[] = [
	tableOf(
		'Every operation',
		`Two items in one run: the first call of one of them meets the fault, the other has to come out as if nothing had been. Where a run ended with an error, the same was tried again in two more, with other things: with Retry On Fail (three tries) and with n8n's Retry button; there the first item has been done when the second meets the fault, and has to stay done once. Where nobody can find out what became of a call (API Call), Retry On Fail fails again with the same text, and the button sends it; where it was done, the button is not pressed.`,
		COLUMNS,
	),
	tableOf(
		'Every operation, when it is hard to find out',
		'The same, with what happens after a call has got lost: no further answer, none to the look either, or a platform that does the work late.',
		LATE_COLUMNS,
	),
];
