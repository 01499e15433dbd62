/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import 'reflect-metadata';

import {
	ExecutionLifecycleHooks,
	LoadOptionsContext,
	PackageDirectoryLoader,
	WorkflowExecute,
} from 'n8n-core';
import {
	createRunExecutionData,
	NodeConnectionTypes,
	NodeHelpers,
	Workflow,
	type Failure,
	type ICredentialDataDecryptedObject,
	type IConnections,
	type IDataObject,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type INodeType,
	type INodeTypes,
	type IRun,
	type IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';
import { resolve } from 'node:path';

import { CredentialStore } from './credentialStore';
import { Agent, asTool, LegacyRequest, Sink, Start, Thrice } from './nodes';

const PACKAGE = resolve(__dirname, '../..');
const OWN_NODES: Record<string, INodeType> = {
	start: new Start(),
	'n8n-nodes-base.manualTrigger': new Start(),
	sink: new Sink(),
	legacyRequest: new LegacyRequest(),
	thrice: new Thrice(),
	agent: new Agent(),
};

export const NODE = 'n8n-nodes-feishu-approval.feishuApproval';
/** The same node as a tool for agents. */
export const TOOL = `${NODE}Tool`;
export const CREDENTIAL_ID = 'credential1';

/** A node of a workflow to run, connected one after the other unless `connections` says otherwise. */
export interface Step extends Pick<INode, 'retryOnFail' | 'maxTries' | 'waitBetweenTries'> {
	name: string;
	type?: string;
	parameters?: INodeParameters;
	onError?: INode['onError'];
}

/** What came of a run. */
export interface Outcome {
	run: IRun;
	/** Items that a node gave out, by name and output. */
	items(name: string, output?: number): INodeExecutionData[];
	/** The data of these items. */
	json(name: string, output?: number): IDataObject[];
	/** The error that ended the run. */
	error:
		| (Error & {
				description?: string;
				httpCode?: string;
				context?: IDataObject;
				failure?: Failure;
		  })
		| undefined;
}

/** A run under way. */
export interface Running {
	outcome: Promise<Outcome>;
	cancel(): void;
}

/** n8n's own engine with the built package and a credential store of its own. */
/** An item; one with files is given whole. */
const asItem = (item: IDataObject): INodeExecutionData =>
	'binary' in item && 'json' in item ? (item as unknown as INodeExecutionData) : { json: item };

export class Engine {
	readonly credentials: CredentialStore;
	/** Executions so far: each has a number of its own, a retried one too. */
	private executions = 0;

	private constructor(private readonly loader: PackageDirectoryLoader) {
		this.credentials = new CredentialStore((name) => this.loader.getCredential(name).type);
	}

	/** Loads the built package the way n8n does. */
	static async load(): Promise<Engine> {
		const loader = new PackageDirectoryLoader(PACKAGE);
		await loader.loadAll();
		return new Engine(loader);
	}

	/** Stores a credential as the editor would. */
	setCredential(data: ICredentialDataDecryptedObject, id = CREDENTIAL_ID): void {
		this.credentials.rows.set(id, { ...this.credentials.rows.get(id), ...data });
	}

	/** The stored credential, hidden fields included. */
	credential(id = CREDENTIAL_ID): ICredentialDataDecryptedObject {
		return this.credentials.rows.get(id) ?? {};
	}

	/** The node type as n8n sees it. */
	nodeType(name = 'feishuApproval'): INodeType {
		return this.loader.getNode(name).type as INodeType;
	}

	/** Runs a workflow to its end. */
	async run(
		steps: Step[],
		input: IDataObject[] = [{}],
		connections?: IConnections,
	): Promise<Outcome> {
		return await this.start(steps, input, connections).outcome;
	}

	/** Starts a workflow; it can be cancelled while it runs. */
	start(steps: Step[], input: IDataObject[] = [{}], connections?: IConnections): Running {
		const all: Step[] = [{ name: 'Start', type: 'start' }, ...steps];
		return this.startWorkflow(nodesOf(all), connections ?? chain(all), input);
	}

	/**
	 * Retries an execution that ended with an error as n8n's Retry button does: a new execution, in
	 * mode `retry`, goes on from the failed node with what the first one has stored. `steps` may
	 * differ, as with "retry with currently saved workflow".
	 */
	async retry(steps: Step[], { run }: Outcome, connections?: IConnections): Promise<Outcome> {
		const all: Step[] = [{ name: 'Start', type: 'start' }, ...steps];
		// What n8n stores is JSON.
		const { resultData, executionData } = JSON.parse(JSON.stringify(run.data)) as IRun['data'];
		const failed = resultData.lastNodeExecuted ?? '';
		delete resultData.error;
		resultData.runData[failed]?.pop();
		const workflow = this.workflow(nodesOf(all), connections ?? chain(all));
		for (const entry of executionData?.nodeExecutionStack ?? []) {
			entry.node = workflow.getNode(entry.node.name) ?? entry.node;
		}
		const data = createRunExecutionData({ resultData, executionData: executionData ?? {} });
		const execution = new WorkflowExecute(this.additionalData(), 'retry', data);
		return outcomeOf(await execution.processRunExecutionData(workflow));
	}

	/** Starts a workflow as it stands in a file; its first node gives out `input`. */
	startWorkflow(nodes: INode[], connections: IConnections, input: IDataObject[] = [{}]): Running {
		const workflow = this.workflow(nodes, connections);
		const runExecutionData = createRunExecutionData({
			executionData: {
				nodeExecutionStack: [{ node: nodes[0], data: { main: [input.map(asItem)] }, source: null }],
			},
		});
		const execution = new WorkflowExecute(this.additionalData(), 'trigger', runExecutionData);
		const promise = execution.processRunExecutionData(workflow);
		return { outcome: promise.then(outcomeOf), cancel: () => promise.cancel() };
	}

	/** What n8n hands to a method that fills the panel of a node, with the fields as they stand there. */
	panel(parameters: INodeParameters): LoadOptionsContext {
		const workflow = this.workflow(nodesOf([{ name: 'Node', parameters }]), {});
		const additionalData = { ...this.additionalData(), currentNodeParameters: parameters };
		const node = workflow.getNode('Node')!;
		return new LoadOptionsContext(workflow, node, additionalData, 'parameters');
	}

	private workflow(nodes: INode[], connections: IConnections): Workflow {
		const credentials = { feishuAppApi: { id: CREDENTIAL_ID, name: 'Feishu' } };
		return new Workflow({
			id: 'workflow1',
			nodes: nodes.map((node) => ({ ...node, credentials })),
			connections,
			active: false,
			nodeTypes: this.nodeTypes(),
		});
	}

	private nodeTypes(): INodeTypes {
		const getByName = (name: string) =>
			name === TOOL
				? asTool(this.nodeType())
				: (OWN_NODES[name] ?? this.loader.getNode(name.split('.').pop() ?? '').type);
		return {
			getByName,
			getByNameAndVersion: (name, version) =>
				NodeHelpers.getVersionedNodeType(getByName(name), version),
			getKnownTypes: () => ({}),
		};
	}

	/** What n8n hands to every node of an execution. */
	additionalData(): IWorkflowExecuteAdditionalData {
		const url = 'http://127.0.0.1:5678';
		const workflowData = { id: 'workflow1', name: 'Test', nodes: [], connections: {} };
		return {
			credentialsHelper: this.credentials,
			hooks: new ExecutionLifecycleHooks('trigger', '1', workflowData as never),
			executionId: String(++this.executions),
			variables: {},
			currentNodeExecutionIndex: 0,
			restApiUrl: url,
			instanceBaseUrl: url,
			formWaitingBaseUrl: url,
			webhookBaseUrl: url,
			webhookWaitingBaseUrl: url,
			webhookTestBaseUrl: url,
			setExecutionStatus() {},
		} as unknown as IWorkflowExecuteAdditionalData;
	}
}

function nodesOf(steps: Step[]): INode[] {
	return steps.map(({ name, type = NODE, parameters = {}, ...settings }, index): INode => ({
		id: String(index),
		name,
		type,
		typeVersion: 1,
		position: [0, 0],
		parameters,
		...settings,
	}));
}

/** Connections that lead from each node to the next. */
function chain(steps: Step[]): IConnections {
	return Object.fromEntries(
		steps
			.slice(0, -1)
			.map(({ name }, index) => [
				name,
				{ main: [[{ node: steps[index + 1].name, type: NodeConnectionTypes.Main, index: 0 }]] },
			]),
	);
}

function outcomeOf(run: IRun): Outcome {
	const { runData, error } = run.data.resultData;
	const items = (name: string, output = 0) => runData[name]?.[0].data?.main[output] ?? [];
	return {
		run,
		items,
		json: (name, output) => items(name, output).map(({ json }) => json),
		error: error as Outcome['error'],
	};
}
