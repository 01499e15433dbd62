import type { IAllExecuteFunctions } from 'n8n-workflow';

import type { Failure } from '../../feishu/answer';
import { CREDENTIAL } from '../../feishu/client/sendOnce';
import { SCOPE_MISSING } from '../../feishu/codes/groups';
import type { SentCode } from '../../feishu/errors/description';
import { toPlainText } from '../../feishu/errors/html';
import { toNodeError } from '../../feishu/errors/nodeError';

/**
 * What became of a call that was refused or not answered, and how to fix it, as one text: of an
 * error at activation, n8n keeps nothing but the message.
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
