import type { IDataObject, IHookFunctions } from 'n8n-workflow';

import { CREDENTIAL } from '../../feishu/account';
import { Cancellation, waitUntil } from '../../feishu/timing';
import { nodeKeyOf, published } from './listening';
import { logFailure } from './log';
import { appKeyOf, settingsOf } from './settings';
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
 * Never rejects.
 */
export async function unsubscribeIfUnpublished(context: IHookFunctions): Promise<void> {
	const node = nodeKeyOf(context);
	try {
		const options = context.getNodeParameter('options', {}) as IDataObject;
		if (options.unsubscribeWhenUnpublished !== true) return;
		const { approvalCodes } = settingsOf(context).filter;
		const app = appKeyOf(await context.getCredentials(CREDENTIAL));
		await waitUntil(performance.now() + TIMES.unpublishedMs, new Cancellation());
		if (published.of(node) !== undefined || !active.delete(node)) return;
		await unsubscribe(context, approvalCodes, (code) => isWanted(app, code));
	} catch (error) {
		logFailure(context, 'unsubscribing has not begun', error);
	}
}

/** Whether a trigger that listens needs the events; one without codes listens to all. */
function isWanted(app: string, code: string): boolean {
	return published
		.all()
		.filter((listener) => listener.app === app)
		.some(({ approvalCodes }) => approvalCodes.length === 0 || approvalCodes.includes(code));
}
