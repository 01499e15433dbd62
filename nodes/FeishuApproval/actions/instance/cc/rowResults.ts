import type { IDataObject } from 'n8n-workflow';

import { noteOf } from '../../../../../feishu/client/readBack';
import { FeishuCallError } from '../../../../../feishu/errors/callError';
import { listPeople, type Row } from './copy';

/**
 * So many rows are tried alone before a refused parameter counts as one that all of them have. A
 * person who was refused is that of one row: there every row is tried.
 */
export const PROBES = 5;

/** Everybody whom rows name, once. */
export const peopleOf = (rows: Row[]): string[] => [
	...new Set(rows.flatMap((row) => row.ccUserIds)),
];

/** What a row that was copied gives out. */
export function success(row: Row, skipped: Set<string>, note?: string): IDataObject {
	return {
		success: true,
		cc_user_ids: row.ccUserIds.filter((person) => !skipped.has(person)),
		skipped_user_ids: row.ccUserIds.filter((person) => skipped.has(person)),
		instance_code: row.instanceCode,
		approval_code: row.approvalCode,
		user_id: row.userId,
		user_id_type: row.userIdType,
		...noteOf({ note }),
	};
}

/** Rows far from one another first: people who cannot be copied often stand side by side. */
export function inTurn(rows: number[]): number[] {
	const step = Math.max(1, Math.floor(rows.length / PROBES));
	const first = rows.filter((_row, index) => index % step === 0).slice(0, PROBES);
	return [...first, ...rows.filter((row) => !first.includes(row))];
}

/** Whom a call has reached, for a note of one row or of all. */
export function reachedNote(who: string, found: Set<string>, row?: Row): string {
	const people = row === undefined ? [...found] : row.ccUserIds.filter((one) => found.has(one));
	return `${who} has copied to these people according to the timeline; nothing was sent again for them: ${listPeople(people)}.`;
}

/** The refusal, with a sentence about what Combine made of it. */
export function withNote({ failure, elapsed }: FeishuCallError, note: string): FeishuCallError {
	return new FeishuCallError({ ...failure, note }, elapsed);
}
