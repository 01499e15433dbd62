import { runRow } from './cell';
import type { Part } from './part';
import { MATRIX } from './matrix';

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

/** Every fault that is known, with Get and CC Instance: a table for each kind. */
export const MATRIX_PARTS: Part[] = MATRIX.map(({ title, rows }) => ({
	title,
	heads: HEADS,
	widths: WIDTHS,
	rows: rows.map((row) => ({
		name: row.fault,
		run: async (leaks) => [{ heads: [row.fault, row.how], cells: await runRow(row, leaks) }],
	})),
}));
