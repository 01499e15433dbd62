/* eslint-disable @n8n/community-nodes/node-usable-as-tool -- these nodes never leave the tests */
import {
	NodeConnectionTypes,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

const MAIN = [NodeConnectionTypes.Main];

function described(name: string, inputs: INodeTypeDescription['inputs']): INodeTypeDescription {
	return {
		displayName: name,
		name,
		group: ['transform'],
		version: 1,
		description: name,
		defaults: { name },
		inputs,
		outputs: MAIN,
		properties: [],
	};
}

/** Gives out what the run was started with. */
export class Start implements INodeType {
	description = described('start', []);

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [this.getInputData()];
	}
}

/** Takes what comes. */
export class Sink implements INodeType {
	description = described('sink', MAIN);

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [this.getInputData()];
	}
}

/**
 * Calls the way n8n's HTTP Request node does: with its older helper, a full address, and redirects
 * followed. With `newer` it calls the way other nodes do. `options` are put into the request.
 */
export class LegacyRequest implements INodeType {
	description: INodeTypeDescription = {
		...described('legacyRequest', MAIN),
		credentials: [{ name: 'feishuAppApi', required: true }],
		properties: [
			{ displayName: 'URL', name: 'url', type: 'string', default: '' },
			{ displayName: 'Newer', name: 'newer', type: 'boolean', default: false },
			{ displayName: 'Options', name: 'options', type: 'json', default: {} },
		],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const url = this.getNodeParameter('url', 0) as string;
		const options = this.getNodeParameter('options', 0) as IDataObject;
		const { requestWithAuthentication, httpRequestWithAuthentication } = this.helpers;
		const json = (await (this.getNodeParameter('newer', 0)
			? httpRequestWithAuthentication.call(this, 'feishuAppApi', { url, json: true, ...options })
			: requestWithAuthentication.call(this, 'feishuAppApi', {
					method: 'GET',
					uri: url,
					json: true,
					...options,
				}))) as IDataObject;
		return [[{ json, pairedItem: { item: 0 } }]];
	}
}

/** Sends an item round a loop until the node before it has run three times. */
export class Thrice implements INodeType {
	description: INodeTypeDescription = {
		...described('thrice', MAIN),
		properties: [{ displayName: 'To', name: 'to', type: 'string', default: '' }],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const turn = Number(this.evaluateExpression('{{ $runIndex }}', 0));
		return [turn < 2 ? [{ json: { to: this.getNodeParameter('to', 0) } }] : []];
	}
}

/** A tool as n8n hands it to agents. */
interface Tool {
	name: string;
	description: string;
	schema: { shape: Record<string, { description?: string }> };
	invoke(values: IDataObject): Promise<string>;
}

/**
 * Uses its tool once, with `values`, as an agent does. Gives out what n8n tells agents of the tool,
 * and what the tool said.
 */
export class Agent implements INodeType {
	description: INodeTypeDescription = {
		...described('agent', [
			NodeConnectionTypes.Main,
			{ type: NodeConnectionTypes.AiTool, required: true },
		]),
		properties: [{ displayName: 'Values', name: 'values', type: 'json', default: {} }],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const [tool] = (await this.getInputConnectionData(NodeConnectionTypes.AiTool, 0)) as Tool[];
		const { name, description, schema } = tool;
		const fields = Object.entries(schema.shape).map(([key, field]) => [key, field.description]);
		const said = await tool.invoke(this.getNodeParameter('values', 0) as IDataObject);
		const json = { name, description, fields: Object.fromEntries(fields) as IDataObject, said };
		return [[{ json, pairedItem: { item: 0 } }]];
	}
}

/** A node type as n8n offers it to agents: its properties after those that describe the tool. */
export function asTool(type: INodeType): INodeType {
	const { name, displayName, properties } = type.description;
	const own: INodeTypeDescription['properties'] = [
		{ displayName: 'Tool Description', name: 'descriptionType', type: 'options', default: 'auto' },
		{ displayName: 'Description', name: 'toolDescription', type: 'string', default: '' },
	];
	const description: INodeTypeDescription = {
		...type.description,
		name: `${name}Tool`,
		displayName: `${displayName} Tool`,
		inputs: [],
		outputs: [NodeConnectionTypes.AiTool],
		properties: [...own, ...properties],
	};
	return Object.create(type, { description: { value: description } }) as INodeType;
}
