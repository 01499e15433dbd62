import type { IDataObject, ITriggerFunctions } from 'n8n-workflow';

import type { Outcome } from './deliver';

type Emit = ITriggerFunctions['emit'];
type Done = NonNullable<Parameters<Emit>[2]>;

/** n8n takes the key since n8n-workflow 2.20; before, it is one parameter less. */
const WITH_KEY = 4;

/** Whether this n8n itself tells runs apart by a key. */
export function knowsKeys(context: ITriggerFunctions): boolean {
	return context.emit.length >= WITH_KEY;
}

/**
 * Hands an item to n8n as the start of a run. With a key, n8n makes one run of it, also over
 * restarts, and says whether that was written; older versions say nothing.
 */
export async function begin(
	context: ITriggerFunctions,
	json: IDataObject,
	key: string,
): Promise<Outcome> {
	if (!knowsKeys(context)) {
		// A run that cannot be made would be an unhandled rejection there if n8n had to report it.
		context.emit([[{ json }]]);
		return 'unknown';
	}
	return await new Promise<Outcome>((resolve) => {
		const done: Done = {
			promise: new Promise(() => undefined),
			resolve: () => resolve('started'),
			reject: () => resolve('failed'),
		};
		context.emit([[{ json }]], undefined, done, key);
	});
}
