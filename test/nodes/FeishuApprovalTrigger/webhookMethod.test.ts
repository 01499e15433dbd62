import {
	resolveWebhookDescriptionField,
	Workflow,
	type INodeParameters,
	type INodeTypes,
} from 'n8n-workflow';

import { Engine } from '../../engine/engine';

const CASES: Array<[INodeParameters, string]> = [
	[{ connection: 'longConnection', options: {} }, ''],
	[{ connection: 'webhook', options: {} }, 'POST'],
	[{ connection: 'longConnection', options: { unsubscribeWhenUnpublished: true } }, 'POST'],
	[{ connection: 'longConnection', options: { unsubscribeWhenUnpublished: false } }, ''],
];

it.each(CASES)(
	'has a webhook or none, by the expression as without it: %j',
	async (parameters, method) => {
		const type = (await Engine.load()).nodeType('feishuApprovalTrigger');
		const [webhook] = type.description.webhooks!;
		const nodeTypes: INodeTypes = {
			getByName: () => type,
			getByNameAndVersion: () => type,
			getKnownTypes: () => ({}),
		};
		const node = {
			id: 'trigger',
			name: 'Trigger',
			type: 'feishuApprovalTrigger',
			typeVersion: 2,
			position: [0, 0] as [number, number],
			parameters,
		};
		const workflow = new Workflow({
			nodes: [node],
			connections: {},
			active: false,
			nodeTypes,
			settings: {},
		});
		const own = workflow.nodes.Trigger;
		expect(resolveWebhookDescriptionField(own, webhook, 'httpMethod')).toEqual({
			resolved: true,
			value: method,
		});
		const evaluated = workflow.expression.getSimpleParameterValue(
			own,
			webhook.httpMethod,
			'internal',
			{},
		);
		expect(evaluated).toBe(method);
	},
);
