import type { IDataObject, ITriggerFunctions } from 'n8n-workflow';

import type { Outcome } from './deliver';

type Emit = ITriggerFunctions['emit'];
type Begun = NonNullable<Parameters<Emit>[1]>;
type Done = NonNullable<Parameters<Emit>[2]>;

/** n8n takes the key since n8n-workflow 2.20; before, it is one parameter less. */
const WITH_KEY = 4;

/** Whether this n8n itself tells runs apart by a key. */
export function knowsKeys(context: ITriggerFunctions): boolean {
	return context.emit.length >= WITH_KEY;
}

const NEVER = new Promise<never>(() => undefined);

/**
 * Hands an item to n8n as the start of a run. With a key, n8n makes one run of it, also over
 * restarts. That the run is written is known when it begins (`run` tells), that it could not be
 * written or was there before is told by n8n. Older versions say nothing.
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
		const started = () => resolve('started');
		// Of a run that was written and then failed, n8n says so here; the other promise tells more.
		const begun: Begun = { promise: NEVER, resolve: started, reject: () => undefined };
		const done: Done = { promise: NEVER, resolve: started, reject: () => resolve('failed') };
		context.emit([[{ json }]], begun, done, key);
	});
}
