import {
	filesOf,
	isFormUnreadable,
	type FileLink,
	type FilePlace,
} from '../../../../approval/files';
import type { ItemClient } from '../../../../feishu/client/itemClient';
import type { Downloaded } from '../../../../feishu/client/storeFile';
import type { Failure } from '../../../../feishu/answer';
import { FeishuCallError } from '../../../../feishu/errors/callError';
import { instanceCall } from '../../../../feishu/instanceCall';

/** What a host says where a link has run out is not described: any refusal may mean that. */
const mayHaveRunOut = ({ failure: { httpStatus = 0, transient } }: FeishuCallError) =>
	httpStatus >= 400 && httpStatus < 500 && !transient;

const UNREADABLE: Failure = {
	ok: false,
	carriedOut: 'no',
	transient: false,
	message: 'The form of the approval could not be read, so its files are missing',
	hint: 'Download them in Feishu. From can be set to Comments and Timeline alone.',
};

/** The files of an instance; links that have run out are asked for anew. */
export class InstanceFiles {
	/** What the list cannot hold; undefined where it holds everything. */
	missing: FeishuCallError | undefined;
	private links: FileLink[] = [];

	constructor(
		private readonly feishu: ItemClient,
		private readonly code: string,
		private readonly places: FilePlace[],
	) {}

	/** All of them, with fresh links; throws as ItemClient.read does. */
	async list(): Promise<FileLink[]> {
		const instance = await this.feishu.read(instanceCall(this.code));
		const isMissing = this.places.includes('form') && isFormUnreadable(instance);
		this.missing = isMissing ? new FeishuCallError(UNREADABLE) : undefined;
		this.links = filesOf(instance, this.places);
		return this.links;
	}

	/** Downloads one, or gives back why it cannot be had. */
	async fetch(file: FileLink, maxBytes: number): Promise<Downloaded | FeishuCallError> {
		return await this.download(file, maxBytes).catch((error: unknown) => {
			if (error instanceof FeishuCallError) return error;
			throw error;
		});
	}

	private async download(file: FileLink, maxBytes: number): Promise<Downloaded> {
		const { name } = file;
		const url = this.linkOf(file);
		return await this.feishu.download(url, { name, maxBytes }).catch(async (error: unknown) => {
			if (!(error instanceof FeishuCallError) || !mayHaveRunOut(error)) throw error;
			await this.list();
			const again = this.linkOf(file);
			if (again === url) throw error;
			return await this.feishu.download(again, { name, maxBytes });
		});
	}

	/** The newest link of a file. */
	private linkOf({ name, from, url }: FileLink): string {
		return this.links.find((one) => one.name === name && one.from === from)?.url ?? url;
	}
}
