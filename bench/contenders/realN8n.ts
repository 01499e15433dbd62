/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a program for a terminal */
import type { IDataObject } from 'n8n-workflow';
import { createRequire } from 'node:module';
import { setTimeout as wait } from 'node:timers/promises';

import { CURRENT, installN8n } from '../../test/e2e/install';
import { Instance } from '../../test/e2e/instance';
import { Session } from '../../test/e2e/owner';
import type { Contender, Done } from './contender';
import { credentialOf, wrong } from './ours';
import { receivers, receiverWorkflows, type Receiver } from './receivers';
import { BATCHED_IN_N8N, HTTP_IN_N8N, idOf, OURS_IN_N8N, workflowsFor } from './workflows';

/** After a run, until n8n has nothing to do any more: the next one is not to pay for it (ms). */
const SETTLING_MS = 150;

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

/** Somebody who lists the codes of a period (epoch ms). */
export interface Finder {
	name: string;
	find(period: { start: number; end: number }): Promise<{ ms: number; codes: string[] }>;
}

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
		const workflows = workflowsFor(baseUrl);
		await n8n.importWorkflows([...workflows, ...receiverWorkflows()]);
		await n8n.importCredentials(
			...[OURS_IN_N8N, HTTP_IN_N8N, BATCHED_IN_N8N].map((name) => ({
				id: idOf(name),
				name,
				type: 'feishuAppApi',
				data: credentialOf(name, baseUrl),
			})),
			...receivers(n8n.url).map(({ name, id, keys }) => ({
				id,
				name,
				type: 'feishuAppApi',
				data: { ...credentialOf(name, baseUrl), ...keys },
			})),
		);
		await n8n.start();
		const session = await Session.open(n8n);
		for (const { id } of workflows) await publish(session, id);
		// What n8n stores of an execution is packed by this library.
		const { parse } = createRequire(installed.n8n)('flatted') as typeof JSON;
		return new RealN8n(n8n, session, parse);
	}

	/** Those that take events, once their workflows are published. */
	get receivers(): Receiver[] {
		return receivers(this.n8n.url);
	}

	/** Publishes the workflows that take events; the platform has to know their apps. */
	async startReceiving(): Promise<void> {
		for (const { id } of receiverWorkflows()) {
			await publish(this.session, id);
			const path = `/rest/workflows/${id}/publication-status`;
			while ((await this.session.get<{ status: string }>(path)).status !== 'published') {
				await wait(100);
			}
		}
	}

	/** This package, and what a builder would use instead. */
	get contenders(): Contender[] {
		return [this.contender(HTTP_IN_N8N, 'http'), this.contender(OURS_IN_N8N, 'ours')];
	}

	/** The HTTP Request node, slowed down by hand. */
	get batched(): Contender {
		return this.contender(BATCHED_IN_N8N, 'batched');
	}

	/** What lists the codes of a period: this package, and the HTTP Request node with its pagination. */
	get finders(): Finder[] {
		return [this.finder(HTTP_IN_N8N, 'http-many'), this.finder(OURS_IN_N8N, 'ours-many')];
	}

	private finder(name: string, id: string): Finder {
		return {
			name,
			find: async (period) => {
				const { ms, out } = await this.measure(id, [{ ...period }]);
				return { ms, codes: out.flatMap(codesIn) };
			},
		};
	}

	async stop(): Promise<void> {
		await this.n8n.stop();
	}

	private contender(name: string, id: string): Contender {
		return {
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
		};
	}

	private async run(id: string, items: IDataObject[], codes: string[]): Promise<Done> {
		const { ms, out } = await this.measure(id, items);
		return {
			ms,
			failed: wrong(
				out.map((json, index) => inItem(json, codes[index])),
				codes,
			),
		};
	}

	/** Runs a workflow; what is timed is the node under measure alone. */
	private async measure(
		id: string,
		items: IDataObject[],
	): Promise<{ ms: number; out: IDataObject[] }> {
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
		return { ms: node.executionTime, out: node.data?.main[0].map(({ json }) => json) ?? [] };
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

async function publish(session: Session, id: string): Promise<void> {
	const path = `/rest/workflows/${id}`;
	const { versionId } = await session.get<{ versionId: string }>(path);
	await session.post(`${path}/activate`, { versionId });
}

/** What Feishu itself answered, as this package would give it out: a copy's answer names nothing. */
function inItem(json: IDataObject, code: string): IDataObject {
	if (json.code !== 0) return json;
	return { instance_code: code, ...(json.data as IDataObject) };
}

/** The codes in an item of a list: an item for each code, or the answer for each page. */
function codesIn({ instance_code: code, data }: IDataObject): string[] {
	if (code !== undefined) return [String(code)];
	const { instance_code_list: codes = [] } = (data ?? {}) as { instance_code_list?: string[] };
	return codes;
}
