import { upload as uploadFile } from '../../../../feishu/files/upload';
import { defineOperation } from '../defineOperation';
import { chosenBinaries, fileType, inputFields } from './uploadFields';

/** File: Upload: brings files of an item to Feishu, for forms and comments (API sheet 4.9). */
export const upload = defineOperation({
	resource: 'file',
	operation: 'upload',
	title: 'Upload Files',
	option: {
		name: 'Upload',
		action: 'Upload files for an approval',
		description: 'Upload files, and get the codes that forms and comments take; nobody is notified',
	},
	fields: { binaryPropertyName: inputFields, fileType },
	concurrency: () => 3,
	async execute(feishu, { binaryPropertyName: names, fileType: type }) {
		const results = [];
		for (const name of chosenBinaries(names, feishu.data.binaries)) {
			const uploaded = await uploadFile(feishu, name, type === 'auto' ? undefined : type);
			results.push({ json: { ...uploaded } });
		}
		return results;
	},
});
