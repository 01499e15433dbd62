/* eslint-disable @n8n/community-nodes/no-restricted-imports -- made up, for an n8n that only this machine can reach */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { setTimeout as wait } from 'node:timers/promises';

import {
	approvalInstanceEvent,
	SAMPLE_INSTANCE,
	type Delivery,
	type PushOptions,
	type Sandbox,
	type SandboxOptions,
} from '../../sandbox';
import { query } from './database';
import { executionOf, unflatten } from './execution';
import type { Release } from './install';
import type { Instance, WorkflowFile } from './instance';
import { Session } from './owner';
import { feishu, workflow, type WorkflowNode } from './workflows';
import { openWorld, type World } from './world';

/** The name of the trigger in all workflows here. */
const TRIGGER = 'Approval moves';
const TYPE = 'n8n-nodes-feishu-approval.feishuApprovalTrigger';
export const KEYS = { encryptKey: 'a key for tests', verificationToken: 'a token for tests' };
export const APPROVAL_CODE = SAMPLE_INSTANCE.approval_code;

/** Longer than the platform waits: how fast the answers are is measured in bench/. */
const ANSWER_MS = 20_000;

/** A run of a workflow as n8n's database has it. */
export interface Run {
	id: number;
	workflowId: string;
	status: string;
	mode: string;
	/** What the trigger gave out. */
	items: IDataObject[];
	/** ID of the event that it began with. */
	eventId: unknown;
	instanceCode: unknown;
	/** All that n8n keeps of it. */
	text: string;
}

/** What the editor shows of a workflow's publication. */
export interface Publication {
	status: string;
	triggers: Array<{ nodeId: string; status: string; errorMessage: string | null }>;
}

/** A workflow that begins with the trigger; its webhook, if it has one, is named like the workflow. */
export function triggered(
	id: string,
	parameters: INodeParameters,
	rest: WorkflowNode[] = [{ name: 'Nothing', type: 'n8n-nodes-base.noOp' }],
): WorkflowFile {
	const trigger = feishu(
		TRIGGER,
		{ approvalCodes: APPROVAL_CODE, ...parameters },
		{ type: TYPE, typeVersion: 2, webhookId: id },
	);
	return workflow(id, [trigger, ...rest]);
}

/** The address at which the webhook of a published workflow is called. */
export const webhookUrl = (n8n: Instance, id: string) => `${n8n.url}/webhook/${id}/webhook`;

/** Waits until something is so; says what was waited for if it never is. */
export async function until<T>(
	what: string,
	look: () => T | undefined | false | Promise<T | undefined | false>,
	ms = 30_000,
): Promise<T> {
	const deadline = performance.now() + ms;
	for (;;) {
		const seen = await look();
		if (seen !== undefined && seen !== false) return seen;
		if (performance.now() > deadline) throw new Error(`${what}: not within ${ms} ms`);
		await wait(50);
	}
}

/** The runs in n8n's database, in the order in which they were made. */
export async function runsIn(n8n: Instance, workflowId?: string): Promise<Run[]> {
	const rows = await query<StoredRun>(
		n8n,
		`select e.*, d.data
		from execution_entity e join execution_data d on d.executionId = e.id order by e.id`,
	);
	return rows
		.filter((row) => workflowId === undefined || row.workflowId === workflowId)
		.map((row) => readRun(row));
}

/**
 * Waits until n8n has no run under way. An event is acknowledged when its run has begun, so that
 * whoever pushes as fast as that has more runs begin than end, until n8n's SQLite gives up.
 */
export async function calm(n8n: Instance): Promise<void> {
	const count = "select count(*) as runs from execution_entity where status in ('new', 'running')";
	await until(
		'n8n has no run under way',
		async () => {
			const [{ runs }] = await query<{ runs: number }>(n8n, count);
			if (runs > 0) await wait(250);
			return runs === 0;
		},
		180_000,
	);
}

/**
 * A run that has not begun yet holds its first item elsewhere than one that has ended. Of one that
 * n8n's end has interrupted, n8n may have thrown the item away: its key remains.
 */
