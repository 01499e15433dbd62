import type { IDataObject } from 'n8n-workflow';

import { LONG_AGO_MS } from '../../../../feishu/client/confirm';
import type { ItemClient } from '../../../../feishu/client/itemClient';

/** One decision of an item: which item it is, what was done, and what became of it. */
interface Decided {
	by: string;
	/** The same for all decisions that leave the same entry in the timeline. */
	what: string;
	/** The task is over after it. */
	isLast: boolean;
	/** Nobody knows so far whether it was carried out. */
	isUnclear: boolean;
	/** When it began, or was done (epoch ms). */
	at: number;
}

/** How many decisions of other items look the same in the timeline. */
export interface Others {
	made: number;
	unclear: number;
}

/**
 * What an execution has done to one task, in all its nodes and loops: what another item did must not
 * be taken for what this one did, and the instance may show it a little late.
 */
export class TaskMemory {
	private readonly feishu: ItemClient;
	private readonly known: IDataObject;
	private readonly taskId: string;

	constructor(feishu: ItemClient, taskId: string) {
		this.feishu = feishu;
		this.known = feishu.notes('tasks');
		this.taskId = `task ${taskId}`;
	}

	private get list(): Decided[] {
		return (this.known[this.taskId] ?? []) as unknown as Decided[];
	}

	/** A decision is about to be sent, or to be looked for. */
	begin(what: string, isLast: boolean): void {
		const own = { by: this.feishu.name, what, isLast, isUnclear: true, at: Date.now() };
		this.set([...this.ofOthers(), own]);
	}

	/** This item's decision was carried out. */
	finish(): void {
		const by = this.feishu.name;
		const done = { isUnclear: false, at: Date.now() };
		this.set(this.list.map((one) => (one.by === by ? { ...one, ...done } : one)));
	}

	/** This item's decision was certainly not carried out. */
	forget(): void {
		this.set(this.ofOthers());
	}

	/** The decisions of other items that the timeline would show as it would show this one. */
	countOthers(what: string): Others {
		const same = this.ofOthers().filter((one) => one.what === what);
		const unclear = same.filter(({ isUnclear }) => isUnclear).length;
		return { made: same.length - unclear, unclear };
	}

	/** Whether another item has ended the task, or may have, so that the instance may not show it yet. */
	endedByOther(): 'ended' | 'unclear' | undefined {
		const since = Date.now() - LONG_AGO_MS;
		const last = this.ofOthers().filter(({ isLast, at }) => isLast && at >= since);
		if (last.length === 0) return undefined;
		return last.some(({ isUnclear }) => !isUnclear) ? 'ended' : 'unclear';
	}

	private ofOthers(): Decided[] {
		// Most tasks are known to one item alone.
		if (this.list.length === 0) return [];
		return this.list.filter(({ by }) => by !== this.feishu.name);
	}

	private set(list: Decided[]): void {
		if (list.length === 0) delete this.known[this.taskId];
		else this.known[this.taskId] = list as unknown as IDataObject[];
	}
}
