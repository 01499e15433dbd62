import {
	NodeConnectionTypes,
	WEBHOOK_RESOLVERS,
	type IExecuteFunctions,
	type IHookFunctions,
	type INodeExecutionData,
	type INodeParameters,
	type INodeType,
	type INodeTypeDescription,
	type ITriggerFunctions,
	type ITriggerResponse,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';

import { listen } from './listen';
import { properties } from './properties';
import { run } from './run';
import { unsubscribeIfUnpublished } from './unpublish';
import { receiveWebhook } from './webhook/receive';

/** No webhook for a long connection, unless n8n has to say when the workflow is unpublished. */
const HTTP_METHOD = {
	template:
		'={{ $parameter["connection"] === "webhook" || $parameter["options"]["unsubscribeWhenUnpublished"] ? "POST" : "" }}',
	resolve: ({ connection, options }: INodeParameters): string => {
		const { unsubscribeWhenUnpublished = false } = options as INodeParameters;
		return connection === 'webhook' || unsubscribeWhenUnpublished ? 'POST' : '';
	},
};

/** Starts workflows when a Feishu or Lark approval changes: over a long connection, or by webhook. */
export class FeishuApprovalTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Feishu Approval Trigger',
		name: 'feishuApprovalTrigger',
		icon: { light: 'file:../../icons/feishu.svg', dark: 'file:../../icons/feishu.dark.svg' },
		group: ['trigger'],
		// Of a node of version 1, n8n evaluates an expression of its own for each request.
		version: [1, 2],
		defaultVersion: 2,
		subtitle: '={{ $parameter["connection"] === "webhook" ? "Webhook" : "Long connection" }}',
		description: 'Starts the workflow when an approval in Feishu or Lark changes',
		eventTriggerDescription: 'Submit or decide an approval in Feishu',
		activationMessage: 'Approval events now start this workflow.',
		defaults: { name: 'Feishu Approval Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'feishuAppApi', required: true }],
		webhooks: [
			{
				name: 'default',
				httpMethod: HTTP_METHOD.template,
				// An n8n that has this name need not evaluate the expression for each request, which is slow.
				...(WEBHOOK_RESOLVERS && { [WEBHOOK_RESOLVERS]: { httpMethod: HTTP_METHOD } }),
				responseMode: 'onReceived',
				path: 'webhook',
				ndvHideUrl: '={{ $parameter["connection"] !== "webhook" }}',
				ndvHideMethod: true,
			},
		],
		triggerPanel: {
			header: 'Wait for an approval event',
			executionsHelp: {
				inactive:
					'To test it, click the <b>Execute step</b> button, then submit or decide an approval in Feishu. Once the workflow does what it should, <b>publish</b> it.',
				active:
					'To test it, click the <b>Execute step</b> button, then submit or decide an approval in Feishu. The published workflow <b>goes on running</b> by itself.',
			},
			activationHint: {
				active: 'The workflow is published and runs by itself.',
				inactive: 'Publish the workflow so that it runs by itself.',
			},
		},
		properties,
	};

	webhookMethods = {
		default: {
			// Subscribing is done in `trigger`, for both ways.
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return true;
			},
			async create(this: IHookFunctions): Promise<boolean> {
				return true;
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				void unsubscribeIfUnpublished(this);
				return true;
			},
		},
	};

	async trigger(this: ITriggerFunctions): Promise<ITriggerResponse> {
		return await listen(this);
	}

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await run(this);
	}

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receiveWebhook(this);
	}
}
