import type { IDataObject } from 'n8n-workflow';

import { ownerOf, type Task, type TaskEntry } from '../../../../approval/tasks';
import type { TimelineIdType } from '../../../../approval/timeline';
import type { Others } from './taskMemory';

/** What the timeline calls all that ends a task for good. */
const ENDS = [
	'ADD_APPROVER_AFTER',
	'AUTO_PASS',
	'AUTO_REJECT',
	'PASS',
	'REJECT',
	'REMOVE_REPEAT',
	'ROLLBACK',
	'ROLLBACK_SELECTED',
	'TRANSFER',
];

/** What became of a call about a task, by what the instance shows of it. */
export type Outcome = 'applied' | 'missing' | 'unknown';

/** Whether an entry is about what a call asked for, as far as it tells. */
export type Fit = 'yes' | 'no' | 'untold';

/** What an instance shows once a decision was made (API sheet 4.1, timeline). */
export interface Evidence {
	/** What the timeline calls it. */
	types: string[];
	/** Whether an entry names what the call named beside the person. */
	fit?(entry: TaskEntry, instance: IDataObject): Fit;
	/** The status of the task afterwards, where it is known. */
	status?: string;
	/** The status alone tells it, where the timeline tells nothing. */
	isShownByStatus?: true;
	/** It can be done to the same task several times. */
	isRepeatable?: true;
}

/** Who decided, and by which kind of ID; nothing where no instance carries the person's ID. */
export interface Decider {
	id: string | undefined;
	kind: TimelineIdType;
}

/** Where and when to look for a decision. */
export interface Scene {
	instance: IDataObject;
	task: Task;
	/** What was done to the task, and what names no task. */
	entries: TaskEntry[];
	decider: Decider;
	/** When it began at the earliest (epoch ms on Feishu's clock). */
	since: number;
	others: Others;
}

function isBy(id: string, { id: wanted }: Decider): Fit {
	if (wanted === undefined || id === '') return 'untold';
	return id === wanted ? 'yes' : 'no';
}

/** When a task ended, as far as that tells when something was done that ends it. */
function endOf({ endedAt }: Task, { isRepeatable }: Evidence): number | undefined {
	return isRepeatable ? undefined : endedAt;
}

/** Both have to be so; what one of them denies is denied. */
function both(one: Fit, other: Fit): Fit {
	if (one === 'no' || other === 'no') return 'no';
	return one === 'yes' ? other : one;
}

/**
 * What became of a decision whose answer was lost. Only an entry by this person, about this task, for
 * the same, and made since the attempt began counts as this decision, and none that another item of
 * the execution explains. A task that was decided otherwise meanwhile was certainly not decided by
 * this call: sent again, Feishu refuses it and says why.
 */
export function judge(evidence: Evidence, scene: Scene): Outcome {
	const { instance, task, entries, decider, since, others } = scene;
	// What can be done once alone, another item has done: sent again, this is refused.
	if (others.made > 0 && !evidence.isRepeatable) return 'missing';
	const owner = ownerOf(task, decider.kind);
	const same = entries.filter(({ type }) => evidence.types.includes(type));
	const fits = same
		// What ends a task was done when the task ended.
		.map((entry) => ({ ...entry, at: entry.at ?? endOf(task, evidence) }))
		.filter(({ at }) => at === undefined || at >= since)
		// An open task tells by itself that nothing that ends it was done to it.
		.filter(({ namesTask }) => namesTask || evidence.isRepeatable || task.status !== 'PENDING')
		.map((entry): Fit => {
			const isTold = entry.namesTask && entry.at !== undefined;
			const fit = evidence.fit?.(entry, instance) ?? 'yes';
			return both(both(isBy(entry.by || owner, decider), fit), isTold ? 'yes' : 'untold');
		});
	const count = fits.filter((fit) => fit === 'yes').length;
	if (count > others.made + others.unclear) return 'applied';
	// Another item's is missing, so that this one may be, too; or it is one of them.
	if (fits.includes('untold') || count !== others.made) return 'unknown';
	if (task.status === 'PENDING') return 'missing';
	if (same.some(({ namesTask }) => namesTask) && !evidence.isRepeatable) return 'missing';
	// Something else has ended this very task, be it with the same status.
	const ended = entries.some(({ type, namesTask }) => namesTask && ENDS.includes(type));
	if (ended && same.length === 0) return 'missing';
	return judgeByStatus(evidence, scene, isBy(owner, decider));
}

function judgeByStatus(
	{ status, isShownByStatus }: Evidence,
	{ task, since, others }: Scene,
	isOwn: Fit,
): Outcome {
	if (isOwn === 'no') return 'missing';
	if (status === undefined) return 'unknown';
	if (task.status !== status) return 'missing';
	if (!isShownByStatus || isOwn === 'untold' || others.unclear > 0) return 'unknown';
	return task.endedAt !== undefined && task.endedAt < since ? 'missing' : 'applied';
}
