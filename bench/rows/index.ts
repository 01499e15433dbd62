import { burst } from './burst';
import { cpu } from './cpu';
import { events } from './events';
import { files } from './files';
import { finding } from './finding';
import { limits } from './limits';
import { memory } from './memory';
import { savings } from './savings';
import { size } from './size';
import { tokens } from './tokens';

export type { Bench } from './bench';

/** All rows of the table, in its order: what finding leaves to be collected would disturb others. */
export const ROWS = {
	burst,
	cpu,
	limits,
	tokens,
	memory,
	size,
	savings,
	files,
	events,
	finding,
};
