import type { IExecuteFunctions, INodeExecutionData, ITriggerFunctions } from 'n8n-workflow';

import { listen } from './listen';

type Items = INodeExecutionData[][];

/** The context of a run in the editor, with what n8n gives to a node that listens. */
function asListening(
	context: IExecuteFunctions,
	more: Pick<ITriggerFunctions, 'emit' | 'emitError'>,
): ITriggerFunctions {
	return Object.assign(Object.create(context) as ITriggerFunctions, more, {
		getActivationMode: () => 'manual' as const,
		// A run has an item; the parameters of a trigger do not depend on it.
		getNodeParameter: (name: string, fallback?: unknown) =>
			context.getNodeParameter(name, 0, fallback),
	});
}

/** Listens until an event comes, or until the run is cancelled. */
async function takeTestEvent(context: IExecuteFunctions): Promise<Items> {
	let emit: (items: Items) => void = () => undefined;
	let emitError: (error: Error) => void = () => undefined;
	const event = new Promise<Items>((resolve, reject) => {
		emit = resolve;
		emitError = reject;
	});
	// A refusal may come while the subscriptions are still under way.
	event.catch(() => undefined);
	const { closeFunction, manualTriggerFunction } = await listen(
		asListening(context, { emit, emitError }),
	);
	try {
		context.onExecutionCancellation(() => emit([]));
		if (context.getExecutionCancelSignal()?.aborted) return [];
		await manualTriggerFunction?.();
		return await event;
	} finally {
		await closeFunction?.();
	}
}

/**
 * What n8n calls first in each run that begins with the node. In the editor it waits for a test
 * event. Elsewhere the event is there, and the run is written: that is told to `begin`, which waits
 * for it in the process that took the event, wherever the run is.
 *
 * @throws what `listen` throws, in the editor only
 */
export async function run(context: IExecuteFunctions): Promise<Items> {
	const items = context.getInputData();
	// What a test URL has taken is there already.
	const isThere = items.some(({ json }) => Object.keys(json).length > 0);
	if (context.getMode() === 'manual') return isThere ? [items] : await takeTestEvent(context);
	// If it cannot be told, `begin` learns it when the run has ended.
	await context.sendResponse({}).catch(() => undefined);
	return [items];
}
