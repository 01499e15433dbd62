import { sleep, type INodeParameters } from 'n8n-workflow';

import type { HostedFile, Instance } from '../../../../../sandbox';
import type { Outcome, Step } from '../../../../engine/engine';
import { startHarness, type Harness } from '../../../../engine/harness';
import { tunable } from '../../../../engine/tunable';

const { TIMEOUTS } = tunable();

let harness: Harness;
let instance: Instance;
beforeEach(async () => {
	Object.assign(TIMEOUTS, { pauseMs: 1 });
	harness = await startHarness();
	instance = harness.sandbox.addInstance({ form: '[]', comment_list: [], timeline: [] });
});
afterEach(async () => await harness.close());

const add = (name: string, file?: HostedFile) => harness.sandbox.fileHost.add(name, file);

/** Puts files into a field of the form. */
function attach(urls: string[], ext: string, more: object = {}): void {
	const field = { id: 'w1', custom_id: 'receipts', name: 'Receipts', type: 'attachmentV2' };
	instance.form = JSON.stringify([{ ...field, value: urls, ext, ...more }]);
}

async function download(
	parameters: INodeParameters = {},
	more: Partial<Step> = {},
): Promise<Outcome> {
	const step: Step = {
		name: 'Files',
		parameters: {
			resource: 'file',
			operation: 'download',
			instanceCode: instance.instance_code,
			...parameters,
		},
		...more,
	};
	return await harness.engine.run([step]);
}

const contents = ({ items }: Outcome, field = 'data') =>
	items('Files').map(({ binary }) => Buffer.from(binary?.[field].data ?? '', 'base64').toString());

it('gives an item for each file, with its name, type and size, paired with the instance', async () => {
	attach([add('one', { body: 'first', type: 'application/pdf' }), add('two')], 'a.pdf,b.jpg');
	const outcome = await download();
	expect(outcome.error).toBeUndefined();
	const own = { field: 'receipts', from: 'form', instance_code: instance.instance_code };
	expect(outcome.json('Files')).toEqual([
		{ name: 'a.pdf', ...own, size: 5 },
		{ name: 'b.jpg', ...own, size: 7 },
	]);
	expect(contents(outcome)).toEqual(['first', 'content']);
	expect(outcome.items('Files')).toMatchObject([
		{
			binary: { data: { fileName: 'a.pdf', mimeType: 'application/pdf' } },
			pairedItem: { item: 0 },
		},
		{ binary: { data: { fileName: 'b.jpg', mimeType: 'image/jpeg' } }, pairedItem: { item: 0 } },
	]);
});

it('finds the files of comments and of the timeline, and those that are named', async () => {
	const file = (title: string) => ({ url: add(title), title, type: 'image', file_size: 1 });
	const said = { id: '1', user_id: '', open_id: '', comment: '', create_time: '1' };
	instance.comment_list = [{ ...said, files: [file('a.png'), file('b.pdf')] }];
	instance.timeline = [{ type: 'PASS', create_time: '1', ext: '', files: [file('c.png')] }];
	const places = ['form', 'comments', 'timeline'];
	const all = await download({ from: places, binaryPropertyName: 'file' });
	expect(all.json('Files').map(({ name, from }) => `${from}: ${name}`)).toEqual([
		'comments: a.png',
		'comments: b.pdf',
		'timeline: c.png',
	]);
	expect(contents(all, 'file')).toHaveLength(3);
	const some = await download({ from: places, options: { fileNames: '*.PNG' } });
	expect(some.json('Files').map(({ name }) => name)).toEqual(['a.png', 'c.png']);
});

it('gives no item where there is no file', async () => {
	const { json, error } = await download();
	expect([json('Files'), error]).toEqual([[], undefined]);
});

it('sends no token to the host of the files', async () => {
	attach([add('one')], 'a.pdf');
	await download();
	const [{ headers }] = harness.sandbox.fileHost.requests;
	expect(headers.authorization).toBeUndefined();
	expect(JSON.stringify(headers)).not.toContain(
		String(harness.engine.credential().tenantAccessToken),
	);
});

