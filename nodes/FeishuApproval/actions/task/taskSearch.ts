import { Problem } from '../../../../approval/problem';
import { entriesOfTask, tasksOf } from '../../../../approval/tasks';
import type { ItemClient } from '../../../../feishu/client/itemClient';
import {
	NO_UNION_IDS,
	untold,
	type Found,
	type ReadBack,
} from '../../../../feishu/client/readBack';
import { CLOCKS_DIFFER_MS, feishusNow } from '../../../../feishu/clock';
import type { Call } from '../../../../feishu/endpoints';
import type { Elapsed } from '../../../../feishu/timing';
import { instanceCall } from '../../../../feishu/instanceCall';
import { judge, type Decider, type Evidence } from './evidence';
import type { TaskInput } from './findTask';
import { TaskMemory } from './taskMemory';

const NO_TASK = new Problem('The instance does not show the task', '');
const NO_ENTRY = new Problem('The instance does not tell for certain', '');

/** A decision whose answer may get lost. */
export interface Sought {
	call: Call;
	/** The same for all decisions of this task that leave the same entry in the timeline. */
	name: string;
	evidence: Evidence;
	decider: Decider;
	/** Completes "It is not known whether the task was …". */
	what: string;
}

/** Looks at the instance for what became of a call about one of its tasks (API sheet 4.1, 4.4). */
export class TaskSearch implements ReadBack {
	readonly isOnce = true;
	readonly unknown: string;
	readonly hint = 'Look at the instance in Feishu before you do it again.';

	constructor(
		private readonly feishu: ItemClient,
		private readonly input: TaskInput,
		private readonly sought: Sought,
	) {
		this.unknown = `It is not known whether the task was ${sought.what}`;
	}

	readonly look = async (elapsed: Elapsed): Promise<Found> => {
		const { instanceCode, taskId } = this.input;
		const { call, name, evidence, decider } = this.sought;
		const answer = await this.feishu.ask(instanceCall(instanceCode));
		if (!answer.ok) return untold('The instance', answer);
		const task = tasksOf(answer.data).find(({ id }) => id === taskId);
		if (task === undefined) return { state: 'unknown', problem: NO_TASK };
		const outcome = judge(evidence, {
			instance: answer.data,
			task,
			entries: entriesOfTask(answer.data, taskId, decider.kind),
			decider,
			since: feishusNow(answer.date) - elapsed() - CLOCKS_DIFFER_MS,
			others: new TaskMemory(this.feishu, taskId).countOthers(name),
		});
		if (outcome === 'unknown') {
			const problem = decider.id === undefined ? NO_UNION_IDS : NO_ENTRY;
			return { state: 'unknown', problem };
		}
		if (outcome === 'applied') {
			const note = 'According to the instance, this was done; nothing was sent again.';
			return { state: 'applied', note };
		}
		const note = 'According to the instance, this was not done yet, and the call was sent again.';
		return { state: 'missing', call, note };
	};
}
