import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { Problem } from '../../approval/problem';
import type { ClientContext } from './limiters';

/** A file of an item, as it is in n8n's store. */
export interface ItemFile {
	bytes: Uint8Array<ArrayBuffer>;
	name: string;
	mimeType: string;
}

/** What belongs to an item itself: its data, its files by the names of their binary fields, and its time zone. */
export class ItemData {
	constructor(
		private readonly context: ClientContext,
		private readonly item: number,
	) {}

	private get input() {
		return (this.context as IExecuteFunctions).getInputData()[this.item];
	}

	/** Its data as it came in. */
	get json(): IDataObject {
		return this.input.json;
	}

	/** The time zone of the workflow. */
	get zone(): string {
		return this.context.getTimezone();
	}

	/** The names of its binary fields. */
	get binaries(): string[] {
		return Object.keys(this.input.binary ?? {});
	}

	/**
	 * Reads a file out of n8n's store, wherever that is.
	 *
	 * @throws a Problem if n8n cannot read it
	 */
	async file(name: string): Promise<ItemFile> {
		const { fileName, fileExtension, mimeType } = this.input.binary![name];
		const { getBinaryDataBuffer } = (this.context as IExecuteFunctions).helpers;
		const buffer = await getBinaryDataBuffer(this.item, name).catch(() => undefined);
		if (buffer === undefined) {
			throw new Problem(
				`n8n cannot read the file in "${name}"`,
				'Check where your n8n keeps binary data, and whether the file is still there.',
			);
		}
		const usual = fileName ?? name;
		// Feishu tells the kind of a file by the ending of its name.
		const hasEnding = /[^.]\.[^.]+$/.test(usual) || !fileExtension;
		const whole = hasEnding ? usual : `${usual}.${fileExtension}`;
		return { bytes: new Uint8Array(buffer), name: whole, mimeType };
	}
}
