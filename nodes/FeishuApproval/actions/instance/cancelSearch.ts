import { Problem } from '../../../../approval/problem';
import type { UserIdType } from '../../../../approval/userIds';
import { withdrawalsOf } from '../../../../approval/withdrawals';
import type { ItemClient } from '../../../../feishu/client/itemClient';
import {
	NO_UNION_IDS,
	untold,
	type Found,
	type ReadBack,
} from '../../../../feishu/client/readBack';
import { CLOCKS_DIFFER_MS, feishusNow } from '../../../../feishu/clock';
import type { Call } from '../../../../feishu/endpoints';
import { instanceCall } from '../../../../feishu/instanceCall';
import type { Elapsed } from '../../../../feishu/timing';

const NOT_TOLD = new Problem('The instance does not tell who withdrew it, and when', '');

/** Who withdraws which instance. */
export interface Withdrawal {
	instanceCode: string;
	userId: string;
	userIdType: UserIdType;
}

/**
 * Looks into the timeline for a withdrawal whose answer was lost (API sheet 4.1): only one by the same
 * person, since the attempt began, and that no other item of the execution has made, counts as it.
 */
export class CancelSearch implements ReadBack {
	readonly isOnce = true;
	readonly unknown = 'It is not known whether the approval was withdrawn';
	readonly hint = 'Look at the instance in Feishu before you do it again.';

	constructor(
		private readonly feishu: ItemClient,
		private readonly wanted: Withdrawal,
		private readonly call: Call,
	) {}

	/** What this execution has withdrawn: which item did it, by instance. */
	private get known() {
		return this.feishu.notes('withdrawn');
	}

	/** This item has withdrawn it. */
	finish(): void {
		this.known[this.wanted.instanceCode] = this.feishu.name;
	}

	readonly look = async (elapsed: Elapsed): Promise<Found> => {
		const { instanceCode, userId, userIdType: kind } = this.wanted;
		const answer = await this.feishu.ask(instanceCall(instanceCode));
		if (!answer.ok) return untold('The instance', answer);
		const isWithdrawn = answer.data.status === 'CANCELED';
		// What is withdrawn already by another item is refused if it is sent again.
		const by = this.known[instanceCode];
		if (by !== undefined && by !== this.feishu.name) return this.missing();

		const since = feishusNow(answer.date) - elapsed() - CLOCKS_DIFFER_MS;
		const all = withdrawalsOf(answer.data, kind === 'user_id' ? 'user_id' : 'open_id');
		const recent = all.filter(({ at }) => at === undefined || at >= since);
		if (kind === 'union_id') {
			const mayBeIt = recent.length > 0 || (isWithdrawn && all.length === 0);
			return mayBeIt ? { state: 'unknown', problem: NO_UNION_IDS } : this.missing();
		}
		const own = recent.filter((one) => one.by === '' || one.by === userId);
		if (own.some((one) => one.at !== undefined && one.by !== '')) {
			return { state: 'applied', note: 'The approval is withdrawn; nothing was sent again.' };
		}
		const isUntold = own.length > 0 || (isWithdrawn && all.length === 0);
		return isUntold ? { state: 'unknown', problem: NOT_TOLD } : this.missing();
	};

	private missing(): Found {
		const note = 'The approval was not yet withdrawn; sent again.';
		return { state: 'missing', call: this.call, note };
	}
}
