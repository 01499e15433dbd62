import {
	NodeConnectionTypes,
	type IHookFunctions,
	type INodeType,
	type INodeTypeDescription,
	type ITriggerFunctions,
	type ITriggerResponse,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';

import { listen } from './listen';
import { properties } from './properties';
import { unsubscribeIfUnpublished } from './unpublish';
import { receiveWebhook } from './webhook/receive';

/** Starts workflows when a Feishu or Lark approval changes: over a long connection, or by webhook. */
export class FeishuApprovalTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Feishu Approval Trigger',
		name: 'feishuApprovalTrigger',
		icon: { light: 'file:../../icons/feishu.svg', dark: 'file:../../icons/feishu.dark.svg' },
		group: ['trigger'],
		version: 1,
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
				// No webhook for a long connection, unless n8n has to say when the workflow is unpublished.
				httpMethod:
					'={{ $parameter["connection"] === "webhook" || $parameter["options"]["unsubscribeWhenUnpublished"] ? "POST" : "" }}',
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
			activationHint: 'Publish the workflow so that it runs by itself.',
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

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receiveWebhook(this);
	}
}
