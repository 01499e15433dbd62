/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import 'reflect-metadata';

import { ExecuteContext, RoutingNode } from 'n8n-core';
import {
	createRunExecutionData,
	LoggerProxy,
	NodeConnectionTypes,
	Workflow,
	type ICredentialsDecrypted,
	type ICredentialTestRequest,
	type IDataObject,
	type INode,
	type INodeType,
} from 'n8n-workflow';

import { CREDENTIAL_ID, type Engine } from './engine';

const TYPE = 'feishuAppApi';
const NO_OP = 'n8n-nodes-base.noOp';

/** What the editor shows once a credential was saved. */
export interface Verdict {
	status: 'OK' | 'Error';
	message: string;
	/** What n8n caught and logged, if the request threw. */
	thrown?: unknown;
}

/** As much of a thrown error as n8n looks at. */
interface Thrown extends Error {
	cause?: { code?: string; response?: { status: number; statusText?: string } };
}

/**
 * Tests the stored credential as n8n does when a builder saves it: a node that does nothing sends
 * the request of the type's `test`, then the rules are looked at in order. A rule that matches means
 * that the test did not pass; rules about the status count only where the request threw.
 */
export async function testCredential(engine: Engine, id = CREDENTIAL_ID): Promise<Verdict> {
	const { test } = engine['loader'].getCredential(TYPE).type;
	if (test === undefined) throw new Error('This type has no test');
	const details = { id, name: 'Feishu' };
	try {
		const data = await engine.credentials.getDecrypted(engine.additionalData(), details, TYPE);
		return judged(test, await answerTo(engine, test, { ...details, type: TYPE, data }));
	} catch (error) {
		// n8n's logger prints the properties of what it is given.
		LoggerProxy.debug('Credential test failed', { ...(error as Error) });
		return { ...refused(test, error as Thrown), thrown: error };
	}
}

async function answerTo(
	engine: Engine,
	{ request }: ICredentialTestRequest,
	credential: ICredentialsDecrypted,
): Promise<IDataObject> {
	const node: INode = {
		id: 'temp',
		name: 'Temp-Node',
		type: NO_OP,
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
		credentials: { [TYPE]: { id: credential.id, name: credential.name } },
	};
	const nodeType: INodeType = {
		description: {
			displayName: 'No Operation, do nothing',
			name: NO_OP,
			group: ['organization'],
			version: 1,
			description: 'No Operation',
			defaults: { name: 'No Operation, do nothing' },
			inputs: [NodeConnectionTypes.Main],
			outputs: [NodeConnectionTypes.Main],
			credentials: [{ name: TYPE, required: true }],
			properties: [
				{ displayName: 'Temp', name: 'temp', type: 'string', routing: { request }, default: '' },
			],
		},
	};
	const workflow = new Workflow({
		nodes: [node],
		connections: {},
		active: false,
		nodeTypes: {
			getByName: () => nodeType,
			getByNameAndVersion: () => nodeType,
			getKnownTypes: () => ({}),
		},
	});
	const context = new ExecuteContext(
		workflow,
		node,
		engine.additionalData(),
		'internal',
		createRunExecutionData({}),
		0,
		[],
		{ main: [[{ json: {} }]] },
		{ node, data: {}, source: null },
		[],
	);
	const answer = await new RoutingNode(context, nodeType, credential).runNode();
	return answer?.[0]?.[0]?.json ?? {};
}

function judged({ rules = [] }: ICredentialTestRequest, answer: IDataObject): Verdict {
	for (const rule of rules) {
		if (rule.type !== 'responseSuccessBody') continue;
		const { key, value, message } = rule.properties;
		if (at(answer, key) === value) return { status: 'Error', message };
	}
	return { status: 'OK', message: 'Connection successful!' };
}

function at(answer: unknown, path: string): unknown {
	return path
		.split('.')
		.reduce((value, key) => (value as IDataObject | undefined | null)?.[key], answer);
}

function refused({ rules = [] }: ICredentialTestRequest, error: Thrown): Verdict {
	const { response, code } = error.cause ?? {};
	if (response !== undefined) {
		const { status, statusText } = response;
		for (const rule of rules) {
			if (rule.type === 'responseCode' && rule.properties.value === status) {
				return { status: 'Error', message: rule.properties.message };
			}
		}
		if (status < 199 || status > 299) {
			return { status: 'Error', message: statusText || `Received HTTP status code: ${status}` };
		}
	} else if (code) {
		return { status: 'Error', message: code };
	}
	return { status: 'Error', message: error.message };
}
