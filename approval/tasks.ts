import type { IDataObject } from 'n8n-workflow';

import { objectsIn } from './json';
import { peopleInExt, timeOf, type TimelineIdType } from './timeline';

/** A task of an instance: what one person has to decide, or has decided. */
export interface Task {
	id: string;
	status: string;
	nodeName: string;
	userId: string;
	openId: string;
}

/** What somebody did to a task, according to the timeline. */
export interface TaskEntry {
	type: string;
	/** Who did it, by the kind of ID asked for; empty if the entry does not tell. */
	by: string;
	/** Whom it names: to whom the task went, or who was added. */
	people: string[];
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
		userId: text(task.user_id),
		openId: text(task.open_id),
	}));
}

/** The tasks that are still open. */
export function openTasksOf(instance: IDataObject): Task[] {
	return tasksOf(instance).filter(({ status }) => status === 'PENDING');
}

/** Whether a task is that of a person; union IDs are in no answer. */
export function isTaskOf({ userId, openId }: Task, person: string, kind: TimelineIdType): boolean {
	return (kind === 'open_id' ? openId : userId) === person;
}

/** A task in a few words for a sentence: "Accounting (ou_1, task 123)". */
export function describeTask({ id, nodeName, userId, openId }: Task): string {
	return `${nodeName || 'a node without a name'} (${openId || userId || 'nobody'}, task ${id})`;
}

/** What was done to one task, in order (API sheet 4.1, timeline). */
export function entriesOfTask(
	instance: IDataObject,
	taskId: string,
	kind: TimelineIdType,
): TaskEntry[] {
	return objectsIn(instance.timeline)
		.filter((entry) => String(entry.task_id ?? '') === taskId)
		.map((entry) => ({
			type: text(entry.type),
			by: text(entry[kind]),
			people: peopleInExt(entry, kind),
			at: timeOf(entry),
		}));
}

/** The nodes that were passed: their keys in the timeline, and the names that their tasks have. */
export function passedNodesOf(instance: IDataObject): Array<{ key: string; name: string }> {
	const names = new Map(tasksOf(instance).map(({ id, nodeName }) => [id, nodeName]));
	const keys = new Map<string, string>();
	for (const entry of objectsIn(instance.timeline)) {
		const key = text(entry.node_key);
		if (entry.type !== 'PASS' || key === '') continue;
		keys.set(key, names.get(String(entry.task_id)) ?? keys.get(key) ?? '');
	}
	return [...keys].map(([key, name]) => ({ key, name }));
}
