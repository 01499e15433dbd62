import { randomInt } from 'node:crypto';
import { Refusal } from './answers';
import { noPermission } from './getInstance';
import type { Instance, Task, TimelineEntry, User } from './model';
import type { Platform } from './platform';

/** Any one of these (API sheet 4.4). */
export const TASK_SCOPES = ['approval:approval', 'approval:approval:readonly', 'approval:task'];

/** The open task with this ID, if it is that person's (API sheet 4.4, pitfall 17). */
export function findOpenTask({ task_list: tasks }: Instance, id: string, person: User): Task {
	const task = tasks.find((one) => one.id === id);
	if (task?.status !== 'PENDING') throw new Refusal(1390010, 'task not found');
	if (task.user_id !== person.user_id) throw noPermission();
	return task;
}

/** What the timeline calls the node of a task. */
export function nodeKeyOf({ node_id: id = '' }: Task): string {
	return id === 'START' ? '' : `APPROVAL_${id.slice(0, 12)}`;
}

/** An open task for somebody in the node of another task. */
export function openTask(platform: Platform, like: Partial<Task>, person: User): Task {
	return {
		...like,
		id: String(randomInt(1e14, 2.8e14)),
		user_id: person.user_id,
		open_id: person.open_id,
		status: 'PENDING',
		start_time: String(platform.clock.now()),
		end_time: '0',
	};
}

/** Ends a task; the others of an OR node need not act any more. */
export function endTask(platform: Platform, instance: Instance, task: Task, status: string): void {
	const now = String(platform.clock.now());
	const end = (one: Task, as: string) => Object.assign(one, { status: as, end_time: now });
	end(task, status);
	if (status !== 'APPROVED' || task.type !== 'OR') return;
	const others = instance.task_list.filter(
		(one) => one.status === 'PENDING' && one.node_id === task.node_id,
	);
	for (const other of others) end(other, 'DONE');
}

/** Ends all open tasks: nobody has to act any more. */
export function endAllTasks(platform: Platform, { task_list: tasks }: Instance): void {
	for (const task of tasks.filter(({ status }) => status === 'PENDING')) {
		Object.assign(task, { status: 'DONE', end_time: String(platform.clock.now()) });
	}
}

/** Goes on to the next node where nobody has to act in this one, or to the end. */
export function advance(platform: Platform, instance: Instance): void {
	if (instance.task_list.some(({ status }) => status === 'PENDING')) return;
	const last = instance.task_list.at(-1)?.node_id;
	if (last !== undefined) copyNode(platform, instance, last);
	const next = instance.nextNodes?.shift();
	const now = String(platform.clock.now());
	if (next === undefined) endInstance(platform, instance, 'APPROVED');
	else instance.task_list.push(...next.map((task) => ({ ...task, start_time: now })));
}

/** Copies the people that were named for a node at creation, once. */
export function copyNode(platform: Platform, instance: Instance, nodeId: string): void {
	const next = instance.nextNodes?.[0]?.[0]?.node_id;
	if (next === nodeId) return;
	const by = { user_id: instance.user_id, open_id: instance.open_id } as User;
	for (const to of instance.nodeCopies?.[nodeId] ?? []) {
		record(platform, instance, 'CC', by, {
			user_id_list: [to.user_id],
			open_id_list: [to.open_id],
			cc_user_list: [{ user_id: to.user_id, cc_id: platform.nextCcId(), open_id: to.open_id }],
			ext: JSON.stringify({ user_id: to.user_id, open_id: to.open_id }),
		});
	}
	delete instance.nodeCopies?.[nodeId];
}

/** Ends an instance in this status. */
export function endInstance(platform: Platform, instance: Instance, status: string): void {
	endAllTasks(platform, instance);
	instance.status = status;
	instance.end_time = String(platform.clock.now());
}

/** Writes into the timeline what somebody did. */
export function record(
	platform: Platform,
	instance: Instance,
	type: string,
	by: User,
	more: Partial<TimelineEntry> = {},
): void {
	instance.timeline.push({
		type,
		create_time: String(platform.clock.now()),
		user_id: by.user_id,
		open_id: by.open_id,
		ext: '',
		node_key: '',
		...more,
	});
}

/** `ext` of an entry that names people. */
export function namePeople(people: User[]): string {
	return JSON.stringify({
		user_id_list: people.map(({ user_id }) => user_id),
		open_id_list: people.map(({ open_id }) => open_id),
	});
}
