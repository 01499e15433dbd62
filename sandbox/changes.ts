import { approvalCcEvent, approvalInstanceEvent, approvalTaskEvent } from './events';
import type { PlatformEvent } from './events';
import type { Instance, Task, TimelineEntry } from './model';
import type { Platform } from './platform';

/** What the events of one instance tell that the instance does not. */
export interface Circumstances {
	instance: Instance;
	/** How events call the new status of the instance, if not as Get Instance does. */
	status?: string;
	/** The same for tasks that end. */
	taskStatus?: string;
	/** The platform itself decided: no people in the events of tasks. */
	automatic?: boolean;
}

/** An instance before something happened. */
interface Before {
	status?: string;
	/** Task statuses by ID. */
	tasks: Map<string, string>;
	/** How many entries the timeline had. */
	entries: number;
}

const NOTHING: Before = { tasks: new Map(), entries: 0 };

/**
 * Does something and pushes the events of all that it changed in instances whose definitions an app
 * has subscribed to: first those of tasks, then of copies, then of the instance.
 */
export function pushingEvents<T>(
	platform: Platform,
	work: () => T,
	circumstances?: Circumstances,
): T {
	// Who subscribes hears of what happens from then on.
	const codes = new Set([...platform.subscriptions].map((key) => key.split(' ')[1]));
	if (codes.size === 0) return work();
	const watched = () =>
		[...platform.instances.values()].filter(({ approval_code: code }) => codes.has(code));
	const before = new Map(watched().map((one) => [one, noteDown(one)]));
	const result = work();
	for (const instance of watched()) {
		const own = circumstances?.instance === instance ? circumstances : undefined;
		const events = changesOf(instance, before.get(instance) ?? NOTHING, own);
		for (const event of events) platform.events.push(onClockOf(platform, event));
	}
	return result;
}

function noteDown({ status, task_list: tasks, timeline }: Instance): Before {
	const statuses = new Map(tasks.map((task) => [task.id, task.status]));
	return { status, tasks: statuses, entries: timeline.length };
}

function changesOf(
	instance: Instance,
	before: Before,
	{ status, taskStatus, automatic }: Partial<Circumstances> = {},
): PlatformEvent[] {
	const entries = instance.timeline.slice(before.entries);
	const tell = (task: Task, as: string, more = {}) =>
		approvalTaskEvent(instance, automatic ? { ...task, user_id: '', open_id: '' } : task, as, more);
	const events = changedTasks(instance, before).map((task) => {
		const extra = rollBackOf(instance, before, task, entries);
		if (extra !== undefined) return tell(task, 'ROLLBACK', { extra });
		return tell(task, task.status === 'PENDING' ? 'PENDING' : (taskStatus ?? task.status));
	});
	for (const { type, user_id: from, cc_user_list: people = [] } of entries) {
		if (type !== 'CC') continue;
		events.push(
			...people.map(({ cc_id: id, user_id }) =>
				approvalCcEvent(instance, { id, user_id, from }, 'CREATE'),
			),
		);
	}
	if (instance.status !== before.status || status !== undefined) {
		events.push(approvalInstanceEvent(instance, status ?? instance.status));
	}
	return events;
}

/**
 * The tasks that changed, those that ended first; in an AND node the open ones are pushed again with
 * each approval (API sheet 11.3).
 */
function changedTasks({ task_list: tasks }: Instance, before: Before): Task[] {
	const changed = tasks.filter(({ id, status }) => before.tasks.get(id) !== status);
	const approvedNodes = changed
		.filter(({ status, type }) => status === 'APPROVED' && type === 'AND')
		.map(({ node_id: id }) => id);
	const isAgain = (task: Task) =>
		task.status === 'PENDING' && !changed.includes(task) && approvedNodes.includes(task.node_id);
	return [
		...changed.filter(({ status }) => status !== 'PENDING'),
		...tasks.filter(isAgain),
		...changed.filter(({ status }) => status === 'PENDING'),
	];
}

/** `extra` of the event of a task from which the instance was sent back. */
function rollBackOf(
	{ task_list: tasks }: Instance,
	before: Before,
	{ id }: Task,
	entries: TimelineEntry[],
): string | undefined {
	const isSentBack = ({ type, task_id }: TimelineEntry) =>
		type.startsWith('ROLLBACK') && task_id === id;
	if (!entries.some(isSentBack)) return undefined;
	const opened = tasks.filter((task) => !before.tasks.has(task.id));
	const custom = opened.flatMap(({ custom_node_id: own }) => own ?? []);
	return JSON.stringify({
		rollback_node_ids: opened.map(({ node_id }) => node_id),
		rollback_custom_node_ids: custom,
	});
}

/** An event with its times on the platform's clock, each in the form that it has. */
function onClockOf({ clock }: Platform, event: PlatformEvent): PlatformEvent {
	const now = clock.now();
	const fields = Object.entries(event.fields).map(([name, value]) => {
		if (!/^(instance_)?(operate|create)_time$/.test(name)) return [name, value];
		return [name, typeof value === 'number' ? now : String(now)];
	});
	return { ...event, fields: Object.fromEntries(fields) as Record<string, unknown> };
}
