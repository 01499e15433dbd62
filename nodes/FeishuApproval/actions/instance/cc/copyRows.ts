import type { IDataObject } from 'n8n-workflow';

import type { Failure } from '../../../../../feishu/answer';
import type { ItemClient } from '../../../../../feishu/client/itemClient';
import { noteOf } from '../../../../../feishu/client/readBack';
import { PARAMETER_REFUSED, USER_ID_REFUSED } from '../../../../../feishu/codes/groups';
import { FeishuCallError } from '../../../../../feishu/errors/callError';
import { Copier, halfDone, unclearBefore, type Outcome } from './copier';
import { listPeople, type Copy } from './copy';

/** The copy that one item asks for. */
export interface Row extends Copy {
	ccUserIds: string[];
}

/** What an item gives out, or why it was not copied. */
type RowResult = IDataObject | FeishuCallError;

/**
 * So many rows are tried alone before a refused parameter counts as one that all of them have. A
 * person who was refused is that of one row: there every row is tried.
 */
const PROBES = 5;

const peopleOf = (rows: Row[]): string[] => [...new Set(rows.flatMap((row) => row.ccUserIds))];

/** Certain refusals of a value, which may be that of one row alone. */
function mayConcernOneRow({ carriedOut, httpStatus = 0, code }: Failure): boolean {
	return carriedOut === 'no' && httpStatus < 500 && PARAMETER_REFUSED.has(code);
}

function success(row: Row, skipped: Set<string>, note?: string): IDataObject {
	return {
		success: true,
		cc_user_ids: row.ccUserIds.filter((person) => !skipped.has(person)),
		skipped_user_ids: row.ccUserIds.filter((person) => skipped.has(person)),
		instance_code: row.instanceCode,
		approval_code: row.approvalCode,
		user_id: row.userId,
		user_id_type: row.userIdType,
		...noteOf({ note }),
	};
}

/** Rows far from one another first: people who cannot be copied often stand side by side. */
function inTurn(rows: number[]): number[] {
	const step = Math.max(1, Math.floor(rows.length / PROBES));
	const first = rows.filter((_row, index) => index % step === 0).slice(0, PROBES);
	return [...first, ...rows.filter((row) => !first.includes(row))];
}

/** Rows for the same instance, person, kind of ID and comment, on their way to one call. */
class CombinedRows {
	readonly results: RowResult[];
	private readonly copier: Copier;
	private skipped = new Set<string>();

	constructor(
		private readonly feishu: ItemClient,
		private readonly rows: Row[],
	) {
		this.results = new Array<RowResult>(rows.length);
		this.copier = new Copier(feishu, rows[0]);
	}

	async copy(): Promise<void> {
		const { reached, open } = await this.leaveOut();
		const isDone = (person: string) => reached.has(person) || this.skipped.has(person);
		const people = peopleOf(open.map((row) => this.rows[row])).filter((one) => !isDone(one));
		const earlier = reached.size === 0 ? undefined : reachedNote('An earlier try', reached);
		if (people.length === 0) {
			for (const row of open) this.succeed(row, earlier);
			return;
		}
		const { note, error, found } = await this.copier.send(people);
		if (error === undefined) {
			for (const row of open) this.succeed(row, note ?? earlier);
			return;
		}
		const isWhole = (row: number) =>
			this.rows[row].ccUserIds.every((person) => isDone(person) || found.has(person));
		for (const row of open.filter(isWhole)) {
			this.succeed(row, reachedNote('A call whose answer was lost', found, this.rows[row]));
		}
		const left = open.filter((row) => !isWhole(row));
		if (left.length > 1 && mayConcernOneRow(error.failure)) {
			await this.copyOneByOne(left, error, found);
		} else for (const row of left) this.results[row] = error;
	}

