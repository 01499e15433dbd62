/* eslint-disable @n8n/community-nodes/no-hardcoded-secrets, @n8n/community-nodes/no-restricted-imports -- made up, for an n8n that only this machine can reach */
import type { IDataObject } from 'n8n-workflow';
import { setTimeout as wait } from 'node:timers/promises';

import { executionOf, unflatten, type Execution } from './execution';

/** The one who signs in to an instance that these scripts have set up. */
export const OWNER = {
	email: 'owner@example.com',
	firstName: 'Ada',
	lastName: 'Owner',
	password: 'Sandbox-only-2026',
};

/** An execution as n8n keeps it. */
interface Stored {
	status: string;
	data: string;
}

/** An execution that has ended. */
export interface Finished extends Execution {
	id: string;
}

/** What n8n calls an execution that has not ended. */
export const UNDER_WAY = ['new', 'running', 'waiting'];
const RAN = { startTime: 0, executionTime: 0, executionIndex: 0, source: [] };

/** Calls n8n's own REST API as the owner. */
export class Session {
	private constructor(
		private readonly url: string,
		private readonly cookie: string,
	) {}

	/** Signs in to a running instance; the first time the owner is set up. */
	static async open(n8n: { url: string }): Promise<Session> {
		const setUp = await send(`${n8n.url}/rest/owner/setup`, OWNER);
		const { email, password } = OWNER;
		const answer = setUp.ok
			? setUp
			: await send(`${n8n.url}/rest/login`, { emailOrLdapLoginId: email, password });
		if (!answer.ok) throw new Error(`Nobody could sign in: ${await answer.text()}`);
		return new Session(
			n8n.url,
			answer.headers
				.getSetCookie()
				.map((cookie) => cookie.split(';')[0])
				.join('; '),
		);
	}

	/** The `data` of what n8n answers. */
	async get<T>(path: string): Promise<T> {
		return await dataOf<T>(await fetch(this.url + path, { headers: { cookie: this.cookie } }));
	}

	/**
	 * Runs a workflow to its end as the editor does on a click, from the trigger of this name;
	 * `item` is what the trigger gives out, unless it knows by itself.
	 */
	async run(id: string, trigger: string, item?: IDataObject): Promise<Finished> {
		const data = item && { main: [[{ json: item }]] };
		return await this.start(id, {
			triggerToStartFrom: { name: trigger, data: item && { ...RAN, data } },
		});
	}

	/** Runs one node as "Execute step" does, with what `before` gave to it. */
	async runStep(id: string, node: string, before: Finished): Promise<Finished> {
		const { data } = await this.get<Stored>(`/rest/executions/${before.id}`);
		const { resultData } = unflatten(data) as { resultData: { runData: IDataObject } };
		const runData = { ...resultData.runData };
		delete runData[node];
		const destinationNode = { nodeName: node, mode: 'inclusive' };
		return await this.start(id, { destinationNode, runData, dirtyNodeNames: [] });
	}

	/** Runs an execution that did not succeed again, as the Retry button does. */
	async retry({ id }: Finished, { loadWorkflow = false } = {}): Promise<Finished> {
		const path = `/rest/executions/${id}/retry`;
		return await this.end((await this.post<{ id: string }>(path, { loadWorkflow })).id);
	}

	private async start(id: string, how: object): Promise<Finished> {
		const workflowData = await this.get<object>(`/rest/workflows/${id}`);
		const path = `/rest/workflows/${id}/run`;
		const started = await this.post<{ executionId: string }>(path, { workflowData, ...how });
		return await this.end(started.executionId);
	}

	/** Waits for the end of an execution. */
	private async end(id: string): Promise<Finished> {
		for (;;) {
			const { status, data } = await this.get<Stored>(`/rest/executions/${id}`);
			const read = unflatten(data) as { resultData?: object } | undefined;
			// n8n 1.x tells the status before it has written what the nodes gave out.
			if (!UNDER_WAY.includes(status) && read?.resultData !== undefined) {
				return { ...executionOf(read, status === 'success'), id };
			}
			await wait(200);
		}
	}

	/** The `data` of what n8n answers. */
	async post<T>(path: string, body: object): Promise<T> {
		return await dataOf<T>(await send(this.url + path, body, { cookie: this.cookie }));
	}

	/** Changes what n8n has at `path`. */
	async patch(path: string, body: object): Promise<void> {
		await dataOf(await send(this.url + path, body, { cookie: this.cookie }, 'PATCH'));
	}
}

async function send(
	url: string,
	body: object,
	headers: Record<string, string> = {},
	method = 'POST',
) {
	return await fetch(url, {
		method,
		headers: { 'content-type': 'application/json', ...headers },
		body: JSON.stringify(body),
	});
}

async function dataOf<T>(answer: Response): Promise<T> {
	const body = (await answer.json()) as { data?: T; message?: string };
	if (!answer.ok) throw new Error(`n8n answered ${answer.status}: ${body.message}`);
	return (body.data ?? body) as T;
}
