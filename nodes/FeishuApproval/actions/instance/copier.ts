import type { IDataObject } from 'n8n-workflow';

import { ccInstanceCall } from '../../../../feishu/endpoints';
import { TIMEOUTS } from '../../../../feishu/timeouts';
import type { Answer, Failure } from '../../../../feishu/answer';
import type { FeishuClient } from '../../../../feishu/client/client';
import { halfDone, refused, unclearBefore, unknown, type Copy, type Done } from './copy';
import { fromNow, lookUp, type Ago, type Seen, type Unseen } from './lookUp';

/** What this run knows of the people of one instance; the timeline may show it a little late. */
interface People {
	copied: Set<string>;
	/** Nobody knows whether their copy was made. */
	unclear: Set<string>;
}

/** However old an entry of the timeline is. */
const EVER: Ago = () => Infinity;

/**
 * Makes the copies of one run of the node so that nobody is notified twice (API sheet 4.2). Where an
 * answer does not tell whether the copy was made, the instance's timeline is asked, twice if need be,
 * and the call is sent once more for the people whom it does not name.
 */
export class Copier {
	private readonly ofThisRun = new Map<string, People>();

	constructor(private readonly feishu: FeishuClient) {}

	/**
	 * Copies to all who are not to be left out.
	 *
	 * @throws FeishuCallError if Feishu refused, or if it cannot be known whether the copy was made
	 * @throws ExecutionCancelled if the execution was cancelled
	 */
	async make(copy: Copy): Promise<Done> {
		const skipped = copy.skipAlreadyCopied ? await this.alreadyCopied(copy) : [];
		const copied = copy.ccUserIds.filter((id) => !skipped.includes(id));
		const people = copied.filter((id) => copy.reached?.has(id) !== true);
		const note = people.length === 0 ? undefined : await this.notify(copy, people);
		for (const id of people) copy.reached?.add(id);
		return { copied, skipped, note };
	}

	/**
	 * Whom a copy that Feishu refused has reached all the same: it is not known whether Feishu refuses
	 * before it copies to the first of several people (API sheet 9). Nothing if that cannot be found out.
	 *
	 * @throws ExecutionCancelled if the execution was cancelled
	 */
	async reachedBy(copy: Copy): Promise<Set<string> | undefined> {
		await this.feishu.wait(TIMEOUTS.settleMs);
		const seen = await this.look(copy, copy.ccUserIds, () => 0);
		return 'failure' in seen ? undefined : new Set(seen.found);
	}

	private knownOf({ instanceCode }: Copy): People {
		const known = this.ofThisRun.get(instanceCode) ?? { copied: new Set(), unclear: new Set() };
		this.ofThisRun.set(instanceCode, known);
		return known;
	}

	private async alreadyCopied(copy: Copy): Promise<string[]> {
		const known = this.knownOf(copy);
		const others = copy.ccUserIds.filter((id) => !known.copied.has(id));
		if (others.length === 0) return copy.ccUserIds;
		const seen = await this.look(copy, others, EVER);
		if ('failure' in seen) throw refused(seen.failure, copy);
		const unclear = seen.missing.filter((id) => known.unclear.has(id));
		if (unclear.length > 0) throw refused(unclearBefore(unclear), copy);
		return copy.ccUserIds.filter((id) => !seen.missing.includes(id));
	}

	/** Copies to `people`; gives back what was found out if an answer did not come. */
	private async notify(copy: Copy, people: string[]): Promise<string | undefined> {
		// None of these people was in the timeline: whatever names them now is this copy.
		const ago = copy.skipAlreadyCopied ? EVER : fromNow();
		const first = await this.post(copy, people);
		if (first.ok) return undefined;
		if (first.carriedOut === 'no') throw refused(first, copy);

		const seen = await this.settled(copy, people, ago, first);
		const found = `${first.message ?? 'Feishu did not confirm the copy'}. According to the timeline, `;
		if (seen.missing.length === 0) {
			return `${found}everybody was copied; nothing was sent again.`;
		}
		const again = await this.post(copy, seen.missing);
		if (!again.ok) {
			const uncertain = again.carriedOut === 'uncertain';
			const last = uncertain ? await this.settled(copy, people, ago, again) : seen;
			if (last.missing.length > 0) throw refused(halfDone(again, last), copy);
		}
		return `${found}these people were not copied yet, and the call was sent again for them: ${seen.missing.join(', ')}.`;
	}

	private async post(copy: Copy, people: string[]): Promise<Answer> {
		const body: IDataObject = {
			approval_code: copy.approvalCode,
			instance_code: copy.instanceCode,
			user_id: copy.userId,
			cc_user_ids: people,
		};
		if (copy.comment.trim() !== '') body.comment = copy.comment;
		const answer = await this.feishu.send(ccInstanceCall(copy.userIdType, body));
		const { copied, unclear } = this.knownOf(copy);
		const kept = answer.ok ? copied : unclear;
		if (answer.ok || answer.carriedOut === 'uncertain') for (const id of people) kept.add(id);
		return answer;
	}

	/** What the timeline tells once it had time to show a copy that may have been made. */
	private async settled(
		copy: Copy,
		people: string[],
		ago: Ago,
		unanswered: Failure,
	): Promise<Seen> {
		let seen: Seen | Unseen = { found: [], missing: people };
		// A copy that is only late must not be made again: whoever is missing is looked for once more.
		for (const ms of [TIMEOUTS.settleMs, TIMEOUTS.lateMs]) {
			await this.feishu.wait(ms);
			seen = await this.look(copy, people, ago);
			if ('failure' in seen) {
				const { message: what, msg = '' } = seen.failure;
				const why = `The timeline does not tell (${what ?? msg})`;
				throw refused(unknown(unanswered, why, seen.hint), copy);
			}
			if (seen.missing.length === 0) break;
		}
		const { copied, unclear } = this.knownOf(copy);
		for (const id of seen.found) copied.add(id);
		for (const id of people) unclear.delete(id);
		return seen;
	}

	private async look(copy: Copy, people: string[], ago: Ago): Promise<Seen | Unseen> {
		return await lookUp(this.feishu, copy.instanceCode, copy.userIdType, people, ago);
	}
}
