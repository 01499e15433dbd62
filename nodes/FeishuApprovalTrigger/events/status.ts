import type { IDataObject } from 'n8n-workflow';

import { kindOf } from './catalogue';

/** What an instance or a task can become, as the events say it (API sheet 6.2). */
export const EVENT_STATUSES = [
	'APPROVED',
	'CANCELED',
	'DELETED',
	'DONE',
	'OVERTIME_CLOSE',
	'OVERTIME_RECOVER',
	'PENDING',
	'REJECTED',
	'REVERTED',
	'ROLLBACK',
	'TRANSFERRED',
] as const;

/** What the old event `approval` says happened, and the status that follows from it. */
const OLD_WORDS: ReadonlyMap<string, string> = new Map([
	['APPROVE', 'APPROVED'],
	['CANCEL', 'CANCELED'],
	['DELETE', 'DELETED'],
	['REJECT', 'REJECTED'],
	['REVERT', 'REVERTED'],
	['WITHDRAW', 'CANCELED'],
]);

function wordIn(value: unknown): string | undefined {
	return typeof value === 'string' && value.trim() !== '' ? value.trim().toUpperCase() : undefined;
}

/**
 * The status that an event tells, in upper case: of the instance or the task; `CREATE` or `READ` of
 * a CC; `APPROVED` or `REVERTED` where the type of the event says so. Nothing for the others.
 */
export function statusOf(type: string, fields: IDataObject): string | undefined {
	const said = wordIn(fields.status) ?? wordIn(fields.operate);
	if (said !== undefined) return said;
	if (type === 'approval') {
		const word = wordIn(fields.event);
		return word === undefined ? undefined : (OLD_WORDS.get(word) ?? word);
	}
	switch (kindOf(type)) {
		case 'attendanceCorrection':
		case 'businessTrip':
		case 'leave':
		case 'outOfOffice':
		case 'overtime':
		case 'shift':
			return type.endsWith('_revert') ? 'REVERTED' : 'APPROVED';
		default:
			return undefined;
	}
}
