import { copiedPeople } from '../../../../approval/timeline';
import type { UserIdType } from '../../../../approval/userIds';
import { getInstanceCall } from '../../../../feishu/endpoints';
import type { Failure } from '../../../../feishu/answer';
import type { FeishuClient } from '../../../../feishu/client/client';

/**
 * How much clocks may differ (ms) after what Feishu's answer tells of its own. To take a copy of
 * some minutes ago for this one does less harm than to notify people twice.
 */
const CLOCKS_DIFFER_MS = 300_000;

/** How long ago (ms) something began. */
export type Ago = () => number;

/**
 * A watch that runs from now on, by the clock that says longer: the machine's may be set back, that
 * of the process stands still while the machine sleeps.
 */
export function fromNow(): Ago {
	const [epoch, process] = [Date.now(), performance.now()];
	return () => Math.max(Date.now() - epoch, performance.now() - process);
}

/** Who of the people asked for was copied, as far as the timeline tells. */
export interface Seen {
	found: string[];
	missing: string[];
}

/** Why the timeline did not tell. */
export interface Unseen {
	failure: Failure;
	/** What to do about a copy of which nobody knows whether it was made. */
	hint: string;
}

/** What to do where nobody knows whether a copy was made. */
export const LOOK = 'Look at the instance in Feishu before you copy it again.';

const HINTS: Record<UserIdType, string> = {
	open_id: LOOK,
	union_id: `${LOOK} With open IDs or user IDs this node finds out by itself.`,
	user_id: `${LOOK} This node finds out by itself with open IDs, or if the app has the scope \`contact:user.employee_id:readonly\`./`,
};

/** A timeline that does not tell who was copied. */
function illegible(message: string, kind: UserIdType): Unseen {
	const scope =
		kind === 'user_id'
			? ', use open IDs, or add the scope `contact:user.employee_id:readonly` to the app and publish a new version of it'
			: '';
	const hint = `Nothing was sent. Switch Skip Already Copied off${scope}.`;
	const failure: Failure = { ok: false, carriedOut: 'no', transient: false, message, hint };
	return { failure, hint: HINTS[kind] };
}

/**
 * Which of `people` an instance's timeline names as copied (API sheet 4.1), looking at entries that
 * are not older than `ago` only; or why it does not tell.
 */
export async function lookUp(
	feishu: FeishuClient,
	instanceCode: string,
	kind: UserIdType,
	people: string[],
	ago: Ago,
): Promise<Seen | Unseen> {
	if (kind === 'union_id') return illegible('No timeline carries union IDs', kind);
	const answer = await feishu.send(getInstanceCall(instanceCode));
	if (!answer.ok) return { failure: answer, hint: LOOK };
	const { timeline } = answer.data;
	if (!Array.isArray(timeline)) return illegible('Feishu answered without a timeline', 'open_id');

	const since = (answer.date ?? Date.now()) - ago() - CLOCKS_DIFFER_MS;
	const { ids, incomplete } = copiedPeople(timeline, kind, since);
	const missing = people.filter((id) => !ids.has(id));
	if (incomplete && missing.length > 0) {
		return illegible(`The instance's timeline names people without their ${kind}`, kind);
	}
	return { found: people.filter((id) => ids.has(id)), missing };
}
