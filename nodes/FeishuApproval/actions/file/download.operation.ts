import { filesOf, type FileLink } from '../../../../approval/files';
import type { Downloaded } from '../../../../feishu/client/download';
import type { ItemClient } from '../../../../feishu/client/itemClient';
import { FeishuCallError } from '../../../../feishu/errors/callError';
import { defineOperation } from '../defineOperation';
import { instanceCode } from '../fields/codes';
import { instanceCall } from '../instance/instanceCall';
import { binaryPropertyName, fileNames, from, isNamed, maxSize } from './fields';

const MAX_BYTES = 100_000_000;
/** What a file host says where a link has run out. */
const RUN_OUT = new Set<number | undefined>([401, 403, 404, 410]);

/** File: Download: all files of an instance, each as an item (API sheet 5.4). */
export const download = defineOperation({
	resource: 'file',
	operation: 'download',
	title: 'Download Files',
	option: {
		name: 'Download',
		action: 'Download files of an approval',
		description: 'Download the attachments and pictures of an approval, an item for each',
	},
	fields: { instanceCode, from, binaryPropertyName },
	options: { fileNames, maxSize },
	concurrency: () => 3,
	async execute(feishu, { instanceCode: code, from: places, binaryPropertyName: key, options }) {
		const { fileNames: names, maxSize: maxBytes = MAX_BYTES } = options;
		const list = async () =>
			filesOf(await feishu.read(instanceCall(code)), places).filter(
				({ name }) => names === undefined || isNamed(name, names),
			);
		const results = [];
		for (const file of await list()) {
			const outcome = await fetchFile(feishu, file, maxBytes, list);
			if (outcome instanceof FeishuCallError) results.push(outcome);
			else {
				const { name, field, from: place } = file;
				const { binary, size } = outcome;
				const json = { name, field, from: place, instance_code: code, size };
				results.push({ json, binary: { [key]: binary } });
			}
		}
		return results;
	},
});

/** A link that has run out is asked for anew, once. */
async function fetchFile(
	feishu: ItemClient,
	file: FileLink,
	maxBytes: number,
	list: () => Promise<FileLink[]>,
): Promise<Downloaded | FeishuCallError> {
	const wanted = { name: file.name, maxBytes };
	const attempt = async (url: string) =>
		await feishu.download(url, wanted).catch((error: unknown) => {
			if (error instanceof FeishuCallError) return error;
			throw error;
		});
	const first = await attempt(file.url);
	if (!(first instanceof FeishuCallError) || !RUN_OUT.has(first.failure.httpStatus)) return first;
	const again = (await list()).find(({ name, from }) => name === file.name && from === file.from);
	return again === undefined || again.url === file.url ? first : await attempt(again.url);
}
