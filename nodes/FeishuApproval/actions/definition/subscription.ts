import type { IDataObject } from 'n8n-workflow';

import type { ItemClient } from '../../../../feishu/client/itemClient';
import { noteOf, untold, type ReadBack } from '../../../../feishu/client/readBack';
import { SUBSCRIBED_ALREADY } from '../../../../feishu/codes/groups';
import { callOf, type Endpoint } from '../../../../feishu/endpoints';
import { FeishuCallError } from '../../../../feishu/errors/callError';

/**
 * Subscribes to the events of a definition, or ends that (API sheet 4.5). Feishu refuses what is so
 * already: after a lost answer, the refusal of a second try tells that the first was carried out.
 */
export async function setSubscribed(
	feishu: ItemClient,
	endpoint: Endpoint,
	approvalCode: string,
): Promise<IDataObject> {
	const call = callOf(endpoint, { path: { approval_code: approvalCode } });
	const search: ReadBack = {
		async look() {
			const answer = await feishu.ask(call);
			if (answer.ok || SUBSCRIBED_ALREADY.has(answer.code)) {
				return { state: 'applied', note: 'A second try showed that it is done.' };
			}
			return untold('A second try', answer);
		},
		unknown: 'It is not known whether the subscription was changed',
		hint: 'Run this again: to do it twice does no harm.',
	};
	const output = { success: true, approval_code: approvalCode };
	const written = await feishu.write(call, search).catch((error: unknown) => {
		if (error instanceof FeishuCallError && SUBSCRIBED_ALREADY.has(error.failure.code))
			return error;
		throw error;
	});
	if (written instanceof FeishuCallError) return { ...output, already: true };
	return { ...output, already: false, ...noteOf(written) };
}
