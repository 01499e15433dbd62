import { Problem } from '../../../../approval/problem';
import { entriesOfTask, tasksOf, type Task, type TaskEntry } from '../../../../approval/tasks';
import type { TimelineIdType } from '../../../../approval/timeline';
import type { ItemClient } from '../../../../feishu/client/itemClient';
import { untold, type Found, type ReadBack } from '../../../../feishu/client/readBack';
import { CLOCKS_DIFFER_MS, feishusNow } from '../../../../feishu/clock';
import type { Call } from '../../../../feishu/endpoints';
import type { Elapsed } from '../../../../feishu/timing';
import { instanceCall } from '../instance/instanceCall';
import type { TaskInput } from './findTask';

/** What became of a call about a task, by what the instance shows of it. */
export type Verdict = 'applied' | 'missing' | 'unknown';

/** Judges by the task and by what the timeline says was done to it; `since` is epoch ms. */
export type Judge = (task: Task, entries: TaskEntry[], since: number) => Verdict;

/**
 * A task that can be decided once: the timeline tells by its type who decided it and how. A task that
 * somebody has decided otherwise meanwhile was certainly not decided by this call: sent again, Feishu
 * refuses it and says why.
 *
 * @param to whom the task went, where the decision names somebody
 */
export function decidedOnce(
	type: string,
	status: string,
	{ userId, userIdType }: TaskInput,
	to?: string,
): Judge {
	return (task, entries) => {
		const same = entries.filter((entry) => entry.type === type);
		const isBySame = ({ by }: TaskEntry) => by === '' || userIdType === 'union_id' || by === userId;
		const isToSame = ({ people }: TaskEntry) =>
			to === undefined || userIdType === 'union_id' || people.includes(to);
		if (same.some((entry) => isBySame(entry) && isToSame(entry))) return 'applied';
		if (same.length > 0 || task.status !== status) return 'missing';
		// Decided in this way, and the timeline does not tell more.
		return to === undefined ? 'applied' : 'unknown';
	};
}

const NO_TASK = new Problem('The instance does not show the task', '');
const NO_ENTRY = new Problem(
	'The task is not open any more, and the timeline does not say why',
	'',
);

/** Looks at the instance for what became of a call about one of its tasks (API sheet 4.1, 4.4). */
export class TaskSearch implements ReadBack {
	readonly isOnce = true;
	readonly unknown: string;
	readonly hint = 'Look at the instance in Feishu before you do it again.';

	/** @param what completes "It is not known whether the task was …" */
	constructor(
		private readonly feishu: ItemClient,
		private readonly input: TaskInput,
		private readonly call: Call,
		private readonly judge: Judge,
		what: string,
		/** By which kind of ID the timeline names people for the judge. */
		private readonly kind: TimelineIdType = input.userIdType === 'user_id' ? 'user_id' : 'open_id',
	) {
		this.unknown = `It is not known whether the task was ${what}`;
	}

	readonly look = async (elapsed: Elapsed): Promise<Found> => {
		const { instanceCode, taskId } = this.input;
		const answer = await this.feishu.ask(instanceCall(instanceCode));
		if (!answer.ok) return untold('The instance', answer);
		const task = tasksOf(answer.data).find(({ id }) => id === taskId);
		if (task === undefined) return { state: 'unknown', problem: NO_TASK };
		const entries = entriesOfTask(answer.data, taskId, this.kind);
		const since = feishusNow(answer.date) - elapsed() - CLOCKS_DIFFER_MS;
		const verdict = this.judge(task, entries, since);
		if (verdict === 'unknown') return { state: 'unknown', problem: NO_ENTRY };
		if (verdict === 'applied') {
			const note = 'According to the instance, this was done; nothing was sent again.';
			return { state: 'applied', note };
		}
		const note = 'According to the instance, this was not done yet, and the call was sent again.';
		return { state: 'missing', call: this.call, note };
	};
}
