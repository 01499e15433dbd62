import type { Operation } from './items';
import type { Expected } from './outcomes';
import type { Timeouts } from './timeouts';
import type { World } from './world';

/** One fault, met by each operation. */
export interface Row extends Record<Exclude<Operation, 'combine' | 'retried'>, Expected> {
	/** Default: as without Combine. */
	combine?: Expected;
	fault: string;
	/** Who meets it, and how often. */
	how: string;
	/** Whether it spares the other items, which then have to come out as if nothing was. */
	meets: 'all' | 'one';
	/** Makes the fault happen to the run that follows. */
	arrange(world: World): void | Promise<void>;
	/** How many approvals it is about; default 3. */
	approvals?: number;
	timeouts?: Partial<Timeouts>;
	/** No token is stored when the run begins. */
	cold?: boolean;
	/** How many exchanges of app id and secret it may take; default none, if not cold. */
	exchanges?: number | 'any';
	/** The least pause (ms) before a limited item is asked for again; the longest is bounded anyhow. */
	pauseMs?: number;
	/** The run is cancelled once the fault was met. */
	cancelled?: boolean;
	/** How long (ms) after the run something late might still happen. */
	lateMs?: number;
}

/** Rows that belong together. */
export interface Group {
	title: string;
	/** They wait long and need the same timeouts: they are run together. */
	isAtOnce?: true;
	rows: Row[];
}
