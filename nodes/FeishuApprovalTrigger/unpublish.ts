import type { IHookFunctions } from 'n8n-workflow';

import { Cancellation, waitUntil } from '../../feishu/timing';
import { nodeKeyOf, published } from './listening';
import type { Settings } from './settings';
import { unsubscribe } from './subscribe';
import { TIMES } from './times';

/** Nodes whose workflow was published with success and not unpublished since. */
const active = new Set<string>();

/** The node listens, or could not: only what has listened can be unpublished. */
export function notePublication(node: string, hasSucceeded: boolean): void {
	if (hasSucceeded) active.add(node);
	else active.delete(node);
}

/**
 * Ends the subscriptions of a workflow that was unpublished, if it is set so. n8n says the same when
 * a test ends, when publishing did not work, and before a changed workflow is published: so it is
 * waited for whether the node listens again. Codes that another trigger of the app listens to stay.
 */
export async function unsubscribeIfUnpublished(
	context: IHookFunctions,
	{ filter, unsubscribeWhenUnpublished }: Settings,
	app: string,
): Promise<void> {
	const node = nodeKeyOf(context);
	if (!unsubscribeWhenUnpublished) return;
	await waitUntil(performance.now() + TIMES.unpublishedMs, new Cancellation());
	if (published.of(node) !== undefined || !active.delete(node)) return;
	const others = published.all().filter((listener) => listener.app === app);
	// Without codes, a trigger listens to all that is subscribed.
	if (others.some(({ approvalCodes }) => approvalCodes.length === 0)) return;
	const wanted = new Set(others.flatMap(({ approvalCodes }) => [...approvalCodes]));
	await unsubscribe(
		context,
		filter.approvalCodes.filter((code) => !wanted.has(code)),
	);
}
