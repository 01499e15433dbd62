import type { Group } from '../row';
import { answers } from './answers';
import { cancel } from './cancel';
import { connection } from './connection';
import { exchange } from './exchange';
import { limits } from './limits';
import { several } from './several';
import { token } from './token';
import { uncertain } from './uncertain';

/** Every fault that is known to happen. */
export const MATRIX: Group[] = [
	token,
	exchange,
	limits,
	answers,
	connection,
	uncertain,
	several,
	cancel,
];
