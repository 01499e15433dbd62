import { Problem } from '../../../../../approval/problem';
import type { CopyEntry } from '../../../../../approval/timeline';
import type { ItemClient } from '../../../../../feishu/client/itemClient';
import type { Found, ReadBack } from '../../../../../feishu/client/readBack';
import { CLOCKS_DIFFER_MS } from '../../../../../feishu/clock';
import type { Elapsed } from '../../../../../feishu/timing';
import { copyCall, listPeople, type Copy } from './copy';
import type { CopyMemory } from './memory';
import { LOOK, readTimeline, withoutIds, type Timeline } from './timelineLook';

/** The same where an entry does not tell its comment: only one of this moment may be ours. */
const MOMENT_MS = 5_000;

const WITHOUT_COMMENT = new Problem(
	'The timeline names somebody without a comment, which may be this copy or another',
	'',
);
const LATE = new Problem(
	'The timeline does not yet show earlier copies of this execution, so that it may be late',
	'',
);

/**
 * Looks in the timeline of an instance for a copy whose answer was lost: entries by the same person
 * and with the same comment that are not known to be other copies (API sheet 4.1, section 9).
 */
export class CopySearch implements ReadBack {
	readonly unknown = 'It is not known whether the approval was copied';
	readonly hint = LOOK;
	/** Whom any look has found: a later one may be answered from an older state. */
	readonly found = new Set<string>();
	/** Those of them whom an entry by the same user with the same comment names. */
	readonly confirmed = new Set<string>();
	private looks = 0;

	constructor(
		private readonly feishu: ItemClient,
		private readonly copy: Copy,
		private readonly memory: CopyMemory,
		private readonly people: string[],
	) {}

	/** The timeline was asked, because an answer was lost. */
	get hasLooked(): boolean {
		return this.looks > 0;
	}

	readonly look = async (elapsed: Elapsed): Promise<Found> => {
		this.looks++;
		const timeline = await readTimeline(this.feishu, this.copy);
		if ('problem' in timeline) {
			const { problem, failure } = timeline;
			return { state: 'unknown', problem, isTemporary: failure?.transient };
		}

		const hasComments = timeline.entries.some(({ comment }) => comment.trim() !== '');
		const own = timeline.entries.filter((entry) => this.isOwn(entry, timeline, elapsed()));
		// None of these people was in the timeline before: whatever names them now will do.
		const enough = this.copy.skipAlreadyCopied ? timeline.entries : own;
		const mayBeOwn = hasComments
			? []
			: timeline.entries.filter((entry) => this.mayBeOwn(entry, timeline, elapsed()));
		const named = new Set(timeline.entries.flatMap(({ people }) => [...people]));
		const knownSince = (ms: number, person: string) =>
			this.memory.count(person, Date.now() - elapsed() - ms, !hasComments);
		let isLate = false;
		let isAmbiguous = false;
		for (const person of this.people) {
			const known = knownSince(CLOCKS_DIFFER_MS, person);
			if (naming(own, person) > known) this.confirmed.add(person);
			if (naming(enough, person) > known) this.found.add(person);
			else if (naming(mayBeOwn, person) > knownSince(MOMENT_MS, person)) isAmbiguous = true;
			// Whether a second copy to somebody makes another entry is not known.
			if (known > 0 && !named.has(person)) isLate = true;
		}
		const missing = this.people.filter((person) => !this.found.has(person));
		if (missing.length === 0) {
			const note = 'According to the timeline, everybody was copied; nothing was sent again.';
			return { state: 'applied', note };
		}
		if (enough.some(({ incomplete }) => incomplete)) {
			return { state: 'unknown', problem: withoutIds(this.copy.userIdType) };
		}
		if (isAmbiguous) return { state: 'unknown', problem: WITHOUT_COMMENT };
		// The first look may simply come too soon.
		if (isLate && this.looks > 1) return { state: 'unknown', problem: LATE };
		return {
			state: 'missing',
			call: copyCall(this.copy, missing),
			note: `According to the timeline, these people were not copied yet, and the call was sent again for them: ${listPeople(missing)}.`,
			problem: new Problem(
				`In the timeline so far: ${listPeople(this.found)}. Not in it: ${listPeople(missing)}`,
				'',
			),
		};
	};

	private isOwn({ by, comment, at }: CopyEntry, { now }: Timeline, elapsedMs: number): boolean {
		if (at !== undefined && at < now - elapsedMs - CLOCKS_DIFFER_MS) return false;
		return this.isBySender(by) && comment.trim() === this.copy.comment.trim();
	}

	/** It is not known whether timelines carry the comments of copies: one of this moment may be ours. */
	private mayBeOwn({ by, at }: CopyEntry, { now }: Timeline, elapsedMs: number): boolean {
		return this.isBySender(by) && (at === undefined || at >= now - elapsedMs - MOMENT_MS);
	}

	private isBySender(by: string): boolean {
		return by === '' || by === this.copy.userId;
	}
}

const naming = (entries: CopyEntry[], person: string): number =>
	entries.filter(({ people }) => people.has(person)).length;
