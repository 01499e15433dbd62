/* eslint-disable @n8n/community-nodes/no-restricted-imports -- tests, not nodes */
import 'reflect-metadata';

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises';
import {
	ExecuteContext,
	HookContext,
	TriggerContext,
	WebhookContext,
	type ExecutionLifecycleHooks,
} from 'n8n-core';
import {
	createRunExecutionData,
	NodeHelpers,
	Workflow,
	type IDataObject,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type INodeType,
	type INodeTypes,
	type ITriggerFunctions,
	type ITriggerResponse,
	type IWorkflowExecuteAdditionalData,
	type WorkflowActivateMode,
	type WorkflowExecuteMode,
} from 'n8n-workflow';

import { CREDENTIAL_ID, Engine } from './engine';

type Emit = ITriggerFunctions['emit'];

/** A workflow that begins with the trigger. */
export interface Flow {
	id?: string;
	parameters: INodeParameters;
}

/** A run that was written. */
export interface Run {
	workflow: string;
	json: IDataObject;
	key?: string;
}

/** How n8n behaves. */
export interface HostOptions {
	/** Older versions know no key. */
	knowsKeys?: boolean;
	/** How long a run that was written waits for its turn (ms). */
	waitMs?: number;
	/** How long a run takes once it has begun (ms). */
	runMs?: number;
	/** Makes the next load of the package begin without any memory; default: as jest does it. */
	forgetPackage?: () => void;
}

/**
 * Plays what n8n does around a trigger node, with n8n-core's own contexts: it publishes workflows,
 * writes runs (equal keys once), hands requests to `webhook()`, and listens for test events. What is
 * not played is proved in a real n8n (test/e2e).
 */
export class TriggerHost {
	readonly runs: Run[] = [];
	/** Runs of webhooks whose answer n8n itself was to give. */
	readonly errors: string[] = [];
	readonly log: string[] = [];
	/** Throws instead of writing a run. */
	isDatabaseLocked = false;
	/** How long it takes n8n to write a run, or to find out that it cannot (ms). */
	writeMs = 0;
	/** A run cannot tell another process that it has begun. */
	isRelayDown = false;
	waitMs: number;
	url = '';
	private readonly keys = new Set<string>();
	private readonly published = new Map<
		string,
		{ workflow: Workflow; response: ITriggerResponse }
	>();
	private readonly server = createServer((request, response) => void this.take(request, response));
	/** What n8n keeps of a workflow over restarts. */
	readonly staticData = new Map<string, IDataObject>();

	constructor(
		private engine: Engine,
		private readonly options: HostOptions = {},
	) {
		this.waitMs = options.waitMs ?? 0;
	}

	async listen(): Promise<void> {
		await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
		this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
	}

	async close(): Promise<void> {
		for (const id of [...this.published.keys()]) await this.stop(id);
		this.server.closeAllConnections();
		await new Promise((resolve) => this.server.close(resolve));
	}

	/** Publishes a workflow; throws as the node does. */
	async publish(
		{ id = 'workflow1', parameters }: Flow,
		activation: WorkflowActivateMode = 'activate',
	): Promise<void> {
		const workflow = this.workflow(id, parameters);
		const response = await this.trigger(workflow, 'trigger', this.emitFor(workflow), activation);
		this.published.set(id, { workflow, response });
	}

	/** Stops listening, as when n8n ends. */
	async stop(id = 'workflow1'): Promise<void> {
		await this.published.get(id)?.response.closeFunction?.();
		this.published.delete(id);
	}

	/** Stops listening because somebody unpublished the workflow. */
	async unpublish(id = 'workflow1'): Promise<void> {
		const { workflow } = this.published.get(id)!;
		await this.stop(id);
		await this.deleteWebhook(workflow);
	}

	/** What n8n does with the webhook of a workflow that it stops, or could not publish. */
	async deleteWebhookOf({ id = 'workflow1', parameters }: Flow): Promise<void> {
		await this.deleteWebhook(this.workflow(id, parameters));
	}

	/** From now on requests come to a process that starts no runs and knows only what n8n stored. */
	async webhookProcess(flow: Flow): Promise<void> {
		await this.loadAnew();
		this.keepAnswering(flow);
	}

