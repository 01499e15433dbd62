import type { IDataObject } from 'n8n-workflow';

import { contentOf, type Answer } from '../answer';
import type { Call } from '../endpoints';
import { FeishuCallError } from '../errors/callError';
import type { Elapsed } from '../timing';
import type { FeishuClient } from './client';
import { download } from './download';
import { ItemData } from './itemData';
import type { Journal } from './journal';
import type { Found, ReadBack, Written } from './readBack';
import type { Downloaded, Wanted } from './storeFile';
import type { Writer } from './writer';

/** Calls Feishu for one item, or for several that are handled together. */
export class ItemClient {
	constructor(
		private readonly client: FeishuClient,
		private readonly journal: Journal,
		private readonly writer: Writer,
		/** The items that are handled. */
		private readonly items: number[],
		private readonly shared = { hasWritten: false },
	) {}

	/** Something was written for one of the items. */
	get hasWritten(): boolean {
		return this.shared.hasWritten;
	}

	/** What the item is called in the execution: the same in every try, and another in every loop. */
	get name(): string {
		return this.writer.name;
	}

	/** The same for one of the items alone. */
	forItem(index: number): ItemClient {
		const items = [this.items[index]];
		return new ItemClient(
			this.client,
			this.journal,
			this.writer.forItem(index),
			items,
			this.shared,
		);
	}

	/** The first item itself: its files and its time zone. */
	get data(): ItemData {
		return new ItemData(this.client.context, this.items[0]);
	}

	/** What an operation remembers for the whole execution. */
	notes(name: string): IDataObject {
		return this.journal.notes(name);
	}

	/** What an operation remembers for this run of the node and its retries. */
	notesOfRun(name: string): IDataObject {
		return this.journal.notesOfRun(name);
	}

	/** Gives back the `data` of a call that reads; throws as FeishuClient.read does. */
	async read(call: Call): Promise<IDataObject> {
		return await this.client.read(call);
	}

	/**
	 * Gives back what the answer to a call that reads holds, be it in `data` or beside it, or nothing.
	 *
	 * @throws FeishuCallError if Feishu refused or did not answer
	 * @throws ExecutionCancelled if the run has ended
	 */
	async readContent(call: Call): Promise<IDataObject> {
		const answer = await this.client.ask(call);
		if (!answer.ok) throw new FeishuCallError(answer);
		return contentOf(answer);
	}

	/** Writes a line into n8n's log. */
	log(text: string): void {
		this.client.log(text);
	}

	/** Writes a warning into n8n's log. */
	warn(text: string): void {
		this.client.warn(text);
	}

	/** What all items of the run share under a name; `make` makes it the first time. */
	keep<T>(name: string, make: () => T): T {
		const { known } = this.client;
		if (!known.has(name)) known.set(name, make());
		return known.get(name) as T;
	}

	/** Downloads a file into n8n's store; throws as `download` does. */
	async download(link: string, wanted: Wanted): Promise<Downloaded> {
		return await download(this.client, link, wanted);
	}

	/** Sends a call that reads and gives back the whole answer, good or bad. */
	async ask(call: Call): Promise<Answer> {
		return await this.client.ask(call);
	}

	/** Sends a call that changes something or notifies people, as Writer.write does. */
	async write(call: Call, readBack?: ReadBack, about?: string): Promise<Written> {
		this.shared.hasWritten = true;
		return await this.writer.write(call, readBack, about);
	}

	/** What the next write was about if an earlier try began or made it. */
	earlierAbout(): string | undefined {
		return this.writer.earlierAbout();
	}

	/** What became of the next write if an earlier try began it; throws as Writer.findEarlier does. */
	async findEarlier(readBack: ReadBack): Promise<Found | undefined> {
		return await this.writer.findEarlier(readBack);
	}

	/** Looks for a write that began `elapsed` ago, as Writer.confirm does. */
	async confirm(readBack: ReadBack, elapsed: Elapsed): Promise<Found> {
		return await this.writer.confirm(readBack, elapsed);
	}
}
