import type { INodeExecutionData } from 'n8n-workflow';

import { FeishuCallError } from '../../../feishu/errors/callError';
import type { Result } from './operation';

/** What an item gives out, paired with it; `explain` makes an item of what could not be had. */
export async function pair(
	item: number,
	result: Result,
	explain: (error: FeishuCallError) => Promise<INodeExecutionData>,
): Promise<INodeExecutionData | INodeExecutionData[]> {
	const pairedItem = { item };
	if (!Array.isArray(result)) return { json: result, pairedItem };
	const paired: INodeExecutionData[] = [];
	for (const one of result) {
		paired.push(one instanceof FeishuCallError ? await explain(one) : { ...one, pairedItem });
	}
	return paired;
}
