import type { IDataObject } from 'n8n-workflow';

import type { ItemClient } from '../../../../../feishu/client/itemClient';
import { FeishuCallError } from '../../../../../feishu/errors/callError';
import { escapeHtml } from '../../../../../feishu/errors/html';
import { instanceCall } from '../../../../../feishu/instanceCall';

/**
 * Reads one of many instances; throws as FeishuClient.read does, and names the instance: its code was
 * not entered by anybody.
 */
export async function readOne(
	feishu: ItemClient,
	code: string,
	options: Parameters<typeof instanceCall>[1],
): Promise<IDataObject> {
	try {
		return await feishu.read(instanceCall(code, options));
	} catch (thrown) {
		throw thrown instanceof FeishuCallError ? naming(thrown, code) : thrown;
	}
}

function naming({ failure }: FeishuCallError, code: string): FeishuCallError {
	const notes = [failure.note, `The instance that was read is \`${escapeHtml(code)}\`.`];
	return new FeishuCallError({ ...failure, note: notes.filter(Boolean).join(' ') });
}
