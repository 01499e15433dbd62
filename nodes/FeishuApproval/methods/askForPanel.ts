import type { ILoadOptionsFunctions } from 'n8n-workflow';

import { Problem } from '../../../approval/problem';
import { FeishuClient } from '../../../feishu/client/client';
import { FeishuCallError } from '../../../feishu/errors/callError';
import type { SentCode } from '../../../feishu/errors/description';
import { problemOf } from '../../../feishu/errors/explain';
import { withTimeout } from '../../../feishu/timing';

/** So long (ms) a builder waits for the panel. */
const LONGEST_MS = 20_000;

const TOO_LATE = new Problem('Feishu did not answer in time', 'Try again in a minute.');

/** What Feishu says for the panel of the node, or why it cannot be had, with a hint in HTML. */
export async function askForPanel<T extends object>(
	context: ILoadOptionsFunctions,
	read: (client: FeishuClient) => Promise<T>,
	codes: SentCode[] = [],
): Promise<T | Problem> {
	const client = new FeishuClient(context);
	try {
		return (await withTimeout(LONGEST_MS, undefined, async () => await read(client))) ?? TOO_LATE;
	} catch (error) {
		if (error instanceof Problem) return error;
		if (error instanceof FeishuCallError) return await problemOf(context, error.failure, codes);
		return new Problem((error as Error).message, '');
	} finally {
		client.cancellation.end();
	}
}

/** What stands in a field of the panel, as text; a Problem if it is an expression without a value. */
export function enteredIn(
	context: ILoadOptionsFunctions,
	name: string,
	displayName: string,
): string | Problem {
	const entered = String(context.getCurrentNodeParameter(name) ?? '').trim();
	if (!entered.startsWith('=')) return entered;
	return new Problem(
		`${displayName} is an expression that n8n cannot resolve here`,
		'Enter a fixed value, or run the nodes before this one.',
	);
}
