import type { IDataObject } from 'n8n-workflow';

import { objectsIn } from './json';
import {
	countInExt,
	peopleInExt,
	TIMELINE_ID_TYPES,
	timeOf,
	type TimelineIdType,
} from './timeline';
import { epochMs } from './times';

/** A task of an instance: what one person has to decide, or has decided. */
export interface Task {
	id: string;
	status: string;
	nodeName: string;
	nodeId: string;
	/** How the people of its node decide, such as AND; empty if the answer does not tell. */
	nodeType: string;
	userId: string;
	openId: string;
	/** Epoch ms on Feishu's clock; nothing if it cannot be read. */
	startedAt: number | undefined;
	/** The same; nothing while it is open. */
	endedAt: number | undefined;
}

/** What somebody did to a task, according to the timeline. */
export interface TaskEntry {
	type: string;
	/** Who did it, by the kind of ID asked for; empty if the entry does not tell. */
	by: string;
	/** Whom it names: to whom the task went, or who was added. */
	people: string[];
	/** It names somebody without an ID of the kind asked for, or nobody: a person may be missing. */
	isIncomplete: boolean;
	/** False if the entry does not tell which task it is about. */
	namesTask: boolean;
	/** Epoch ms on Feishu's clock; nothing if it cannot be read. */
	at: number | undefined;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** All tasks of an instance (API sheet 4.1), the decided ones too. */
export function tasksOf(instance: IDataObject): Task[] {
	return objectsIn(instance.task_list).map((task) => ({
		id: String(task.id ?? ''),
		status: text(task.status),
		nodeName: text(task.node_name),
		nodeId: text(task.node_id),
		nodeType: text(task.type),
		userId: text(task.user_id),
		openId: text(task.open_id),
		startedAt: epochMs(task.start_time),
		endedAt: epochMs(task.end_time),
	}));
}

/** The tasks that are still open. */
export function openTasksOf(instance: IDataObject): Task[] {
	return tasksOf(instance).filter(({ status }) => status === 'PENDING');
}

/** Whose task it is, by one kind of ID; empty if the answer does not tell. */
export function ownerOf({ userId, openId }: Task, kind: TimelineIdType): string {
	return kind === 'open_id' ? openId : userId;
}

/** A task in a few words for a sentence: "Accounting (ou_1, task 123)". */
export function describeTask({ id, nodeName, userId, openId }: Task): string {
	return `${nodeName || 'a node without a name'} (${openId || userId || 'nobody'}, task ${id})`;
}

/** What was done to one task, or to one that is not named, in order (API sheet 4.1, timeline). */
export function entriesOfTask(
	instance: IDataObject,
	taskId: string,
	kind: TimelineIdType,
): TaskEntry[] {
	return objectsIn(instance.timeline)
		.filter((entry) => [taskId, ''].includes(String(entry.task_id ?? '')))
		.map((entry) => {
			const people = peopleInExt(entry, kind);
			const most = Math.max(1, ...TIMELINE_ID_TYPES.map((one) => countInExt(entry, one)));
			return {
				type: text(entry.type),
				by: text(entry[kind]),
				people,
				isIncomplete: people.length < most,
				namesTask: String(entry.task_id ?? '') !== '',
				at: timeOf(entry),
			};
		});
}

/** A node that was passed. */
export interface PassedNode {
	/** What the timeline calls it. */
	key: string;
	/** The name and the ID that its tasks have; empty if none of them is there. */
	name: string;
	id: string;
}

/** The nodes that were passed, as the timeline and their tasks tell. */
export function passedNodesOf(instance: IDataObject): PassedNode[] {
	const tasks = new Map(tasksOf(instance).map((task) => [task.id, task]));
	const nodes = new Map<string, PassedNode>();
	for (const entry of objectsIn(instance.timeline)) {
		const key = text(entry.node_key);
		if (entry.type !== 'PASS' || key === '') continue;
		const task = tasks.get(String(entry.task_id));
		const known = nodes.get(key) ?? { key, name: '', id: '' };
		nodes.set(key, task === undefined ? known : { key, name: task.nodeName, id: task.nodeId });
	}
	return [...nodes.values()];
}