	/** Requests go on to come to a workflow that listens no more, or not yet. */
	keepAnswering({ id = 'workflow1', parameters }: Flow): void {
		this.published.set(id, { workflow: this.workflow(id, parameters), response: {} });
	}

	/** Forgets the runs, as n8n does when it deletes them. */
	forget(): void {
		this.runs.length = 0;
		this.keys.clear();
	}

	/** Ends n8n and starts it again: what was stored stays, what was remembered does not. */
	async restart(flow: Flow): Promise<void> {
		for (const id of [...this.published.keys()]) await this.stop(id);
		await this.loadAnew();
		await this.publish(flow, 'init');
	}

	private async loadAnew(): Promise<void> {
		const { forgetPackage = () => void jest.resetModules() } = this.options;
		forgetPackage();
		const { credentials } = this.engine;
		this.engine = Object.assign(await Engine.load(), { credentials });
	}

	/** Runs the workflow in the editor, which begins with listening for one event; `stop` gives up. */
	async test({ id = 'workflow1', parameters }: Flow) {
		const workflow = this.workflow(id, parameters);
		const cancel = new AbortController();
		let items: Promise<INodeExecutionData[][]> | undefined;
		// The node says how to end it as soon as it listens.
		await new Promise<void>((resolve, reject) => {
			const onEnd = (end: () => unknown) => {
				cancel.signal.addEventListener('abort', end);
				resolve();
			};
			items = this.execute(workflow, 'manual', {}, this.additionalData(), cancel.signal, onEnd);
			items.catch(reject);
		});
		const event = items!.then((items) => items[0]?.[0]?.json);
		const stop = async () => {
			cancel.abort();
			await items;
			await this.deleteWebhook(workflow);
		};
		if (!this.published.has(id)) this.published.set(id, { workflow, response: {} });
		return { event, stop };
	}

	/** What a run in the editor gives out that begins with an event that a test URL has taken. */
	async runTaken({ id = 'workflow1', parameters }: Flow, json: IDataObject): Promise<unknown> {
		return await this.execute(this.workflow(id, parameters), 'manual', json);
	}

	/** Runs the trigger's own node, the first one of a run. */
	private async execute(
		workflow: Workflow,
		mode: WorkflowExecuteMode,
		json: IDataObject,
		additionalData = this.additionalData(),
		signal?: AbortSignal,
		onExecutionCancellation: (end: () => unknown) => void = () => undefined,
	): Promise<INodeExecutionData[][]> {
		const node = workflow.getNode('Trigger')!;
		const data = { main: [[{ json }]] };
		const context = new ExecuteContext(
			workflow,
			node,
			additionalData,
			mode,
			createRunExecutionData({}),
			0,
			data.main[0],
			data,
			{ node, data, source: null },
			[],
			signal,
		);
		Object.defineProperty(context, 'onExecutionCancellation', { value: onExecutionCancellation });
		const items = await this.nodeType().execute!.call(this.logged(context));
		return items as INodeExecutionData[][];
	}

	private async trigger(
		workflow: Workflow,
		mode: WorkflowExecuteMode,
		emit: Emit,
		activation: WorkflowActivateMode,
	) {
		const node = workflow.getNode('Trigger')!;
		const refused = (error: Error) => void this.errors.push(error.message);
		const context = new TriggerContext(
			workflow,
			node,
			this.additionalData(),
			mode,
			activation,
			emit,
			refused,
			refused,
			{} as never,
		);
		return (await this.nodeType().trigger!.call(this.logged(context)))!;
	}

	private async deleteWebhook(workflow: Workflow): Promise<void> {
		const node = workflow.getNode('Trigger')!;
		const context = new HookContext(workflow, node, this.additionalData(), 'internal', 'update');
		await this.nodeType().webhookMethods!.default!.delete.call(this.logged(context));
	}

