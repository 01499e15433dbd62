import type { IDataObject } from 'n8n-workflow';

import type { UserIdType } from '../../../../../approval/userIds';
import { callOf, ENDPOINTS, type Call } from '../../../../../feishu/endpoints';

/** What the rows have in common that are copied by one call. */
export interface Copy {
	approvalCode: string;
	instanceCode: string;
	userId: string;
	userIdType: UserIdType;
	comment: string;
	/** Leaves out people who are in the timeline; not possible with union IDs. */
	skipAlreadyCopied: boolean;
}

/** The copy that one item asks for. */
export interface Row extends Copy {
	ccUserIds: string[];
	/** Whether it is made together with others. */
	isCombined: boolean;
}

/** More of them would bury the rest of a text, and every row has one. */
const SHOWN = 5;

/** The IDs of some people for a sentence. */
export function listPeople(people: Iterable<string>): string {
	const all = [...people];
	if (all.length === 0) return 'nobody';
	const more = all.length > SHOWN ? ` and ${all.length - SHOWN} more` : '';
	return all.slice(0, SHOWN).join(', ') + more;
}

/** The call that copies to `people` (API sheet 4.2). */
export function copyCall(copy: Copy, people: string[]): Call {
	const body: IDataObject = {
		approval_code: copy.approvalCode,
		instance_code: copy.instanceCode,
		user_id: copy.userId,
		cc_user_ids: people,
	};
	if (copy.comment.trim() !== '') body.comment = copy.comment;
	return callOf(ENDPOINTS.ccInstance, { qs: { user_id_type: copy.userIdType }, body });
}
