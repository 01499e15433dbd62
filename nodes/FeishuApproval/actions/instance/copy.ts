import type { IdsByField } from '../../../../approval/kindsOfIds';
import type { UserIdType } from '../../../../approval/userIds';
import { CODES } from '../../../../feishu/codes/codes';
import type { Failure } from '../../../../feishu/answer';
import { FeishuCallError } from '../../../../feishu/errors/nodeError';
import { LOOK, type Seen } from './lookUp';

/** One copy of an instance to people. */
export interface Copy {
	approvalCode: string;
	instanceCode: string;
	userId: string;
	userIdType: UserIdType;
	ccUserIds: string[];
	comment: string;
	/** Leaves out people who are in the timeline; not possible with union IDs. */
	skipAlreadyCopied: boolean;
	/** Whom other copies of the same group have reached already: they count as copied. */
	reached?: Set<string>;
}

/** What became of it. */
export interface Done {
	copied: string[];
	skipped: string[];
	/** What was found out where an answer did not come. */
	note?: string;
}

/** The people of a copy, by field: those that a builder enters first. */
export function idsOf({ ccUserIds, userId }: Copy): IdsByField {
	return { 'CC User IDs': ccUserIds, 'User ID': [userId] };
}

/** A copy that was refused, or of which nothing is known. */
export function refused(failure: Failure, copy: Copy): FeishuCallError {
	const { userIdType, approvalCode, instanceCode } = copy;
	return new FeishuCallError(failure, { userIdType, ids: idsOf(copy), approvalCode, instanceCode });
}

/** An answer never came, and what became of the copy could not be found out. */
export function unknown(unanswered: Failure, why: string, hint: string): Failure {
	return {
		...unanswered,
		message: 'It is not known whether the approval was copied',
		hint: `${unanswered.message ?? 'Feishu did not confirm the copy'}. ${why}. ${hint}`,
	};
}

/** An earlier item of the run did not learn what became of its copy to these people. */
export function unclearBefore(people: string[]): Failure {
	return {
		ok: false,
		carriedOut: 'no',
		transient: false,
		message: 'It is not known whether the approval was copied',
		hint: `An earlier item of this run did not learn whether these people were copied, so nothing was sent for this one: ${people.join(', ')}. ${LOOK}`,
	};
}

/** Some were copied, and the call for the others did not succeed. */
export function halfDone(last: Failure, { found, missing }: Seen): Failure {
	const copied = found.length === 0 ? 'nobody' : found.join(', ');
	if (last.carriedOut === 'uncertain') {
		const open = `In the timeline so far: ${copied}. Not in it: ${missing.join(', ')}`;
		return unknown(last, open, LOOK);
	}
	const open = `Copied so far: ${copied}. Not copied: ${missing.join(', ')}`;
	const explained = last.code === undefined ? undefined : CODES[last.code];
	const hint = `${open}. ${last.hint ?? explained?.hint ?? ''}`;
	// The copy as a whole: nobody may take it for one that was never made.
	return { ...last, carriedOut: 'uncertain', hint };
}
