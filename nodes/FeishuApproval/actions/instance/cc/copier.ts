import { copiedPeople } from '../../../../../approval/timeline';
import type { Failure } from '../../../../../feishu/answer';
import type { ItemClient } from '../../../../../feishu/client/itemClient';
import { CODES } from '../../../../../feishu/codes/codes';
import { FeishuCallError } from '../../../../../feishu/errors/callError';
import { copyCall, listPeople, type Copy } from './copy';
import { CopySearch } from './copySearch';
import { CopyMemory } from './memory';
import { LOOK, readTimeline, withoutIds, type Unreadable } from './timelineLook';

const NOT_SENT = { ok: false, carriedOut: 'no', transient: false } as const;

/** What became of a call that copies to several people. */
export interface Outcome {
	/** What was found out because an answer was lost. */
	note?: string;
	/** Whom the timeline names, where it was asked. */
	found: Set<string>;
	/** Why not everybody was copied. */
	error?: FeishuCallError;
}

/** Makes the copies of one instance, by one person and with one comment (API sheet 4.2). */
export class Copier {
	private readonly memory: CopyMemory;

	constructor(
		private readonly feishu: ItemClient,
		private readonly copy: Copy,
	) {
		this.memory = new CopyMemory(feishu, copy);
	}

	/**
	 * Who of `people` was copied before, by the timeline and by what this execution knows, and of whom
	 * that is unknown.
	 *
	 * @throws FeishuCallError if the timeline does not tell
	 */
	async findCopied(people: string[]): Promise<{ copied: Set<string>; unclear: Set<string> }> {
		const copied = new Set(people.filter((person) => this.memory.wasCopied(person)));
		const others = people.filter((person) => !copied.has(person));
		if (others.length === 0) return { copied, unclear: new Set() };
		const timeline = await readTimeline(this.feishu, this.copy);
		if ('problem' in timeline) throw cannotSkip(timeline);
		const { ids, incomplete } = copiedPeople(timeline.entries);
		const missing = others.filter((person) => !ids.has(person));
		if (incomplete && missing.length > 0) {
			throw cannotSkip({ problem: withoutIds(this.copy.userIdType) });
		}
		for (const person of others) if (ids.has(person)) copied.add(person);
		return {
			copied,
			unclear: new Set(missing.filter((person) => this.memory.isUnclear(person))),
		};
	}

	/** Whom an earlier try of the execution has reached, if it began a copy and did not learn it. */
	async findReached(people: string[]): Promise<Set<string>> {
		const search = new CopySearch(
			this.feishu,
			{ ...this.copy, skipAlreadyCopied: false },
			this.memory,
			people,
		);
		const earlier = await this.feishu.findEarlier(search);
		this.remember(search);
		// It was looked for anew, or a person decided: it is this item that may send it again.
		const isOpen = earlier !== undefined && earlier.state !== 'applied';
		if (isOpen) this.memory.forgetUnclear(people);
		return search.found;
	}

	/** Copies to `people`; `feishu` is that of the items for which it is done. */
	async send(people: string[], feishu = this.feishu): Promise<Outcome> {
		const search = new CopySearch(feishu, this.copy, this.memory, people);
		const call = copyCall(this.copy, people);
		const written = await feishu.write(call, search).catch((error: unknown) => {
			if (error instanceof FeishuCallError) return error;
			throw error;
		});
		const { found } = search;
		if (!(written instanceof FeishuCallError)) {
			this.remember(search);
			this.memory.addCopied(people.filter((person) => !found.has(person)));
			return { note: written.note, found };
		}
		this.remember(search);
		const missing = people.filter((person) => !found.has(person));
		const { carriedOut } = written.failure;
		if (carriedOut === 'uncertain') this.memory.addUnclear(missing);
		const isHalfDone = search.hasLooked && carriedOut === 'no';
		return { found, error: isHalfDone ? halfDone(written, found, missing) : written };
	}

	/**
	 * Whom a call that Feishu refused has reached all the same: it is not known whether Feishu refuses
	 * before it copies to the first of several people (API sheet 9). Nothing if that cannot be found out.
	 */
	async findReachedBy({ elapsed }: FeishuCallError, people: string[]) {
		const search = new CopySearch(this.feishu, this.copy, this.memory, people);
		const { state } = await this.feishu.confirm(search, elapsed ?? (() => 0));
		if (state === 'unknown') return undefined;
		this.remember(search);
		return search.found;
	}

	/** Only what is certainly this execution's own copy explains an entry later on. */
	private remember({ found, confirmed }: CopySearch): void {
		this.memory.addCopied(confirmed);
		this.memory.addReached([...found].filter((person) => !confirmed.has(person)));
	}
}

/** Skip Already Copied was asked for, and nobody knows who was copied. */
function cannotSkip({ problem, failure }: Unreadable): FeishuCallError {
	if (failure !== undefined) return new FeishuCallError(failure);
	const hint = `Nothing was sent. Switch Skip Already Copied off. ${problem.hint}`.trim();
	return new FeishuCallError({ ...NOT_SENT, message: problem.message, hint });
}

/** An earlier call of the execution did not learn what became of its copy to these people. */
export function unclearBefore(people: string[]): FeishuCallError {
	return new FeishuCallError({
		...NOT_SENT,
		message: 'It is not known whether the approval was copied',
		hint: `An earlier call of this execution did not learn whether these people were copied, so nothing was sent for this item: ${listPeople(people)}. ${LOOK}`,
	});
}

/** Some were copied, and the call for the others was refused. */
export function halfDone(
	{ failure, elapsed }: FeishuCallError,
	found: Set<string>,
	missing: string[],
): FeishuCallError {
	const hint = `Copied so far: ${listPeople(found)}. Not copied: ${listPeople(missing)}. ${hintOf(failure)}`;
	return new FeishuCallError({ ...failure, hint }, elapsed);
}

function hintOf({ hint, code = 0 }: Failure): string {
	return hint ?? CODES[code]?.hint ?? '';
}
