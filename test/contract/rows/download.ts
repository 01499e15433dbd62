import { randomUUID } from 'node:crypto';

import type { Row } from '../row';
import { CODE } from './badInput';
import { get } from './wires';

export const download: Row = {
	resource: 'file',
	operation: 'download',
	variants: [
		{
			endpoint: 'get',
			afterLoss: 'repeats',
			isList: true,
			make(sandbox) {
				const name = `${randomUUID()}.pdf`;
				const files = [
					{ url: sandbox.fileHost.add(name), file_size: 7, title: name, type: 'attachment' },
				];
				const said = { id: '1', user_id: '', open_id: '', comment: '', create_time: '1' };
				const { instance_code: code } = sandbox.addInstance({
					comment_list: [{ ...said, files }],
				});
				return {
					sample: {
						instanceCode: code,
						from: 'comments',
						binaryPropertyName: 'file',
						options: { fileNames: `${name}, *.doc`, maxSize: 5 },
					},
					requests: [get(`/open-apis/approval/v4/instances/${code}`)],
					sdk: async ({ approval: { v4 } }) =>
						await v4.instance.get({ path: { instance_id: code } }),
				};
			},
			refusal: { code: 1390003, msg: 'instance code not found', status: 400, words: /not found/ },
		},
	],
	badInput: {
		instanceCode: CODE,
		from: { values: ['', [], 'mail', ['form', 'mail'], null], message: /^is not a choice/ },
		binaryPropertyName: { values: ['', ' ', null, {}], message: /^is / },
		fileNames: { values: ['', 'a,,b', [], [7], null], message: /^holds an empty entry$/ },
		maxSize: { values: [0, -1, 'many', '', null], message: /^is not a number of MB/ },
	},
	words: /an item for each/,
};
