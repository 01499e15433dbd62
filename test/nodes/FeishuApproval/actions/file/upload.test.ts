import type { IBinaryKeyData, IDataObject, INodeParameters } from 'n8n-workflow';

import type { FilePart } from '../../../../../sandbox/journal';
import type { Step } from '../../../../engine/engine';
import { startHarness, type Harness } from '../../../../engine/harness';
import { tunable } from '../../../../engine/tunable';

const { TIMEOUTS } = tunable();
const MB = 1024 * 1024;

let harness: Harness;
beforeEach(async () => {
	TIMEOUTS.pauseMs = 1;
	harness = await startHarness();
});
afterEach(async () => await harness.close());

const file = (bytes: Buffer | number, mimeType: string, more: object = {}): IBinaryKeyData => ({
	data: {
		data: (typeof bytes === 'number' ? Buffer.alloc(bytes, 1) : bytes).toString('base64'),
		mimeType,
		fileName: 'scan.png',
		...more,
	},
});

const uploading = async (
	binaries: IBinaryKeyData[],
	parameters: INodeParameters = {},
	more: Partial<Step> = {},
) =>
	await harness.engine.run(
		[
			{
				name: 'Upload',
				parameters: { resource: 'file', operation: 'upload', ...parameters },
				...more,
			},
		],
		binaries.map((binary) => ({ json: {}, binary })),
	);

const sent = () =>
	harness.sandbox.calls('upload').map(({ body }) => body as { name: string; type: string });

it.each<[string, number, string, INodeParameters, string]>([
	['a picture', 3, 'image/png', {}, 'image'],
	['any other file', 3, 'application/pdf', {}, 'attachment'],
	['a picture of 10 MB', 10 * MB, 'image/png', {}, 'image'],
	['a picture of more than 10 MB', 10 * MB + 1, 'image/png', {}, 'attachment'],
	['a picture for an attachment', 3, 'image/png', { fileType: 'attachment' }, 'attachment'],
	['a file of 50 MB', 50 * MB, 'application/pdf', {}, 'attachment'],
])('%s goes as what it is', async (_what, bytes, mimeType, parameters, type) => {
	const { error, json } = await uploading([file(bytes, mimeType)], parameters);
	expect(error).toBeUndefined();
	expect(json('Upload')).toEqual([
		{
			code: expect.stringMatching(/^[\dA-F-]{36}$/),
			url: expect.not.stringContaining('\\u0026'),
			name: 'scan.png',
			size: bytes,
			file_type: type,
		},
	]);
	expect(sent()).toMatchObject([{ name: 'scan.png', type }]);
});

it.each<[string, number, string, INodeParameters, string]>([
	['more than 50 MB', 50 * MB + 1, 'application/pdf', {}, '51 MB, which is too large'],
	['a picture of more than 10 MB', 10 * MB + 1, 'image/png', { fileType: 'image' }, '11 MB, which'],
	['nothing in it', 0, 'image/png', {}, 'is empty'],
])(
	'refuses a file with %s, and sends nothing',
	async (_what, bytes, mimeType, parameters, words) => {
		const { error } = await uploading([file(bytes, mimeType)], parameters);
		expect(error?.message).toContain('"scan.png"');
		expect(error?.message).toContain(words);
		expect(sent()).toEqual([]);
	},
);

it.each<[string, object, string]>([
	['its own', { fileName: 'plan.v2.pdf' }, 'plan.v2.pdf'],
	['with the ending of its kind', { fileName: 'plan', fileExtension: 'pdf' }, 'plan.pdf'],
	['without what no name may have', { fileName: 'a/b\\"c"\r\n.pdf' }, 'abc.pdf'],
	['that of its field', { fileName: undefined, fileExtension: 'png' }, 'data.png'],
])('the name is %s', async (_which, more, name) => {
	const { json } = await uploading([file(3, 'application/pdf', more)]);
	expect(json('Upload')).toMatchObject([{ name }]);
	expect(sent()).toMatchObject([{ name }]);
});

it('sends the bytes as they are', async () => {
	const bytes = Buffer.from([0, 255, 13, 10, 45, 45, 34]);
	await uploading([file(bytes, 'image/png')]);
	const [{ content }] = sent() as unknown as Array<{ content: FilePart }>;
	expect(Buffer.from(content.bytes).equals(bytes)).toBe(true);
});

it('asks once a run for an address that the platform does not have, then uses the newer one', async () => {
	harness.sandbox.missingUploads.add('upload');
	const { json } = await uploading([1, 2, 3, 4].map((bytes) => file(bytes, 'image/png')));
	expect(json('Upload').map(({ size }) => size)).toEqual([1, 2, 3, 4]);
	expect(harness.sandbox.calls('upload').length).toBeLessThanOrEqual(3);
	expect(harness.sandbox.calls('uploadV4')).toHaveLength(4);
});

it('is sent again at most three times where no answer comes', async () => {
	const fault = { kind: 'reset', when: 'after' } as const;
	harness.sandbox.faults.add({ on: 'upload', times: Infinity, fault });
	const { error } = await uploading([file(3, 'image/png')]);
	expect(error).toBeDefined();
	expect(sent()).toHaveLength(4);
});

it('several files of an item come one after another, each with the item', async () => {
	const two: IBinaryKeyData = { ...file(1, 'image/png'), second: file(2, 'image/png').data };
	const { items } = await uploading([two, two], { binaryPropertyName: 'data, second' });
	expect(items('Upload').map(({ json, pairedItem }) => [json.size, pairedItem])).toEqual([
		[1, { item: 0 }],
		[2, { item: 0 }],
		[1, { item: 1 }],
		[2, { item: 1 }],
	]);
});

it('says which files the item has where it lacks one', async () => {
	const going = { onError: 'continueRegularOutput' } as const;
	const { json } = await uploading(
		[file(1, 'image/png'), {}],
		{ binaryPropertyName: 'scan' },
		going,
	);
	expect(json('Upload') as IDataObject[]).toMatchObject([
		{
			error: expect.stringContaining('no file in "scan"'),
			description: expect.stringContaining('are: data.'),
		},
		{ description: expect.stringContaining('no files at all') },
	]);
});
