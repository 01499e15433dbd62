import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { copiedPeople, type TimelineIdType } from '../../approval/timeline';
import type { UserIdType } from '../../approval/userIds';
import { CODES } from '../../transport/codes';
import { ccInstanceCall, getInstanceCall, PATIENCE } from '../../transport/endpoints';
import type { Answer, Failure } from '../../transport/envelope';
import { badInput, type CallContext } from '../../transport/errors';
import type { Transport } from '../../transport/request';

/** One copy of an instance to people. */
export interface Copy {
	itemIndex: number;
	approvalCode: string;
	instanceCode: string;
	userId: string;
	userIdType: UserIdType;
	ccUserIds: string[];
	comment: string;
}

/** What became of it. */
export interface Done {
	copied: string[];
	skipped: string[];
	/** What was found out where an answer did not come. */
	note?: string;
}

/**
 * How much clocks may differ (ms) after what Feishu's answer tells of its own. To take a copy of
 * some minutes ago for this one does less harm than to notify people twice.
 */
const CLOCKS_DIFFER_MS = 300_000;

interface Timeline {
	found: string[];
	missing: string[];
}

const LOOK = 'Look at the instance in Feishu before you copy it again';

function contextOf({ itemIndex, userIdType, userId, ccUserIds }: Copy): CallContext {
	return { itemIndex, userIdType, userIds: [userId, ...ccUserIds] };
}

async function post(feishu: Transport, copy: Copy, people: string[]): Promise<Answer> {
	const body: IDataObject = {
		approval_code: copy.approvalCode,
		instance_code: copy.instanceCode,
		user_id: copy.userId,
		cc_user_ids: people,
	};
	if (copy.comment !== '') body.comment = copy.comment;
	return await feishu.send(ccInstanceCall(copy.userIdType, body));
}

/** A timeline that does not tell who was copied. */
function illegible(what: string, cure: string): Failure {
	return { ok: false, carriedOut: 'no', transient: false, what, cure };
}

/** Which of `people` the timeline names since `since` (epoch ms by n8n's clock). */
async function readTimeline(
	feishu: Transport,
	copy: Copy,
	kind: TimelineIdType,
	people: string[],
	since: number,
): Promise<Timeline | Failure> {
	const answer = await feishu.send(getInstanceCall(copy.instanceCode));
	if (!answer.ok) return answer;
	const { timeline } = answer.data;
	if (!Array.isArray(timeline)) return illegible('Feishu answered without a timeline', LOOK);

	const ahead = answer.date === undefined ? 0 : answer.date - Date.now();
	const from = since + ahead - CLOCKS_DIFFER_MS;
	const { ids, incomplete } = copiedPeople(timeline, kind, from);
	const missing = people.filter((id) => !ids.has(id));
	if (incomplete && missing.length > 0) {
		return illegible(
			`The instance's timeline names people without their ${kind}`,
			'Use open IDs, or add the scope `contact:user.employee_id:readonly` to the app and publish a new version of it.',
		);
	}
	return { found: people.filter((id) => ids.has(id)), missing };
}

/** An answer never came, and what became of the copy could not be found out. */
function unknown(unanswered: Failure, why: string, cure = `${LOOK}.`): Failure {
	return {
		...unanswered,
		what: 'It is not known whether the approval was copied',
		cure: `${unanswered.what ?? 'Feishu did not confirm the copy'}. ${why}. ${cure}`,
	};
}

/**
 * Copies an instance to people so that nobody is notified twice (API sheet 4.2). Where the answer
 * does not tell whether the copy was made, the instance's timeline is asked, and the call is sent
 * once more for the people whom it does not name.
 *
 * @throws NodeOperationError for union ids with `skipAlreadyCopied`: no timeline carries them
 * @throws NodeApiError if Feishu refused, or if it cannot be known whether the copy was made
 */
export async function copyOnce(
	context: IExecuteFunctions,
	feishu: Transport,
	copy: Copy,
	skipAlreadyCopied: boolean,
): Promise<Done> {
	const { itemIndex, userIdType } = copy;
	const kind = userIdType === 'union_id' ? undefined : userIdType;
	let people = copy.ccUserIds;
	let skipped: string[] = [];

	if (skipAlreadyCopied) {
		if (kind === undefined) {
			throw badInput(
				context.getNode(),
				itemIndex,
				'Skip Already Copied does not work with union IDs',
				"An instance's timeline does not carry union IDs, so nothing was sent. Use open IDs or user IDs, or switch Skip Already Copied off.",
			);
		}
		const before = await readTimeline(feishu, copy, kind, people, -Infinity);
		if ('ok' in before) throw await feishu.error(before, { itemIndex });
		people = before.missing;
		skipped = before.found;
		if (people.length === 0) return { copied: [], skipped };
	}

	const since = skipAlreadyCopied ? -Infinity : Date.now();
	const first = await post(feishu, copy, people);
	if (first.ok) return { copied: people, skipped };
	if (first.carriedOut === 'no') throw await feishu.error(first, contextOf(copy));

	const confirm = async (): Promise<Timeline | Failure> => {
		if (kind === undefined) {
			return unknown(
				first,
				'A timeline does not carry union IDs, so nothing was sent again',
				`${LOOK}. With open IDs or user IDs this node finds out by itself.`,
			);
		}
		await feishu.wait(PATIENCE.settleMs);
		const seen = await readTimeline(feishu, copy, kind, people, since);
		if (!('ok' in seen)) return seen;
		return unknown(first, `The timeline could not be read (${seen.what ?? seen.msg ?? ''})`);
	};

	const seen = await confirm();
	if ('ok' in seen) throw await feishu.error(seen, contextOf(copy));
	const note = `${first.what ?? 'Feishu did not confirm the copy'}. According to the timeline, `;
	if (seen.missing.length === 0) {
		return {
			copied: people,
			skipped,
			note: `${note}everybody was copied; nothing was sent again.`,
		};
	}

	const again = await post(feishu, copy, seen.missing);
	const resent = `${note}these people were not copied yet, and the call was sent again for them: ${seen.missing.join(', ')}.`;
	if (again.ok) return { copied: people, skipped, note: resent };
	let latest = seen;
	if (again.carriedOut === 'uncertain') {
		const last = await confirm();
		if ('ok' in last) throw await feishu.error(last, contextOf(copy));
		if (last.missing.length === 0) return { copied: people, skipped, note: resent };
		latest = last;
	}
	const copied = latest.found.length === 0 ? 'nobody' : latest.found.join(', ');
	const open = `Copied so far: ${copied}. Not copied: ${latest.missing.join(', ')}`;
	const explained = again.code === undefined ? undefined : CODES[again.code];
	const failed =
		again.carriedOut === 'uncertain'
			? unknown(again, open)
			: { ...again, cure: `${open}. ${again.cure ?? explained?.cure ?? ''}` };
	throw await feishu.error(failed, contextOf(copy));
}
