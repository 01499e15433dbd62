/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';

import type { Row } from '../row';
import { CHOICE } from './badInput';

const PATH = '/approval/openapi/v2/file/upload';

export const upload: Row = {
	resource: 'file',
	operation: 'upload',
	variants: [
		{
			endpoint: 'upload',
			afterLoss: 'repeats',
			isList: true,
			differs: ['code', 'url'],
			make() {
				const field = `scan_${randomUUID().slice(0, 8)}`;
				const name = `${field}.pdf`;
				const bytes = Buffer.from(`content of ${name}`);
				const body = { name, type: 'image', content: { name, bytes } };
				return {
					sample: { binaryPropertyName: field, fileType: 'image' },
					binary: {
						[field]: {
							data: bytes.toString('base64'),
							mimeType: 'application/pdf',
							fileName: name,
						},
					},
					requests: [{ method: 'POST', path: PATH, query: {}, body }],
					sdk: async (client) =>
						await client.request({
							method: 'POST',
							url: PATH,
							headers: { 'Content-Type': 'multipart/form-data' },
							// A stream with a path is a file for the SDK; it has no endpoint of its own for this.
							data: {
								name,
								type: 'image',
								content: Object.assign(Readable.from([bytes]), { path: name }),
							},
						}),
				};
			},
			refusal: {
				code: 1390001,
				msg: 'param is invalid: name',
				status: 400,
				words: /refused a parameter/,
			},
		},
	],
	badInput: {
		binaryPropertyName: {
			values: ['', ',', null, {}, { data: 'x' }, ['a', 7]],
			message: /^(is empty$|holds a file)/,
		},
		fileType: CHOICE,
	},
	words: /nobody is notified/,
};
