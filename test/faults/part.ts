import type { Measured } from './judge';
import type { Leaks } from './leaks';
import type { Table } from './report';

/** A line of a table: what stands before its cells, and these. */
export interface Line {
	heads: string[];
	cells: Measured[];
}

/** What is measured together and may be asked for alone. */
export interface Runnable {
	name: string;
	run(leaks: Leaks): Promise<Line[]>;
}

/** A table to be measured. */
export interface Part extends Omit<Table, 'lines'> {
	rows: Runnable[];
}
