import type { IDataObject } from 'n8n-workflow';

import { Problem } from '../../approval/problem';
import { contentOf, type Failure } from '../answer';
import type { Call } from '../endpoints';
import { FeishuCallError } from '../errors/callError';
import { TIMEOUTS } from '../timeouts';
import type { Elapsed } from '../timing';
import type { FeishuClient, Sent } from './client';
import {
	isUnfinished,
	type Execution,
	type Journal,
	type JournalItem,
	type WriteRecord,
} from './journal';
import {
	DONE_BEFORE,
	inWords,
	NOT_SHOWN,
	unclearError,
	UNREADABLE,
	type Found,
	type ReadBack,
	type Written,
} from './readBack';

const SENT_BY_HAND =
	'An earlier try may have done this already, which nobody can find out; it was sent because the execution was retried by hand.';

/** What began longer ago (ms) than this shows by now, or never will. */
const LONG_AGO_MS = 120_000;

const CHANGED = new Problem(
	'A field gives another value now than in the earlier try, so that the two cannot be compared',
	'',
);

/**
 * Writes for one item, or for several that are handled together. A write is sent again only if it is
 * certain that the first was not carried out (design promise 1), and what an earlier try of the same
 * execution has done is not done again (promise 14).
 */
export class Writer {
	/** How many writes were made, or taken from an earlier try. */
	private writes = 0;

	constructor(
		private readonly client: FeishuClient,
		private readonly journal: Journal,
		private readonly items: () => JournalItem[],
		private readonly execution: Execution,
	) {}

	/** The same for one of the items alone. */
	forItem(index: number): Writer {
		return new Writer(this.client, this.journal, () => [this.items()[index]], this.execution);
	}

	/**
	 * Sends a call that changes something or notifies people. Where an answer does not tell whether
	 * it was carried out, Feishu is asked, twice if need be, and what is missing is sent once more.
	 *
	 * @throws FeishuCallError if Feishu refused, or if it cannot be known what became of the call
	 * @throws ExecutionCancelled if the run has ended
	 */
	async write(call: Call, readBack: ReadBack = UNREADABLE, about?: string): Promise<Written> {
		const records = this.records(this.writes++);
		if (about !== undefined) for (const record of records) record.about = about;
		const [{ data }] = records;
		// One row's write says nothing about the others of its group.
		const isDone = records.every((record) => record.data !== undefined);
		if (data !== undefined && isDone) return { data, note: DONE_BEFORE };

		const earlier = await this.findBegun(readBack, records);
		const lost = 'The answer to an earlier call was lost. ';
		if (earlier?.state === 'applied')
			return this.done(records, earlier.data ?? {}, lost + earlier.note);
		const asked = earlier?.state === 'missing' ? earlier.call : call;
		const note = earlier && (earlier.state === 'unknown' ? SENT_BY_HAND : lost + earlier.note);
		const first = await this.send(asked, records);
		if (first.answer.ok) return this.done(records, contentOf(first.answer), note);
		if (first.answer.carriedOut === 'no') throw new FeishuCallError(first.answer, first.elapsed);
		return await this.settle(first.answer, first.elapsed, records, readBack);
	}

	/** What the next write was about if an earlier try began or made it. */
	earlierAbout(): string | undefined {
		return this.records(this.writes).find(isUnfinished)?.about;
	}

	/**
	 * What became of the next write if an earlier try of the execution began it; nothing if none did.
	 *
	 * @throws FeishuCallError if nobody can find out, with the words of the earlier try
	 */
	async findEarlier(readBack: ReadBack): Promise<Found | undefined> {
		return await this.findBegun(readBack, this.records(this.writes));
	}

	private async findBegun(readBack: ReadBack, records: WriteRecord[]): Promise<Found | undefined> {
		const begun = Math.min(...records.map(({ begun: at = Infinity }) => at));
		if (begun === Infinity) return undefined;
		const items = this.items();
		const isSame = records.every(({ input }, index) =>
			[undefined, items[index].input].includes(input),
		);
		const found: Found = isSame
			? await this.confirm(readBack, () => Date.now() - begun, 0)
			: { state: 'unknown', problem: CHANGED };
		if (found.state !== 'unknown') return found;
		// Retry On Fail goes on after the button, too: what was sent for it is not sent again.
		const isDecided =
			this.execution.isRetriedByHand &&
			records.every(({ execution }) => execution !== this.execution.id);
		if (isDecided && found.isTemporary !== true) return found;
		const [message, hint] = records.find((record) => record.unclear)?.unclear ?? [
			readBack.unknown,
			`${found.problem.message}. ${readBack.hint}`,
		];
		const failure = { ok: false, carriedOut: 'uncertain', transient: false } as const;
		throw new FeishuCallError({ ...failure, message, hint });
	}

	/**
	 * Looks for a write that began `elapsed` ago, once Feishu had time to show it. What is only late
	 * must not be done again: where it does not show, it is looked for once more.
	 */
	async confirm(
		{ look }: ReadBack,
		elapsed: Elapsed,
		settleMs = TIMEOUTS.settleMs,
	): Promise<Found> {
		await this.client.wait(settleMs);
		const found = await look(elapsed);
		if (found.state !== 'missing' || elapsed() > LONG_AGO_MS) return found;
		await this.client.wait(TIMEOUTS.lateMs);
		return await look(elapsed);
	}

	/** The answer to the first attempt was lost: finds out, and sends once more what is missing. */
	private async settle(
		unanswered: Failure,
		elapsed: Elapsed,
		records: WriteRecord[],
		readBack: ReadBack,
	): Promise<Written> {
		const found = await this.confirm(readBack, elapsed);
		if (found.state === 'unknown') throw unclearError(unanswered, readBack, found.problem, records);
		const note = `${inWords(unanswered)}. ${found.note}`;
		if (found.state === 'applied') return this.done(records, found.data ?? {}, note);

		const again = await this.send(found.call, records);
		if (again.answer.ok) return this.done(records, contentOf(again.answer), note);
		// A part may have been done by the first attempt: the records say "begun" on.
		if (again.answer.carriedOut === 'no') {
			const late = readBack.isOnce && (await readBack.look(elapsed));
			if (late?.state === 'applied') return this.done(records, late.data ?? {}, note);
			throw new FeishuCallError(again.answer, elapsed);
		}
		const last = await this.confirm(readBack, elapsed);
		if (last.state === 'applied') return this.done(records, last.data ?? {}, note);
		const problem = last.state === 'unknown' ? last.problem : (last.problem ?? NOT_SHOWN);
		throw unclearError(again.answer, readBack, problem, records);
	}

	private records(place: number): WriteRecord[] {
		return this.items().map(({ key }) => this.journal.record(key, place));
	}

	private async send(call: Call, records: WriteRecord[]): Promise<Sent> {
		const wasBegun = records.some(({ begun }) => begun !== undefined);
		const items = this.items();
		for (const [index, record] of records.entries()) {
			record.begun ??= Date.now();
			record.execution = this.execution.id;
			record.input = items[index].input;
		}
		const sent = await this.client.send(call);
		const { answer, elapsed } = sent;
		for (const record of records) {
			// Waiting for its turn was not yet the write.
			if (!wasBegun) record.begun = Date.now() - elapsed();
			if (!wasBegun && !answer.ok && answer.carriedOut === 'no') delete record.begun;
		}
		return sent;
	}

	private done(records: WriteRecord[], data: IDataObject, note?: string): Written {
		for (const record of records) this.journal.carryOut(record, data);
		return { data, note };
	}
}
