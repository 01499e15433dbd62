import { runRows } from './cell';
import type { Part, Runnable } from './part';
import { MATRIX } from './matrix';
import type { Row } from './row';

const HEADS = [
	'What goes wrong',
	'Who meets it',
	'Get Instance',
	'CC Instance',
	'CC, Skip Already Copied',
	'CC, Combine',
	'CC, and then retried',
];
const WIDTHS = [32, 18, 26, 26, 26, 26, 26];

const runnable = (rows: Row[]): Runnable => ({
	name: rows.map(({ fault }) => fault).join('\n'),
	async run(leaks) {
		const measured = await runRows(rows, leaks);
		return rows.map(({ fault, how }, index) => ({ heads: [fault, how], cells: measured[index] }));
	},
});

/** Every fault that is known, with Get and CC Instance: a table for each kind. */
export const MATRIX_PARTS: Part[] = MATRIX.map(({ title, isAtOnce, rows }) => ({
	title,
	heads: HEADS,
	widths: WIDTHS,
	rows: isAtOnce ? [runnable(rows)] : rows.map((row) => runnable([row])),
}));
