import type { IDataObject } from 'n8n-workflow';

import { objectsIn } from './json';
import { openTasksOf, ownerOf, tasksOf, type Task } from './tasks';
import { timeOf, type TimelineIdType } from './timeline';

/** How a task ends that its person has decided; others end without the person. */
const DECIDED = new Set(['APPROVED', 'REJECTED', 'TRANSFERRED']);
/** After these, what was decided before may be void. */
const UNDONE = new Set(['ROLLBACK', 'ROLLBACK_SELECTED', 'CANCEL', 'DELETE']);
const WITHDRAWN = new Set<unknown>(['CANCELED', 'DELETED']);

interface Moment {
	/** Epoch ms; nothing if it cannot be read. */
	at: number | undefined;
	/** Where in the timeline; -1 where it is not in it. */
	place: number;
}

interface Placed extends Moment {
	task: Task;
}

/** Which decision is meant. */
interface Meant {
	person: string;
	kind: TimelineIdType;
	/** What has become of the task. */
	status: string;
	/** Empty where any task of the person will do. */
	taskId: string;
}

/**
 * The task that a person has decided so (API sheet 4.1), if that still stands: no task of this person
 * is open, the person has not decided otherwise since, and nothing was rolled back or withdrawn since.
 * Nothing where that is not certain.
 */
export function standingDecision(
	instance: IDataObject,
	{ person, kind, status, taskId }: Meant,
): Task | undefined {
	const isOpen = openTasksOf(instance).some((task) => ['', person].includes(ownerOf(task, kind)));
	if (isOpen || WITHDRAWN.has(instance.status)) return undefined;
	const timeline = objectsIn(instance.timeline);
	const placed = tasksOf(instance)
		.filter((task) => DECIDED.has(task.status) && ownerOf(task, kind) === person)
		.map((task): Placed => {
			const place = timeline.findLastIndex((entry) => String(entry.task_id ?? '') === task.id);
			return {
				task,
				place,
				at: task.endedAt ?? (place === -1 ? undefined : timeOf(timeline[place])),
			};
		});
	const meant = placed
		.filter(({ task }) => task.status === status && ['', task.id].includes(taskId))
		.reduce<Placed | undefined>(
			(latest, one) => (latest !== undefined && isBefore(one, latest) ? latest : one),
			undefined,
		);
	if (meant === undefined) return undefined;
	const isOverruled = placed.some((one) => one.task.status !== status && !isBefore(one, meant));
	const isUndone = timeline.some(
		(entry, place) =>
			UNDONE.has(String(entry.type)) && !isBefore({ place, at: timeOf(entry) }, meant),
	);
	return isUndone || isOverruled ? undefined : meant.task;
}

/** Whether something came certainly before something else: by the clock, else by its place. */
function isBefore(one: Moment, other: Moment): boolean {
	if (one.at !== undefined && other.at !== undefined) return one.at < other.at;
	return one.place !== -1 && other.place !== -1 && one.place < other.place;
}
