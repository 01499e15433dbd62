import type { IDataObject } from 'n8n-workflow';

import type { ItemClient } from '../../../../../feishu/client/itemClient';
import { hashOf } from '../../../../../feishu/client/journal';
import type { Copy } from './copy';

/** The copies to one person: by whom and with which comment, as hashes, and when (epoch ms). */
type Copies = Array<[by: string, comment: string, at: number]>;

interface Known {
	copied: Record<string, Copies>;
	/** Somebody has copied to them, not this execution as far as it is known. */
	reached: Record<string, true>;
	/** Nobody knows whether their copy was made. */
	unclear: Record<string, true>;
}

/**
 * What an execution knows of the people of one instance, in all its nodes and loops: the timeline may
 * show a copy a little late.
 */
export class CopyMemory {
	private readonly known: Known;
	private readonly by: string;
	private readonly comment: string;

	constructor(feishu: ItemClient, { instanceCode, userIdType, userId, comment }: Copy) {
		const notes = feishu.notes('copies');
		const place = `${userIdType} ${instanceCode}`;
		this.known = (notes[place] ??= {
			copied: {},
			reached: {},
			unclear: {},
		} as unknown as IDataObject) as unknown as Known;
		this.by = hashOf(userId).slice(0, 6);
		this.comment = hashOf(comment.trim()).slice(0, 6);
	}

	/** Whether a person was copied, by whomever. */
	wasCopied(person: string): boolean {
		return this.hasCopies(person) || Object.hasOwn(this.known.reached, person);
	}

	isUnclear(person: string): boolean {
		return Object.hasOwn(this.known.unclear, person);
	}

	/**
	 * How many copies to a person by the same user are known since a moment (epoch ms); with this
	 * comment, or any.
	 */
	count(person: string, since: number, anyComment: boolean): number {
		const copies = this.hasCopies(person) ? this.known.copied[person] : [];
		return copies.filter(
			([by, comment, at]) =>
				at >= since && by === this.by && (anyComment || comment === this.comment),
		).length;
	}

	addCopied(people: Iterable<string>): void {
		for (const person of people) {
			if (!this.hasCopies(person)) this.known.copied[person] = [];
			this.known.copied[person].push([this.by, this.comment, Date.now()]);
			delete this.known.unclear[person];
		}
	}

	addReached(people: Iterable<string>): void {
		for (const person of people) {
			this.known.reached[person] = true;
			delete this.known.unclear[person];
		}
	}

	addUnclear(people: Iterable<string>): void {
		for (const person of people) this.known.unclear[person] = true;
	}

	/** What became of their copies is found out anew. */
	forgetUnclear(people: Iterable<string>): void {
		for (const person of people) delete this.known.unclear[person];
	}

	private hasCopies(person: string): boolean {
		return Object.hasOwn(this.known.copied, person);
	}
}
