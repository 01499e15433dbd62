import type { IDataObject } from 'n8n-workflow';

import { Problem } from '../../../../../approval/problem';
import { copyEntries, type CopyEntry } from '../../../../../approval/timeline';
import type { UserIdType } from '../../../../../approval/userIds';
import type { Failure } from '../../../../../feishu/answer';
import type { ItemClient } from '../../../../../feishu/client/itemClient';
import { inWords } from '../../../../../feishu/client/readBack';
import { feishusNow } from '../../../../../feishu/clock';
import { escapeHtml } from '../../../../../feishu/errors/html';
import { instanceCall } from '../../../../../feishu/instanceCall';
import type { Copy } from './copy';

/** What to do where nobody knows whether a copy was made. */
export const LOOK = 'Look at the instance in Feishu before you copy it again.';

const HINTS: Record<UserIdType, string> = {
	open_id: '',
	union_id: 'With open IDs or user IDs this node finds out by itself.',
	user_id:
		'This node finds out by itself with open IDs, or if the app has the scope `contact:user.employee_id:readonly`.',
};

/** What a timeline tells of the people copied, and when it was asked. */
export interface Timeline {
	entries: CopyEntry[];
	/** Feishu's clock at the answer (epoch ms), as well as it is known. */
	now: number;
	/** Somebody is recorded without an ID of the kind asked for. */
	incomplete: boolean;
}

/** Why a timeline does not tell who was copied. */
export interface Unreadable {
	problem: Problem;
	/** What became of the call that asked for it, if that was the reason. */
	failure?: Failure;
}

/** Reads the timeline of an instance (API sheet 4.1), or says why it does not tell who was copied. */
export async function readTimeline(
	feishu: ItemClient,
	{ instanceCode, userIdType }: Copy,
): Promise<Timeline | Unreadable> {
	const unreadable = (message: string, hint = ''): Unreadable => ({
		problem: new Problem(message, hint),
	});
	if (userIdType === 'union_id') {
		return unreadable('No timeline carries union IDs', HINTS.union_id);
	}
	const answer = await feishu.ask(instanceCall(instanceCode));
	if (!answer.ok) {
		const said = answer.msg === undefined ? '' : `, Feishu said: "${escapeHtml(answer.msg)}"`;
		const problem = `The timeline does not tell (${escapeHtml(inWords(answer))}${said})`;
		return { ...unreadable(problem), failure: answer };
	}
	const { timeline }: IDataObject = answer.data;
	if (!Array.isArray(timeline)) return unreadable('Feishu answered without a timeline');
	const entries = copyEntries(timeline, userIdType);
	const incomplete = entries.some((entry) => entry.incomplete);
	return { entries, now: feishusNow(answer.date), incomplete };
}

/** The timeline names people without their IDs of this kind. */
export function withoutIds(kind: UserIdType): Problem {
	return new Problem(`The instance's timeline names people without their ${kind}`, HINTS[kind]);
}
