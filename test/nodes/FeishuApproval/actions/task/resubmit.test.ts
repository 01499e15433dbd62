import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { COLLEAGUE, INITIATOR, type Instance } from '../../../../../sandbox';
import { startHarness, type Harness } from '../../../../engine/harness';
import { tunable } from '../../../../engine/tunable';

const { TIMEOUTS } = tunable();

const FIELDS = [
	{ id: 'w1', type: 'input', name: 'Reason', custom_id: 'reason', required: true },
	{ id: 'w2', type: 'contact', name: 'Who' },
	{ id: 'w3', type: 'attachmentV2', name: 'Files' },
	{ id: 'w4', type: 'radioV2', name: 'Kind', option: [{ value: 'k1', text: 'Train' }] },
];

let harness: Harness;
let instance: Instance;
beforeEach(async () => {
	Object.assign(TIMEOUTS, { pauseMs: 1, settleMs: 10, lateMs: 10 });
	harness = await startHarness();
	const { open_id, user_id } = INITIATOR;
	const { approval_code } = harness.sandbox.addDefinition({ form: FIELDS });
	const start = { start_time: '1', end_time: '0', node_id: 'START', node_name: 'Start' };
	instance = harness.sandbox.addInstance({
		approval_code,
		status: 'PENDING',
		open_id,
		user_id,
		timeline: [],
		task_list: [{ id: '1', open_id, user_id, status: 'PENDING', ...start }],
	});
});
afterEach(async () => await harness.close());

const run = async (form: unknown, options: INodeParameters = {}, input: IDataObject = {}) =>
	await harness.engine.run(
		[
			{
				name: 'Resubmit',
				parameters: {
					resource: 'task',
					operation: 'resubmit',
					approvalCode: instance.approval_code,
					instanceCode: instance.instance_code,
					userId: INITIATOR.open_id,
					taskId: '1',
					formJson: JSON.stringify(form),
					options,
				},
			},
		],
		[input],
	);

const sent = () =>
	harness.sandbox
		.calls('resubmitTask')
		.map(({ body }) => JSON.parse(String((body as IDataObject).form)) as unknown);

const file = (name: string, text: string) => ({
	data: Buffer.from(text).toString('base64'),
	mimeType: 'application/pdf',
	fileName: name,
});

it('takes values by the names of the fields, looks people up and uploads files', async () => {
	const binary = { scan: file('报销单 "1".pdf', 'paid') };
	const form = { reason: 'again', Who: COLLEAGUE.email, Files: 'scan', Kind: 'train' };
	const { json, error } = await run(form, {}, { json: {}, binary });
	expect(error).toBeUndefined();
	expect(json('Resubmit')).toMatchObject([{ success: true, task_id: '1' }]);
	const [code] = [...harness.sandbox.uploads.keys()];
	expect(sent()).toEqual([
		[
			{ id: 'w1', type: 'input', value: 'again' },
			{ id: 'w2', type: 'contact', value: [], open_ids: [COLLEAGUE.open_id] },
			{ id: 'w3', type: 'attachmentV2', value: [code] },
			{ id: 'w4', type: 'radioV2', value: 'k1' },
		],
	]);
	expect(harness.sandbox.uploads.get(code)).toMatchObject({ name: '报销单 1.pdf' });
});

it('uploads at the newer address where the platform does not have the documented one', async () => {
	harness.sandbox.missingUploads.add('upload');
	const binary = { a: file('a.pdf', 'a'), b: file('b.pdf', 'b') };
	const { error } = await run({ reason: 'x', Files: 'a, b' }, {}, { json: {}, binary });
	expect(error).toBeUndefined();
	expect(harness.sandbox.calls('upload')).toHaveLength(1);
	expect(harness.sandbox.calls('uploadV4')).toHaveLength(2);
});

it('repeats an upload whose answer was lost, and sends the form once', async () => {
	harness.sandbox.faults.add({ on: 'upload', fault: { kind: 'reset', when: 'after' } });
	const binary = { a: file('a.pdf', 'a') };
	const { error } = await run({ reason: 'x', Files: 'a' }, {}, { json: {}, binary });
	expect(error).toBeUndefined();
	expect(harness.sandbox.calls('upload')).toHaveLength(2);
	expect(harness.sandbox.calls('resubmitTask')).toHaveLength(1);
});

it.each<[string, unknown, RegExp]>([
	['no such field', { reason: 'x', Gone: 1 }, /"Gone" is no field.*Reason, Who, Files, Kind/s],
	['a required field without a value', { Kind: 'Train' }, /"Reason" is empty/],
	['no such choice', { reason: 'x', Kind: 'Boat' }, /no choice "Boat".*Train/s],
	['no such file', { reason: 'x', Files: 'scan' }, /has no files/],
	['nobody by this address', { reason: 'x', Who: 'no@example.com' }, /nobody was found/],
	['a widget that is not there', [{ id: 'w9', type: 'input', value: 'x' }], /"w9" is no field/],
])('refuses %s, and submits nothing', async (_what, form, words) => {
	const { error } = await run(form);
	expect(`${error?.message} ${error?.description}`).toMatch(words);
	expect(sent()).toEqual([]);
	expect(harness.sandbox.uploads.size).toBe(0);
});

it('gives a file the ending of its kind where its name has none', async () => {
	const binary = { a: { ...file('report', 'a'), fileExtension: 'pdf' } };
	await run({ reason: 'x', Files: 'a' }, {}, { json: {}, binary });
	expect([...harness.sandbox.uploads.values()]).toMatchObject([{ name: 'report.pdf' }]);
});

it('refuses a file that is empty, and one that Feishu gives no code for', async () => {
	const empty = { a: file('a.pdf', '') };
	const refused = await run({ reason: 'x', Files: 'a' }, {}, { json: {}, binary: empty });
	expect(refused.error?.message).toContain('is empty');
	const body = { code: 0, msg: 'success', data: {} };
	harness.sandbox.faults.add({ on: 'upload', fault: { kind: 'answer', status: 200, body } });
	const binary = { a: file('a.pdf', 'a') };
	const { error } = await run({ reason: 'x', Files: 'a' }, {}, { json: {}, binary });
	expect(error?.message).toContain('gave no code');
	expect(sent()).toEqual([]);
});

it('sends a list of widgets unread where the check is skipped, and nothing else', async () => {
	const form = [{ id: 'w9', type: 'input', value: 'x' }];
	expect((await run(form, { skipCheck: true })).error).toBeUndefined();
	expect(sent()).toEqual([form]);
	expect(harness.sandbox.calls('getDefinition')).toEqual([]);
	const { error } = await run({ reason: 'x' }, { skipCheck: true });
	expect(error?.message).toContain('Skip Check');
});