	/**
	 * As n8n hands runs over: written a moment later; when its turn comes, the first node tells what
	 * is to be told, and the end of the run is told by the promise.
	 */
	private emitFor(workflow: Workflow): Emit {
		const write = async (json: IDataObject, key?: string, begun?: Parameters<Emit>[1]) => {
			await nextTurn();
			if (this.writeMs > 0) await wait(this.writeMs, undefined, { ref: false });
			if (this.isDatabaseLocked) throw new Error('SQLITE_BUSY: database is locked');
			if (key !== undefined && this.keys.has(key)) return;
			if (key !== undefined) this.keys.add(key);
			this.runs.push({ workflow: workflow.id, json, key });
			if (this.waitMs > 0) await wait(this.waitMs, undefined, { ref: false });
			const additionalData = this.additionalData();
			const hooks = additionalData.hooks as ExecutionLifecycleHooks;
			hooks.addHandler('sendResponse', (response) => {
				if (this.isRelayDown) throw new Error('the relay is down');
				begun?.resolve(response);
			});
			await this.execute(workflow, 'trigger', json, additionalData);
			await wait(this.options.runMs ?? 0, undefined, { ref: false });
		};
		if (this.options.knowsKeys === false) {
			// As many parameters as n8n had then.
			const emit = (data: Parameters<Emit>[0]) => void write(data[0][0].json);
			return Object.defineProperty(emit, 'length', { value: 3 }) as Emit;
		}
		return ((data, begun, done, key) => {
			write(data[0][0].json, key as string, begun).then(
				() => done?.resolve(undefined as never),
				(error: Error) => done?.reject(error),
			);
		}) as Emit;
	}

	/** A request to `/<workflow>`, or `/test/<workflow>` for the test URL. */
	private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const pieces: Buffer[] = [];
		for await (const piece of request) pieces.push(piece as Buffer);
		const [, ...path] = (request.url ?? '/').split('/');
		const isTest = path[0] === 'test';
		const known = this.published.get(path[isTest ? 1 : 0]);
		if (known === undefined) return void response.writeHead(404).end();
		const { workflow } = known;
		const httpRequest = Object.assign(request, { rawBody: Buffer.concat(pieces), body: {} });
		const httpResponse = Object.assign(response, {
			status(code: number) {
				response.statusCode = code;
				return httpResponse;
			},
			send: (text: string) => response.end(text),
		});
		const additionalData = { ...this.additionalData(), httpRequest, httpResponse };
		const context = new WebhookContext(
			workflow,
			workflow.getNode('Trigger')!,
			additionalData as never,
			isTest ? 'manual' : 'webhook',
			{ webhookDescription: { name: 'default' } } as never,
			[],
			null,
		);
		try {
			const data = await this.nodeType().webhook!.call(this.logged(context));
			for (const items of data.workflowData ?? []) {
				for (const { json } of items) this.runs.push({ workflow: workflow.id, json });
			}
			if (data.noWebhookResponse !== true) {
				response.writeHead(200, { 'content-type': 'application/json' });
				response.end(JSON.stringify(data.webhookResponse));
			}
		} catch (error) {
			this.errors.push((error as Error).message);
			response.writeHead(500).end();
		}
	}

	private nodeType(): INodeType {
		return this.engine.nodeType('feishuApprovalTrigger');
	}

	private workflow(id: string, parameters: INodeParameters): Workflow {
		const type = this.nodeType();
		const node: INode = {
			id: 'node1',
			name: 'Trigger',
			type: 'feishuApprovalTrigger',
			typeVersion: 2,
			position: [0, 0],
			parameters: NodeHelpers.getNodeParameters(
				type.description.properties,
				parameters,
				true,
				false,
				null,
				type.description,
			)!,
			credentials: { feishuAppApi: { id: CREDENTIAL_ID, name: 'Feishu' } },
		};
		const nodeTypes: INodeTypes = {
			getByName: () => type,
			getByNameAndVersion: () => type,
			getKnownTypes: () => ({}),
		};
		const staticData = this.staticData.get(id) ?? {};
		const workflow = new Workflow({
			id,
			nodes: [node],
			connections: {},
			active: true,
			nodeTypes,
			staticData,
		});
		this.staticData.set(id, workflow.staticData);
		return workflow;
	}

	private additionalData(): IWorkflowExecuteAdditionalData {
		return this.engine.additionalData();
	}

	private logged<T extends object>(context: T): T {
		const note = (text: string) => void this.log.push(text);
		const logger = { info: note, warn: note, error: note, debug: note };
		return Object.defineProperty(context, 'logger', { value: logger });
	}
}
