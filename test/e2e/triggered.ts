/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { setTimeout as wait } from 'node:timers/promises';

import { executionOf, unflatten, type Execution } from './execution';
import { UNDER_WAY, type Session } from './owner';

interface Listed {
	id: string;
	status: string;
}

const PATIENCE_MS = 60_000;

/** The executions of a workflow, the first one first. */
export async function executionsOf(session: Session, workflow: string): Promise<Listed[]> {
	const filter = encodeURIComponent(JSON.stringify({ workflowId: workflow }));
	const { results } = await session.get<{ results: Listed[] }>(`/rest/executions?filter=${filter}`);
	return results.sort((one, other) => Number(one.id) - Number(other.id));
}

/** Waits until `holds` does. */
export async function until(what: string, holds: () => Promise<boolean> | boolean): Promise<void> {
	for (const begun = Date.now(); !(await holds()); await wait(200)) {
		if (Date.now() - begun > PATIENCE_MS) throw new Error(`It was waited in vain for ${what}`);
	}
}

/** What a workflow that started by itself has done, once `count` runs of it have ended. */
export async function runsOf(
	session: Session,
	workflow: string,
	count: number,
): Promise<Execution[]> {
	let ended: Listed[] = [];
	await until(`${count} runs of ${workflow}`, async () => {
		const all = await executionsOf(session, workflow);
		ended = all.filter(({ status }) => !UNDER_WAY.includes(status));
		return ended.length >= count;
	});
	return await Promise.all(
		ended.map(async ({ id, status }) => {
			const { data } = await session.get<{ data: string }>(`/rest/executions/${id}`);
			return executionOf(unflatten(data), status === 'success');
		}),
	);
}

/** Publishes a workflow, as the editor does. */
export async function publish(session: Session, workflow: string): Promise<void> {
	const { versionId } = await session.get<{ versionId: string }>(`/rest/workflows/${workflow}`);
	await session.post(`/rest/workflows/${workflow}/activate`, { versionId });
}
