import type {
	IConnections,
	ICredentialDataDecryptedObject,
	IDataObject,
	INodeParameters,
} from 'n8n-workflow';

import type { CredentialFile, WorkflowFile } from './instance';

export const FEISHU = 'n8n-nodes-feishu-approval.feishuApproval';
export const CREDENTIAL_ID = 'feishuCredential';

/** The settings of an n8n that offers community nodes to AI agents. */
export const TOOLS_ALLOWED = { N8N_COMMUNITY_PACKAGES_ALLOW_TOOL_USAGE: 'true' };

/** A node of a workflow file; ours get the test's credential. */
export interface WorkflowNode {
	name: string;
	type: string;
	typeVersion?: number;
	parameters?: INodeParameters;
	[key: string]: unknown;
}

const NAME = 'Feishu';
const CREDENTIALS = { feishuAppApi: { id: CREDENTIAL_ID, name: NAME } };

/** The credential that {@link feishu} nodes use. */
export function feishuCredential(data: ICredentialDataDecryptedObject): CredentialFile {
	return { id: CREDENTIAL_ID, name: NAME, type: 'feishuAppApi', data };
}

export const MANUAL: WorkflowNode = { name: 'Start', type: 'n8n-nodes-base.manualTrigger' };

/** A Feishu Approval node. */
export function feishu(name: string, parameters: INodeParameters, more: object = {}): WorkflowNode {
	return { name, type: FEISHU, parameters, credentials: CREDENTIALS, ...more };
}

/** A node that gives out `items`. */
export function items(name: string, data: IDataObject[]): WorkflowNode {
	return {
		name,
		type: 'n8n-nodes-base.code',
		typeVersion: 2,
		parameters: { jsCode: `return ${JSON.stringify(data.map((json) => ({ json })))};` },
	};
}

/** Connections that lead from each node to the next. */
export function inARow(nodes: WorkflowNode[]): IConnections {
	return Object.fromEntries(
		nodes
			.slice(0, -1)
			.map(({ name }, index) => [
				name,
				{ main: [[{ node: nodes[index + 1].name, type: 'main' as const, index: 0 }]] },
			]),
	);
}

/** A workflow file of these nodes, one after the other unless `connections` says otherwise. */
export function workflow(
	id: string,
	nodes: WorkflowNode[],
	connections: IConnections = inARow(nodes),
): WorkflowFile {
	return {
		id,
		name: id,
		nodes: nodes.map((node, index) => ({
			id: `${id}-${index}`,
			typeVersion: 1,
			position: [index * 220, 0],
			parameters: {},
			...node,
		})),
		connections: connections as unknown as IDataObject,
		// As n8n exports it: an imported workflow without it cannot have one of its nodes run alone.
		pinData: {},
	};
}
