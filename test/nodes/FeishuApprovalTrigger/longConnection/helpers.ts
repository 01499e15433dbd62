/* eslint-disable @n8n/community-nodes/no-restricted-imports -- tests, not nodes */
import 'reflect-metadata';

import { TriggerContext } from 'n8n-core';
import {
	Workflow,
	type INode,
	type INodeTypes,
	type ITriggerFunctions,
	type IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';

import { Start } from '../../../engine/nodes';

/** What n8n lends to a trigger node; nobody takes what it emits. */
export function triggerFunctions(): ITriggerFunctions {
	const node: INode = {
		id: '1',
		name: 'Trigger',
		type: 'start',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
	};
	const type = new Start();
	const nodeTypes: INodeTypes = {
		getByName: () => type,
		getByNameAndVersion: () => type,
		getKnownTypes: () => ({}),
	};
	const workflow = new Workflow({
		id: '1',
		nodes: [node],
		connections: {},
		active: true,
		nodeTypes,
	});
	const none = (() => undefined) as never;
	return new TriggerContext(
		workflow,
		node,
		{} as IWorkflowExecuteAdditionalData,
		'trigger',
		'activate',
		none,
		none,
		none,
		{} as never,
	);
}
