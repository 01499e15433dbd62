/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { sleep, type INodeParameters } from 'n8n-workflow';
import { rm, writeFile } from 'node:fs/promises';

import type { HostedFile, Instance } from '../../../../../sandbox';
import { startBinaryStore, type BinaryStore } from '../../../../engine/binaryStore';
import type { Outcome, Step } from '../../../../engine/engine';
import { startHarness, type Harness } from '../../../../engine/harness';
import { tunable } from '../../../../engine/tunable';

const { TIMEOUTS } = tunable();

let harness: Harness;
let store: BinaryStore;
let instance: Instance;
beforeEach(async () => {
	Object.assign(TIMEOUTS, { pauseMs: 1 });
	harness = await startHarness();
	store = await startBinaryStore();
	instance = harness.sandbox.addInstance({ form: '[]', comment_list: [], timeline: [] });
});
afterEach(async () => {
	await store.close();
	await harness.close();
});

/** Puts files into a field of the form, under their own names. */
function attach(files: Record<string, HostedFile>): void {
	const value = Object.entries(files).map(([name, file]) =>
		harness.sandbox.fileHost.add(name, file),
	);
	const ext = Object.keys(files).join(',');
	instance.form = JSON.stringify([{ id: 'w1', name: 'Files', type: 'attachmentV2', value, ext }]);
}

const step = (options: INodeParameters = {}): Step => ({
	name: 'Files',
	parameters: {
		resource: 'file',
		operation: 'download',
		instanceCode: instance.instance_code,
		options,
	},
});
const download = async (options?: INodeParameters, more: Partial<Step> = {}) =>
	await harness.engine.run([{ ...step(options), ...more }]);

const contents = async ({ items }: Outcome) =>
	await Promise.all(
		items('Files').map(async ({ binary }) => String(await store.read(binary!.data))),
	);
const requests = () => harness.sandbox.fileHost.requests;
const asked = () => harness.sandbox.calls('get').length;
/** A text of so many letters. */
const long = (length: number) => 'abcdefghij'.repeat(length / 10);

it("puts files into n8n's store, and hardly anything into the items", async () => {
	attach({ 'a.pdf': { body: long(300_000) }, 'b.bin': { body: 'b' } });
	const outcome = await download();
	expect(outcome.error).toBeUndefined();
	expect(await contents(outcome)).toEqual([long(300_000), 'b']);
	expect(outcome.items('Files')[0].binary?.data).toMatchObject({
		data: 'filesystem-v2',
		fileName: 'a.pdf',
		mimeType: 'application/pdf',
		bytes: 300_000,
	});
	expect(JSON.stringify(outcome.items('Files')).length).toBeLessThan(2_000);
	// Each file has its description beside it.
	expect(await store.files()).toHaveLength(4);
});

it.each<[string, HostedFile]>([
	['breaks off', { breaks: 2 }],
	['breaks off and never said how long it is', { breaks: 2, withoutLength: true }],
	['falls silent', { stalls: 2 }],
	['is overloaded', { statuses: [503, 429] }],
])('a file whose host %s comes whole, and nothing else stays', async (_what, file) => {
	Object.assign(TIMEOUTS, { answerMs: 500 });
	attach({ 'a.txt': { body: long(200_000), ...file } });
	const outcome = await download();
	expect(outcome.error).toBeUndefined();
	expect(await contents(outcome)).toEqual([long(200_000)]);
	expect(requests()).toHaveLength(3);
	while ((await store.files()).length > 2) await sleep(20);
});

it('waits for a slow host as long as something comes', async () => {
	Object.assign(TIMEOUTS, { answerMs: 1_500 });
	attach({ 'a.txt': { body: long(1_000), pieceMs: 300 } });
	const outcome = await download();
	expect(outcome.error).toBeUndefined();
	expect(await contents(outcome)).toEqual([long(1_000)]);
	expect(requests()).toHaveLength(1);
});

it.each<[string, HostedFile, string]>([
	['falls silent', { body: long(1_000), stalls: 9 }, 'its host fell silent'],
	['breaks off', { body: long(1_000), breaks: 9 }, 'the connection broke'],
	['is too large', { bytes: 3_000_000, withoutLength: true }, 'it is larger than 1 MB'],
])('of a file that %s nothing stays, and the next one comes', async (_what, file, text) => {
	Object.assign(TIMEOUTS, { answerMs: 300 });
	attach({ 'bad.txt': file, 'good.txt': {} });
	const outcome = await download({ maxSize: 1 }, { onError: 'continueRegularOutput' });
	const [bad, good] = outcome.json('Files');
	expect(bad.error).toBe(`"bad.txt" could not be downloaded: ${text}`);
	expect(good).toMatchObject({ name: 'good.txt', size: 7 });
	while ((await store.files()).length > 2) await sleep(20);
	expect(requests()).toHaveLength(text.startsWith('it is') ? 2 : 5);
});

it('ends in the middle of a file when the run is stopped, and leaves nothing', async () => {
	attach({ 'a.txt': { body: long(1_000), pieceMs: 20_000 }, 'b.txt': {} });
	const { outcome, cancel } = harness.engine.start([step()]);
	while (requests().length === 0) await sleep(20);
	await sleep(100);
	cancel();
	await outcome;
	while (requests()[0].isComplete === undefined) await sleep(20);
	expect(requests()).toMatchObject([{ name: 'a.txt', isComplete: false }]);
	while ((await store.files()).length > 0) await sleep(20);
});

it("says that it is n8n's store that cannot take a file, and does not ask again", async () => {
	attach({ 'a.txt': { body: long(1_000) } });
	await rm(store.folder, { recursive: true });
	await writeFile(store.folder, 'in the way');
	const { error } = await download();
	expect(error?.message).toBe('"a.txt" could not be downloaded: n8n could not store it');
	expect(error?.description).toContain('keeps binary data');
	expect(requests()).toHaveLength(1);
});

it('asks once for fresh links when those of an instance run out on the way', async () => {
	attach({
		'a.txt': { body: long(1_000), pieceMs: 30 },
		'b.txt': {},
		'c.txt': {},
	});
	const { outcome } = harness.engine.start([step()]);
	while (requests().length === 0) await sleep(5);
	harness.sandbox.fileHost.runOut();
	expect((await outcome).error).toBeUndefined();
	expect(requests().map(({ name, status }) => `${name} ${status}`)).toEqual([
		'a.txt 200',
		'b.txt 403',
		'b.txt 200',
		'c.txt 200',
	]);
	expect(asked()).toBe(2);
});

it('what does not come with fresh links either is an error that is asked for no more', async () => {
	attach({ 'a.txt': { statuses: [403, 403, 403] } });
	const { error } = await download();
	expect(error).toMatchObject({ httpCode: '403' });
	expect([requests().length, asked()]).toEqual([2, 2]);
});
