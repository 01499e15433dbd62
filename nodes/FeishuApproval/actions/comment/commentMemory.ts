import type { IDataObject } from 'n8n-workflow';

import type { ItemClient } from '../../../../feishu/client/itemClient';
import { hashOf } from '../../../../feishu/client/journal';

/**
 * What an execution has written in the words of one comment, in all its nodes and loops: what another
 * item wrote, or may have written, must not be taken for what this one did.
 */
export class CommentMemory {
	private readonly written: IDataObject;
	private readonly begun: IDataObject;
	private readonly draft: string;

	/** @param words all that tells the comment from others */
	constructor(
		private readonly feishu: ItemClient,
		...words: unknown[]
	) {
		this.written = feishu.notes('comments');
		this.begun = feishu.notes('comments begun');
		this.draft = hashOf(words);
	}

	/** An item has written the comment with this ID, and knows it. */
	isKnown(id: string): boolean {
		return Object.hasOwn(this.written, id);
	}

	/** How many other items do not know whether they have written the same. */
	get unclearOthers(): number {
		return this.others().length;
	}

	/** The comment is about to be sent, or to be looked for. */
	begin(): void {
		this.begun[this.draft] = [...this.others(), this.feishu.name];
	}

	/** It was written. */
	finish(id: string): void {
		this.written[id] = true;
		this.forget();
	}

	/** It was certainly not written. */
	forget(): void {
		const others = this.others();
		if (others.length === 0) delete this.begun[this.draft];
		else this.begun[this.draft] = others;
	}

	private others(): string[] {
		const all = (this.begun[this.draft] ?? []) as string[];
		return all.filter((name) => name !== this.feishu.name);
	}
}