	/** Finds out who need not be copied, and for which rows something is to be sent. */
	private async leaveOut(): Promise<{ reached: Set<string>; open: number[] }> {
		const all = this.rows.map((_row, index) => index);
		if (!this.rows[0].skipAlreadyCopied) return { reached: new Set(), open: all };
		const people = peopleOf(this.rows);
		const reached = await this.copier.findReached(people);
		const others = people.filter((person) => !reached.has(person));
		const { copied, unclear } = await this.copier.findCopied(others);
		this.skipped = copied;
		const open = all.filter((row) => {
			const lost = this.rows[row].ccUserIds.filter((person) => unclear.has(person));
			if (lost.length > 0) this.results[row] = unclearBefore(lost);
			return lost.length === 0;
		});
		return { reached, open };
	}

	/** A value that was refused for all rows may be that of one of them. */
	private async copyOneByOne(
		rows: number[],
		refused: FeishuCallError,
		copied: Set<string>,
	): Promise<void> {
		const named = peopleOf(rows.map((row) => this.rows[row]));
		const people = named.filter((person) => !this.skipped.has(person) && !copied.has(person));
		const byRefused = await this.copier.findReachedBy(refused, people);
		if (byRefused === undefined) {
			const note = `By Combine, ${rows.length} items were one call: what is wrong with one of them was refused for all.`;
			for (const row of rows) this.results[row] = withNote(refused, note);
			return;
		}
		const isPerson = USER_ID_REFUSED.has(refused.failure.code);
		const reached = new Set([...copied, ...byRefused]);
		const done = new Set(reached);
		let refusedAlone = 0;
		let accepted = 0;
		for (const row of inTurn(rows)) {
			if (!isPerson && accepted === 0 && refusedAlone >= PROBES) {
				const note = `Nothing was sent for this item alone: the call for all ${rows.length} items was refused, and so were ${refusedAlone} of them one by one.`;
				this.results[row] = withNote(refused, note);
				continue;
			}
			const outcome = await this.copyAlone(row, done, reached, rows.length);
			if (outcome.error === undefined) accepted++;
			else if (outcome.error.failure.code === refused.failure.code) refusedAlone++;
		}
	}

	private async copyAlone(
		row: number,
		done: Set<string>,
		reached: Set<string>,
		count: number,
	): Promise<Outcome> {
		const { ccUserIds } = this.rows[row];
		const people = ccUserIds.filter((person) => !done.has(person) && !this.skipped.has(person));
		const own = ccUserIds.filter((person) => reached.has(person));
		const note =
			own.length === 0
				? undefined
				: reachedNote(`An earlier call for all ${count} items`, new Set(own));
		const outcome: Outcome =
			people.length === 0
				? { found: new Set() }
				: await this.copier.send(people, this.feishu.forItem(row));
		if (outcome.error === undefined) {
			for (const person of people) done.add(person);
			this.succeed(row, outcome.note ?? note);
		} else {
			// Some may have been copied before the others were refused.
			const { error } = outcome;
			const isPartly = people.length > 1 && mayConcernOneRow(error.failure);
			const byRefused = isPartly ? await this.copier.findReachedBy(error, people) : undefined;
			const found = new Set([...outcome.found, ...(byRefused ?? [])]);
			for (const person of found) {
				done.add(person);
				reached.add(person);
			}
			const missing = people.filter((person) => !found.has(person));
			this.results[row] = byRefused?.size ? halfDone(error, found, missing) : error;
		}
		return outcome;
	}

	private succeed(row: number, note?: string): void {
		this.results[row] = success(this.rows[row], this.skipped, note);
	}
}

function reachedNote(who: string, found: Set<string>, row?: Row): string {
	const people = row === undefined ? [...found] : row.ccUserIds.filter((one) => found.has(one));
	return `${who} has copied to these people according to the timeline; nothing was sent again for them: ${listPeople(people)}.`;
}

function withNote({ failure, elapsed }: FeishuCallError, note: string): FeishuCallError {
	return new FeishuCallError({ ...failure, note }, elapsed);
}

/** Copies rows together that have all but their recipients in common; each gets its own result. */
export async function copyRows(feishu: ItemClient, rows: Row[]): Promise<RowResult[]> {
	const combined = new CombinedRows(feishu, rows);
	await combined.copy();
	return combined.results;
}
