import { isObject } from '../../../approval/json';
import { kindOf, type EventKind } from './catalogue';
import { nameIn, type FeishuEvent } from './envelope';

/** Which events a trigger wants. */
export interface EventFilter {
	/** Empty: none but those that are passed on although nothing is known of them. */
	kinds: readonly EventKind[];
	/** Empty: of every definition. */
	approvalCodes: readonly string[];
	/** Of instances and tasks; empty: all. */
	statuses: readonly string[];
	/** Of the tasks those that somebody has to decide now, whatever `statuses` says. */
	openTasksOnly: boolean;
	/** Leaves out decisions that no person made. */
	ignoreAutomatic: boolean;
	passOnUnknown: boolean;
}

/**
 * `needsApprovalCode`: the event names no definition (business trips and attendance corrections do
 * not), so its instance has to be asked before the approval codes can be compared.
 */
export type Verdict = 'wanted' | 'unwanted' | 'needsApprovalCode';

/** A task that timed out and was opened again waits for its approver as well. */
const OPEN: ReadonlySet<string | undefined> = new Set(['PENDING', 'OVERTIME_RECOVER']);

/** Kinds whose status is none of an instance or a task. */
const WITHOUT_STATUS: ReadonlySet<EventKind> = new Set(['ccChanged', 'definitionUpdated']);

/** Whether a task was decided without a person: then the IDs of the person are there, but empty. */
export function isAutomatic({ type, status, event }: FeishuEvent): boolean {
	if (kindOf(type) !== 'taskStatusChanged' || OPEN.has(status)) return false;
	const person: Record<string, unknown> = isObject(event.assigned_user)
		? event.assigned_user
		: event;
	const ids = [person.open_id, person.user_id];
	// IDs that are missing may only be those that the app is not allowed to see.
	return ids.includes('') && ids.every((id) => nameIn(id) === undefined);
}

function fitsStatus(kind: EventKind, { status }: FeishuEvent, filter: EventFilter): boolean {
	if (kind === 'taskStatusChanged' && filter.openTasksOnly) return OPEN.has(status);
	if (filter.statuses.length === 0 || WITHOUT_STATUS.has(kind)) return true;
	return status !== undefined && filter.statuses.includes(status);
}

function judgeCode({ approvalCode, instanceCode }: FeishuEvent, filter: EventFilter): Verdict {
	if (filter.approvalCodes.length === 0) return 'wanted';
	if (approvalCode === undefined) {
		return instanceCode === undefined ? 'unwanted' : 'needsApprovalCode';
	}
	const code = approvalCode.toUpperCase();
	const isListed = filter.approvalCodes.some((listed) => listed.toUpperCase() === code);
	return isListed ? 'wanted' : 'unwanted';
}

/**
 * Whether a trigger wants an event. Events of the same app that nobody chose are `unwanted`, also
 * those of which nothing is known, unless they are to be passed on.
 */
export function filterEvent(event: FeishuEvent, filter: EventFilter): Verdict {
	const kind = kindOf(event.type);
	if (kind === undefined) {
		if (!filter.passOnUnknown) return 'unwanted';
		// Messages and meetings have no approval code that could be asked for.
		return event.approvalCode === undefined ? 'wanted' : judgeCode(event, filter);
	}
	if (!filter.kinds.includes(kind)) return 'unwanted';
	if (filter.ignoreAutomatic && isAutomatic(event)) return 'unwanted';
	return fitsStatus(kind, event, filter) ? judgeCode(event, filter) : 'unwanted';
}
