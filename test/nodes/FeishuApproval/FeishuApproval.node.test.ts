import {
	NodeHelpers,
	Workflow,
	type INode,
	type INodeParameters,
	type INodeProperties,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { Engine, NODE } from '../../engine/engine';

let nodeType: INodeType;
let description: INodeTypeDescription;

beforeAll(async () => {
	nodeType = (await Engine.load()).nodeType();
	({ description } = nodeType);
});

function nodeWith(parameters: INodeParameters): INode {
	return { id: '1', name: 'Node', type: NODE, typeVersion: 1, position: [0, 0], parameters };
}

/** What the editor stores for a node that was just dropped on the canvas. */
function filledIn(parameters: INodeParameters): INodeParameters | null {
	const node = nodeWith(parameters);
	return NodeHelpers.getNodeParameters(
		description.properties,
		parameters,
		true,
		false,
		node,
		description,
	);
}

/** The fields that the editor shows. */
function shown(parameters: INodeParameters): INodeProperties[] {
	return description.properties.filter((field) =>
		NodeHelpers.displayParameter(
			filledIn(parameters) ?? {},
			field,
			nodeWith(parameters),
			description,
		),
	);
}

/** The second line of the node on the canvas. */
function subtitle(parameters: INodeParameters): unknown {
	const node = nodeWith(parameters);
	const nodeTypes = {
		getByName: () => nodeType,
		getByNameAndVersion: () => nodeType,
		getKnownTypes: () => ({}),
	};
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	return workflow.expression.getSimpleParameterValue(node, description.subtitle, 'internal', {});
}

function options(operation: string): INodeProperties[] {
	const collection = shown({ operation }).find(({ name }) => name === 'options');
	return (collection?.options ?? []) as INodeProperties[];
}

describe('the node as n8n knows it', () => {
	it('has its public names', () => {
		expect(description).toMatchObject({
			name: 'feishuApproval',
			displayName: 'Feishu Approval',
			version: 1,
			inputs: ['main'],
			outputs: ['main'],
			credentials: [{ name: 'feishuAppApi', required: true }],
		});
	});

	it('can be given to an AI agent as a tool', () => {
		expect(description.usableAsTool).toBe(true);
	});

	it.each([
		['get', 'Get Instance'],
		['cc', 'CC Instance'],
	])('says on the canvas what "%s" does', (operation, text) => {
		expect(subtitle({ operation })).toBe(text);
	});

	it('offers its operations in the list of actions', () => {
		const field = description.properties.find(
			({ name, displayOptions }) =>
				name === 'operation' && displayOptions?.show?.resource?.includes('instance'),
		);
		expect(field?.options).toEqual(
			expect.arrayContaining([
				expect.objectContaining({ name: 'Get', value: 'get', action: 'Get approval instance' }),
				expect.objectContaining({ name: 'CC', value: 'cc', action: 'CC Approval instance' }),
			]),
		);
	});
});

describe('a new node', () => {
	it('reads an instance, simplified, with no option set', () => {
		expect(filledIn({})).toEqual({
			resource: 'instance',
			operation: 'get',
			instanceCode: '',
			simplify: true,
			options: {},
		});
	});

	it('takes for a copy everything but the recipients from the incoming item', () => {
		expect(filledIn({ operation: 'cc' })).toEqual({
			resource: 'instance',
			operation: 'cc',
			ccUserIds: '',
			userIdType: 'open_id',
			approvalCode: '={{ $json.approval_code }}',
			instanceCode: '={{ $json.instance_code }}',
			userId: '={{ $json.open_id }}',
			options: {},
		});
	});

	it.each([
		['get', ['instanceCode']],
		['cc', ['ccUserIds', 'approvalCode', 'instanceCode', 'userId']],
	])('marks the fields that "%s" cannot do without', (operation, names) => {
		const required = shown({ operation }).filter((field) => field.required === true);
		expect(required.map(({ name }) => name)).toEqual(names);
	});
});

describe('the options', () => {
	const defaults = (operation: string) =>
		Object.fromEntries(options(operation).map((option) => [option.name, option.default]));
	const values = (operation: string, name: string) =>
		options(operation)
			.find((option) => option.name === name)
			?.options?.map((option) => ('value' in option ? option.value : undefined));

	it('of Get Instance', () => {
		expect(defaults('get')).toEqual({
			concurrency: 10,
			locale: 'zh-CN',
			nestedMutableGroup: false,
			userId: '',
			userIdType: 'open_id',
		});
	});

	it('of CC Instance', () => {
		expect(defaults('cc')).toEqual({ combine: false, comment: '', skipAlreadyCopied: false });
	});

	it('offer the three kinds of user ID', () => {
		const kinds = ['open_id', 'union_id', 'user_id'];
		const ofCc = shown({ operation: 'cc' }).find(({ name }) => name === 'userIdType');
		expect(values('get', 'userIdType')).toEqual(kinds);
		expect(ofCc?.options).toEqual(kinds.map((value) => expect.objectContaining({ value })));
	});

	it('offer the 16 languages of Feishu', () => {
		const languages =
			'zh-CN zh-HK zh-TW en-US fr-FR de-DE id-ID it-IT ja-JP ko-KR ms-MY pt-BR ru-RU es-ES th-TH vi-VN';
		expect(values('get', 'locale')).toEqual(languages.split(' '));
	});
});
