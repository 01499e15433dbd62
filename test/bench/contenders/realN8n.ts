/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a program for a terminal */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { createRequire } from 'node:module';
import { setTimeout as wait } from 'node:timers/promises';

import { CURRENT, installN8n } from '../../e2e/install';
import { Instance } from '../../e2e/instance';
import { Session } from '../../e2e/owner';
import { FEISHU, workflow, type WorkflowNode } from '../../e2e/workflows';
import type { Contender, Done } from './contender';
import { CC, credentialOf, GET, wrong } from './ours';

/** After a run, until n8n has nothing to do any more: the next one is not to pay for it (ms). */
const SETTLING_MS = 150;

/** The names of the two contenders that a real n8n runs. */
export const OURS_IN_N8N = 'this package, real n8n';
export const HTTP_IN_N8N = 'HTTP Request node, real n8n';

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

interface Execution {
	id: string;
	status: string;
	data?: string;
}

interface RunData {
	resultData: {
		error?: { message: string };
		runData: Record<
			string,
			Array<{ executionTime: number; data?: { main: Array<Array<{ json: IDataObject }>> } }>
		>;
	};
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
function httpRequest(baseUrl: string, path: string, parameters: INodeParameters): WorkflowNode {
	return measured(HTTP_IN_N8N, 'n8n-nodes-base.httpRequest', {
		url: `=${baseUrl}/open-apis/approval/v4/instances/${path}`,
		authentication: 'predefinedCredentialType',
		nodeCredentialType: 'feishuAppApi',
		...parameters,
	});
}

const idOf = (name: string) => name.replace(/\W/g, '').slice(0, 20);

/** A real n8n that runs, with one workflow for each thing to measure. */
export class RealN8n {
	private constructor(
		private readonly n8n: Instance,
		private readonly session: Session,
		private readonly parse: (text: string) => unknown,
	) {}

	static async start(baseUrl: string, say: (line: string) => void): Promise<RealN8n> {
		const installed = await installN8n(CURRENT, say);
		const n8n = await Instance.prepare(installed, 'bench');
		const workflows = [
			behindWebhook('ours-get', measured(OURS_IN_N8N, FEISHU, GET)),
			behindWebhook('ours-cc', measured(OURS_IN_N8N, FEISHU, CC)),
			behindWebhook('http-get', httpRequest(baseUrl, '{{ $json.code }}', {})),
			behindWebhook('http-cc', httpRequest(baseUrl, 'cc?user_id_type=open_id', HTTP_CC)),
		];
		await n8n.importWorkflows(workflows);
		await n8n.importCredentials(
			...[OURS_IN_N8N, HTTP_IN_N8N].map((name) => ({
				id: idOf(name),
				name,
				type: 'feishuAppApi',
				data: credentialOf(name, baseUrl),
			})),
		);
		await n8n.start();
		const session = await Session.open(n8n);
		for (const { id } of workflows) {
			const path = `/rest/workflows/${id}`;
			const { versionId } = await session.get<{ versionId: string }>(path);
			await session.post(`${path}/activate`, { versionId });
		}
		// What n8n stores of an execution is packed by this library.
		const { parse } = createRequire(installed.n8n)('flatted') as typeof JSON;
		return new RealN8n(n8n, session, parse);
	}

	/** This package, and what a builder would use instead. */
	get contenders(): Contender[] {
		const contender = (name: string, id: string): Contender => ({
			name,
			get: async (codes) =>
				await this.run(
					`${id}-get`,
					codes.map((code) => ({ code })),
					codes,
				),
			cc: async (copies) =>
				await this.run(
					`${id}-cc`,
					copies.map((copy) => ({ ...copy })),
					copies.map(({ instanceCode }) => instanceCode),
				),
		});
		return [contender(HTTP_IN_N8N, 'http'), contender(OURS_IN_N8N, 'ours')];
	}

	async stop(): Promise<void> {
		await this.n8n.stop();
	}

	/** Runs a workflow; what is timed is the node under measure alone. */
	private async run(id: string, items: IDataObject[], codes: string[]): Promise<Done> {
		const answer = await fetch(`${this.n8n.url}/webhook/${id}`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ items }),
		});
		await answer.text();
		const { runData, error } = (await this.lastRun(id)).resultData;
		await wait(SETTLING_MS);
		const [node] = runData.Measured ?? [];
		if (node === undefined) throw new Error(`${id} did not run: ${error?.message}`);
		const out = node.data?.main[0].map(({ json }, index) => inItem(json, codes[index])) ?? [];
		return { ms: node.executionTime, failed: wrong(out, codes) };
	}

	private async lastRun(id: string): Promise<RunData> {
		const query = new URLSearchParams({ filter: JSON.stringify({ workflowId: id }), limit: '1' });
		for (;;) {
			const { results } = await this.session.get<{ results: Execution[] }>(
				`/rest/executions?${query}`,
			);
			const [last] = results;
			if (last !== undefined && ['success', 'error'].includes(last.status)) {
				const { data } = await this.session.get<Execution>(`/rest/executions/${last.id}`);
				return this.parse(data ?? '') as RunData;
			}
			await wait(50);
		}
	}
}

/** What Feishu itself answered, as this package would give it out: a copy's answer names nothing. */
function inItem(json: IDataObject, code: string): IDataObject {
	if (json.code !== 0) return json;
	return { instance_code: code, ...(json.data as IDataObject) };
}