export function readRun({ data, deduplicationKey, ...row }: StoredRun): Run {
	const { id, workflowId, status, mode } = row;
	const read = unflatten(data) as {
		executionData?: { nodeExecutionStack?: Array<{ data?: { main?: Waiting[][] } }> };
	};
	const done = executionOf(read, true).json(TRIGGER);
	const [first] = read.executionData?.nodeExecutionStack ?? [];
	const waiting = first?.data?.main?.[0]?.map(({ json }) => json) ?? [];
	const items = done.length > 0 ? done : waiting;
	const [item] = items;
	const eventId = item?.event_id ?? deduplicationKey?.split('/').at(-1);
	const instanceCode = item?.instance_code;
	return { id, workflowId, status, mode, items, eventId, instanceCode, text: data };
}

/** A run as the database has it. */
export type StoredRun = Pick<Run, 'id' | 'workflowId' | 'status' | 'mode'> & {
	data: string;
	/** Of the version of n8n that has keys. */
	deduplicationKey?: string | null;
};

interface Waiting {
	json: IDataObject;
}

/** Pushes one change of status of an instance that nobody else has. */
export function pushTo(
	{ events }: Sandbox,
	instanceCode: string,
	options: PushOptions = {},
	status = 'APPROVED',
): Delivery[] {
	const codes = { approval_code: APPROVAL_CODE, instance_code: instanceCode };
	return events.push(approvalInstanceEvent(codes, status), options);
}

/** A real n8n that runs, with triggers in it. */
export interface TriggerWorld extends World {
	session(): Session;
	/** Starts n8n, or starts it anew, and waits until these workflows are published again. */
	start(...published: string[]): Promise<void>;
	/** Publishes a workflow as the editor does; what comes back is what the editor then shows. */
	publish(id: string): Promise<Publication>;
	unpublish(id: string): Promise<void>;
	/** Publishes a workflow with a change in it. */
	publishAnew(id: string): Promise<Publication>;
	/** What the editor shows of the publication. */
	publication(id: string): Promise<Publication>;
}

/** Prepares an n8n that has these workflows, none of them published, and a platform for its app. */
export async function openTriggerWorld(
	release: Release,
	name: string,
	workflows: WorkflowFile[],
	settings: Record<string, string> = {},
	platform: SandboxOptions = {},
): Promise<TriggerWorld> {
	const events = { answerWithinMs: ANSWER_MS, ...platform.events };
	const world = await openWorld(release, name, settings, { ...platform, events });
	const { n8n } = world;
	await world.credential(KEYS);
	await n8n.importWorkflows(workflows);
	let session: Session | undefined;
	const opened = () => session!;
	const publication = async (id: string) =>
		await opened().get<Publication>(`/rest/workflows/${id}/publication-status`);
	const settled = async (id: string) =>
		await until(
			`${id} is published or not`,
			async () => {
				const state = await publication(id);
				return ['in_progress', 'not_published'].includes(state.status) ? undefined : state;
			},
			60_000,
		);
	const publish = async (id: string) => {
		const path = `/rest/workflows/${id}`;
		const { versionId } = await opened().get<{ versionId: string }>(path);
		await opened().post(`${path}/activate`, { versionId });
		return await settled(id);
	};
	return {
		...world,
		session: opened,
		publication,
		publish,
		start: async (...published) => {
			await n8n.start();
			session = await Session.open(n8n);
			for (const id of published) await settled(id);
		},
		unpublish: async (id) => {
			await opened().post(`/rest/workflows/${id}/deactivate`, {});
			await until(`${id} is unpublished`, async () => {
				return (await publication(id)).status === 'not_published';
			});
		},
		publishAnew: async (id) => {
			const path = `/rest/workflows/${id}`;
			const stored = await opened().get<{ versionId: string; nodes: IDataObject[] }>(path);
			// n8n registers only triggers anew whose parameters are others.
			const nodes = stored.nodes.map(({ parameters, ...node }) => {
				const { filters } = parameters as { filters?: { ignoreAutomatic?: boolean } };
				const changed = { ignoreAutomatic: filters?.ignoreAutomatic !== true };
				return { ...node, parameters: { ...(parameters as object), filters: changed } };
			});
			await opened().patch(path, { ...stored, nodes });
			return await publish(id);
		},
	};
}
