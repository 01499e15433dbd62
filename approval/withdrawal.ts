import type { IDataObject } from 'n8n-workflow';

import { objectsIn } from './json';
import { TIMELINE_ID_TYPES, timeOf } from './timeline';
import type { UserIdType } from './userIds';

/** Whose withdrawal is looked for. */
export interface Withdrawal {
	userId: string;
	userIdType: UserIdType;
	/** When it began at the earliest (epoch ms on Feishu's clock). */
	since: number;
}

/**
 * Whether an instance shows that this person has withdrawn it since then (API sheet 4.1). Its status
 * does not tell: somebody else, or an earlier call, may have done it, and an approved instance may be
 * in progress again afterwards.
 */
export function isWithdrawn(
	instance: IDataObject,
	{ userId, userIdType, since }: Withdrawal,
): 'yes' | 'no' | 'untold' {
	const entries = objectsIn(instance.timeline).filter(({ type }) => type === 'CANCEL');
	// The status may show it before the timeline does.
	if (entries.length === 0) return instance.status === 'CANCELED' ? 'untold' : 'no';
	const kind = TIMELINE_ID_TYPES.find((one) => one === userIdType);
	const verdicts = entries.map((entry) => {
		const at = timeOf(entry);
		if (at !== undefined && at < since) return 'no';
		const by = kind && entry[kind];
		if (typeof by === 'string' && by !== '' && by !== userId) return 'no';
		return by === userId && at !== undefined ? 'yes' : 'untold';
	});
	return verdicts.find((one) => one === 'yes') ?? verdicts.find((one) => one === 'untold') ?? 'no';
}
