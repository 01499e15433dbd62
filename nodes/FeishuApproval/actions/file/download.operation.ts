import { FeishuCallError } from '../../../../feishu/errors/callError';
import { defineOperation } from '../defineOperation';
import { instanceCode } from '../fields/codes';
import { binaryPropertyName, fileNames, from, isNamed, maxSize } from './fields';
import { InstanceFiles } from './instanceFiles';

const MAX_BYTES = 100_000_000;

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
		const files = new InstanceFiles(feishu, code, places);
		const results = [];
		for (const file of await files.list()) {
			const { name, field, from: place } = file;
			if (options.fileNames !== undefined && !isNamed(name, options.fileNames)) continue;
			const outcome = await files.fetch(file, options.maxSize ?? MAX_BYTES);
			if (outcome instanceof FeishuCallError) {
				results.push(outcome);
				continue;
			}
			const { binary, size } = outcome;
			const json = { name, field, from: place, instance_code: code, size };
			results.push({ json, binary: { [key]: binary } });
		}
		if (files.missing !== undefined) results.push(files.missing);
		return results;
	},
});
