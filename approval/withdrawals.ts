import type { IDataObject } from 'n8n-workflow';

import { objectsIn } from './json';
import { timeOf, type TimelineIdType } from './timeline';

/** Somebody has withdrawn an instance. */
export interface WithdrawalEntry {
	/** Who did it, by the kind of ID asked for; empty if the entry does not tell. */
	by: string;
	/** Epoch ms on Feishu's clock; nothing if it cannot be read. */
	at: number | undefined;
}

/** The withdrawals that the timeline of an instance tells of (API sheet 4.1). */
export function withdrawalsOf(instance: IDataObject, kind: TimelineIdType): WithdrawalEntry[] {
	return objectsIn(instance.timeline)
		.filter(({ type }) => type === 'CANCEL')
		.map((entry) => {
			const by = entry[kind];
			return { by: typeof by === 'string' ? by : '', at: timeOf(entry) };
		});
}
