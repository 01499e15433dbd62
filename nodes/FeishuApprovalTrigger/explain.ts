import type { Failure } from '../../feishu/answer';
import type { FeishuClient } from '../../feishu/client/client';
import { SCOPE_MISSING } from '../../feishu/codes/groups';
import type { SentCode } from '../../feishu/errors/description';
import { toPlainText } from '../../feishu/errors/html';
import { toNodeError } from '../../feishu/errors/nodeError';

/**
 * What became of a call that was refused or not answered, and how to fix it, as one text: of an
 * error at activation, n8n keeps nothing but the message.
 */
export async function explain(
	client: FeishuClient,
	failure: Failure,
	codes: SentCode[],
): Promise<string> {
	const isScope = failure.code !== undefined && SCOPE_MISSING.has(failure.code);
	const app = isScope ? await client.credential() : undefined;
	const context = { userIdType: 'open_id', ids: {}, codes, app } as const;
	const { message, description } = toNodeError(client.context.getNode(), failure, context, 0);
	return [message.replace(/\.?$/, '.'), toPlainText(description ?? '')].filter(Boolean).join(' ');
}
