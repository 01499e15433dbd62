import type { Failure } from '../answer';
import type { Elapsed } from '../timing';

/** A call that failed, or whose outcome is unknown. For which item it was made, its caller knows. */
export class FeishuCallError extends Error {
	constructor(
		readonly failure: Failure,
		/** How long ago the call began, where that matters. */
		readonly elapsed?: Elapsed,
	) {
		super();
	}
}