it('asks anew for a link that has run out, once', async () => {
	attach([add('one', { statuses: [403] })], 'a.pdf');
	const outcome = await download();
	expect(outcome.error).toBeUndefined();
	expect(contents(outcome)).toEqual(['content']);
	expect(harness.sandbox.calls('get')).toHaveLength(2);
	const links = harness.sandbox.fileHost.requests.map(({ url }) => url);
	expect(new Set(links).size).toBe(2);
});

it.each<[string, HostedFile]>([
	['answers with HTTP 502', { statuses: [502] }],
	['breaks off in the middle', { body: 'a longer content', breaks: 1 }],
])('tries again where the host %s', async (_what, file) => {
	attach([add('one', file)], 'a.pdf');
	const outcome = await download();
	expect(outcome.error).toBeUndefined();
	expect(contents(outcome)).toEqual([file.body ?? 'content']);
});

describe('a file that cannot be had', () => {
	const MISSING: Array<[string, HostedFile, string]> = [
		['is gone', { statuses: [404, 404] }, 'its host answered with HTTP 404'],
		['is too large', { bytes: 2_000_000 }, 'it is larger than 1 MB'],
		['is too large and does not say so', { bytes: 9_000_000, withoutLength: true }, 'it is larger'],
	];

	it.each(MISSING)('(%s) is an error item, and the others come', async (_what, file, text) => {
		attach([add('bad', file), add('good')], 'a.pdf,b.pdf');
		const { json, items } = await download(
			{ options: { maxSize: 1 } },
			{ onError: 'continueRegularOutput' },
		);
		const [bad, good] = json('Files');
		expect(bad.error).toContain(`"a.pdf" could not be downloaded: ${text}`);
		expect(bad.feishu_error).toBeDefined();
		expect(good).toMatchObject({ name: 'b.pdf' });
		expect(items('Files').map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 0 }]);
	});

	it('ends the run otherwise, and names the file', async () => {
		attach([add('bad', { statuses: [404, 404] })], 'a.pdf');
		const { error } = await download();
		expect(error?.message).toBe('"a.pdf" could not be downloaded: its host answered with HTTP 404');
	});
});

describe('redirects', () => {
	it('are followed, three times at most, without a token', async () => {
		const { fileHost } = harness.sandbox;
		const to = (name: string) => `${fileHost.url}/files/${name}`;
		add('end');
		attach([add('a', { redirect: to('b') })], 'a.pdf');
		add('b', { redirect: '/files/c' });
		add('c', { redirect: to('end') });
		expect((await download()).error).toBeUndefined();
		expect(fileHost.requests.map(({ name }) => name)).toEqual(['a', 'b', 'c', 'end']);
		add('c', { redirect: to('a') });
		expect((await download()).error?.message).toContain('more than 3 times');
	});

	it.each(['file:///etc/passwd', 'ftp://127.0.0.1/a', 'javascript:1'])(
		'to %s are refused',
		async (redirect) => {
			attach([add('a', { redirect })], 'a.pdf');
			expect((await download()).error?.message).toContain('its link does not begin with https://');
		},
	);
});

it('streams a large file without holding it', async () => {
	attach([add('large', { bytes: 40_000_000 })], 'a.bin');
	const { json, error } = await download();
	expect(error).toBeUndefined();
	expect(json('Files')).toMatchObject([{ size: 40_000_000 }]);
});

it('ends when the run is stopped', async () => {
	attach([add('a', { statuses: Array.from({ length: 100 }, () => 503) })], 'a.pdf');
	Object.assign(TIMEOUTS, { pauseMs: 60_000 });
	const parameters = { resource: 'file', operation: 'download' };
	const running = harness.engine.start([
		{ name: 'Files', parameters: { ...parameters, instanceCode: instance.instance_code } },
	]);
	while (harness.sandbox.fileHost.requests.length === 0) {
		await sleep(20);
	}
	running.cancel();
	await running.outcome;
	expect(harness.sandbox.fileHost.requests).toHaveLength(1);
});
