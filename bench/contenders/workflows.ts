import type { INodeParameters } from 'n8n-workflow';

import { FEISHU, workflow, type WorkflowNode } from '../../test/e2e/workflows';
import { APPROVAL_CODE } from '../platform';
import { CC, GET } from './ours';

/** The names of the contenders that a real n8n runs. */
export const OURS_IN_N8N = 'this package, real n8n';
export const HTTP_IN_N8N = 'HTTP Request node, real n8n';
export const BATCHED_IN_N8N = 'HTTP Request node with Batching, real n8n';

/** So many calls, then a wait (ms), as somebody sets it who knows the limits and stays below them. */
const GET_BATCHES: INodeParameters = batches(16, 1_000);
const CC_BATCHES: INodeParameters = batches(1, 620);

const HTTP_CC: INodeParameters = {
	method: 'POST',
	sendBody: true,
	specifyBody: 'json',
	jsonBody: `={{ {
		approval_code: $json.approvalCode,
		instance_code: $json.instanceCode,
		user_id: $json.userId,
		cc_user_ids: $json.ccUserIds,
	} }}`,
};

/** Codes of the approvals of a period, which is as far as the HTTP Request node can do it. */
const MANY: INodeParameters = {
	resource: 'instance',
	operation: 'getAll',
	approvalCode: APPROVAL_CODE,
	startTime: '={{ $json.start }}',
	endTime: '={{ $json.end }}',
	returnAll: true,
	includeDetails: false,
};
const HTTP_MANY: INodeParameters = {
	sendQuery: true,
	queryParameters: {
		parameters: [
			{ name: 'approval_code', value: APPROVAL_CODE },
			{ name: 'start_time', value: '={{ $json.start }}' },
			{ name: 'end_time', value: '={{ $json.end }}' },
			{ name: 'page_size', value: '100' },
		],
	},
	options: {
		pagination: {
			pagination: {
				paginationMode: 'updateAParameterInEachRequest',
				parameters: {
					parameters: [
						{
							type: 'qs',
							name: 'page_token',
							value: "={{ $pageCount === 0 ? '' : $response.body.data.page_token }}",
						},
					],
				},
				paginationCompleteWhen: 'other',
				completeExpression: '={{ !$response.body.data.has_more }}',
			},
		},
	},
};

function batches(batchSize: number, batchInterval: number): INodeParameters {
	return { options: { batching: { batch: { batchSize, batchInterval } } } };
}

/** The node under measure, behind a webhook whose body holds the items. */
function behindWebhook(id: string, node: WorkflowNode) {
	const webhook: WorkflowNode = {
		name: 'Webhook',
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2,
		webhookId: id,
		parameters: {
			httpMethod: 'POST',
			path: id,
			responseMode: 'lastNode',
			responseData: 'noData',
			options: {},
		},
	};
	const split: WorkflowNode = {
		name: 'Split',
		type: 'n8n-nodes-base.splitOut',
		parameters: { fieldToSplitOut: 'body.items', options: {} },
	};
	return workflow(id, [webhook, split, { ...node, name: 'Measured' }]);
}

function measured(credential: string, type: string, parameters: INodeParameters): WorkflowNode {
	return {
		name: 'Measured',
		type,
		typeVersion: type === FEISHU ? 1 : 4.2,
		parameters,
		credentials: { feishuAppApi: { id: idOf(credential), name: credential } },
		onError: 'continueRegularOutput',
	};
}

/** What a builder does who does not know this package: the HTTP Request node, with our credential. */
function httpRequest(
	credential: string,
	baseUrl: string,
	path: string,
	parameters: INodeParameters,
): WorkflowNode {
	return measured(credential, 'n8n-nodes-base.httpRequest', {
		url: `=${baseUrl}/open-apis/approval/v4/instances${path}`,
		authentication: 'predefinedCredentialType',
		nodeCredentialType: 'feishuAppApi',
		...parameters,
	});
}

/** What n8n calls the credential of a contender. */
export const idOf = (name: string) => name.replace(/\W/g, '').slice(0, 20);

/** A workflow for each contender and each of the two operations. */
export function workflowsFor(baseUrl: string) {
	const http = (id: string, name: string, get: INodeParameters, cc: INodeParameters) => [
		behindWebhook(`${id}-get`, httpRequest(name, baseUrl, '/{{ $json.code }}', get)),
		behindWebhook(
			`${id}-cc`,
			httpRequest(name, baseUrl, '/cc?user_id_type=open_id', { ...HTTP_CC, ...cc }),
		),
	];
	return [
		behindWebhook('ours-many', measured(OURS_IN_N8N, FEISHU, MANY)),
		behindWebhook('http-many', httpRequest(HTTP_IN_N8N, baseUrl, '', HTTP_MANY)),
		behindWebhook('ours-get', measured(OURS_IN_N8N, FEISHU, GET)),
		behindWebhook('ours-cc', measured(OURS_IN_N8N, FEISHU, CC)),
		...http('http', HTTP_IN_N8N, {}, {}),
		...http('batched', BATCHED_IN_N8N, GET_BATCHES, CC_BATCHES),
	];
}
