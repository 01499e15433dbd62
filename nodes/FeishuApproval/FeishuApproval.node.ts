import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { properties, subtitle } from './actions/resources';
import { router } from './actions/router';
import { methods } from './methods';

/** Feishu and Lark Approval: programmatic, because a declarative node can neither repeat a call after a refused token nor wait for a rate limit. */
export class FeishuApproval implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Feishu Approval',
		name: 'feishuApproval',
		icon: { light: 'file:../../icons/feishu.svg', dark: 'file:../../icons/feishu.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle,
		description: 'Submit, find, read, copy, decide and comment on approvals in Feishu or Lark',
		defaults: { name: 'Feishu Approval' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'feishuAppApi', required: true }],
		properties,
	};

	methods = methods;

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await router(this);
	}
}
