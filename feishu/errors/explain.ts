import type { IAllExecuteFunctions } from 'n8n-workflow';

import type { Failure } from '../answer';
import { CREDENTIAL } from '../account';
import { SCOPE_MISSING } from '../codes/groups';
import type { SentCode } from './description';
import { toPlainText } from './html';
import { toNodeError } from './nodeError';

/**
 * What became of a call that was refused or not answered, and how to fix it, as one text: of an
 * error at activation n8n keeps nothing but the message, of one in the panel of a node not even that.
 */
export async function explain(
	context: IAllExecuteFunctions,
	failure: Failure,
	codes: SentCode[],
): Promise<string> {
	const isScope = failure.code !== undefined && SCOPE_MISSING.has(failure.code);
	const app = isScope ? await context.getCredentials(CREDENTIAL) : undefined;
	const call = { userIdType: 'open_id', ids: {}, codes, app } as const;
	const { message, description } = toNodeError(context.getNode(), failure, call, 0);
	return [message.replace(/\.?$/, '.'), toPlainText(description ?? '')].filter(Boolean).join(' ');
}
