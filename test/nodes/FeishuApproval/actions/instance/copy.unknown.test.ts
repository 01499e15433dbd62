import type { IDataObject } from 'n8n-workflow';

import { startHarness, type Harness } from '../../../../engine/harness';
import { tunable } from '../../../../engine/tunable';
import {
	ACCOUNTANT,
	APPROVER,
	businessError,
	COLLEAGUE,
	gatewayPage,
	serverError,
	type Fault,
	type JournalEntry,
} from '../../../../../sandbox';

const { LIMITS, TIMEOUTS } = tunable();
const LATE_MS = TIMEOUTS.lateMs;

const CODE = '7C468A54-8745-2245-9675-08B7C63E7A85';
const COPY = { approvalCode: CODE, instanceCode: CODE };
const UNKNOWN = 'It is not known whether the approval was copied';

let harness: Harness;

beforeEach(async () => {
	Object.assign(TIMEOUTS, { pauseMs: 5, settleMs: 20, lateMs: 20 });
	harness = await startHarness();
});
afterEach(async () => await harness.close());

const copy = async (kind: 'open_id' | 'union_id' | 'user_id', items = [{}]) =>
	await harness.cc(
		{ ...COPY, userIdType: kind, userId: APPROVER[kind], ccUserIds: COLLEAGUE[kind] },
		items,
	);

it('what is not known of one item is not forgotten at the next', async () => {
	const late = structuredClone(harness.sandbox.instances.get(COPY.instanceCode)!);
	const refusal = businessError(1390009, 'no operation permission', { status: 403 });
	const answer = { kind: 'answer', status: 200, body: { code: 0, data: late } } as const;
	harness.sandbox.faults.add({ on: 'cc', fault: { kind: 'reset', when: 'after' } });
	harness.sandbox.faults.add({ on: 'get', skip: 1, fault: refusal });
	harness.sandbox.faults.add({ on: 'get', skip: 1, fault: answer });
	const { json } = await harness.cc(
		{
			...COPY,
			userId: APPROVER.open_id,
			ccUserIds: COLLEAGUE.open_id,
			options: { skipAlreadyCopied: true },
		},
		[{}, {}],
		{ onError: 'continueRegularOutput' },
	);
	expect(json('CC').map(({ error }) => error)).toEqual([UNKNOWN, UNKNOWN]);
	expect(json('CC')[1].description).toContain(
		`nothing was sent for this item: ${COLLEAGUE.open_id}`,
	);
	expect(harness.sandbox.calls('cc')).toHaveLength(1);
});

it('what was found out of one item is not forgotten at the next', async () => {
	const late = structuredClone(harness.sandbox.instances.get(COPY.instanceCode)!);
	const answer = { kind: 'answer', status: 200, body: { code: 0, data: late } } as const;
	harness.sandbox.faults.add({ on: 'cc', fault: { kind: 'reset', when: 'after' } });
	harness.sandbox.faults.add({ on: 'get', skip: 2, times: Infinity, fault: answer });
	const rows = [{ to: COLLEAGUE.open_id }, { to: `${COLLEAGUE.open_id},${ACCOUNTANT.open_id}` }];
	const { json } = await harness.cc(
		{
			...COPY,
			userId: APPROVER.open_id,
			ccUserIds: '={{ $json.to }}',
			options: { skipAlreadyCopied: true },
		},
		rows,
	);
	expect(json('CC')[1]).toMatchObject({
		cc_user_ids: [ACCOUNTANT.open_id],
		skipped_user_ids: [COLLEAGUE.open_id],
	});
});

it('the timeline gets time to show a copy before it is asked', async () => {
	TIMEOUTS.settleMs = 700;
	harness.sandbox.faults.add({ on: 'cc', fault: { kind: 'reset', when: 'after' } });
	await copy('open_id');
	const [sent] = harness.sandbox.calls('cc');
	const [asked] = harness.sandbox.calls('get');
	expect(asked.at - sent.at).toBeGreaterThanOrEqual(700);
});

it('a copy that Feishu makes late is not made again', async () => {
	Object.assign(TIMEOUTS, { answerMs: 300, lateMs: 1500 });
	harness.sandbox.faults.add({ on: 'cc', fault: { kind: 'slow', ms: 1200 } });
	const { error, json } = await copy('open_id');
	expect(error).toBeUndefined();
	expect(harness.sandbox.calls('cc')).toHaveLength(1);
	expect(harness.sandbox.calls('get')).toHaveLength(2);
	expect(json('CC')).toMatchObject([{ success: true, note: expect.stringMatching(/sent again/) }]);
});

it('who is missing in the timeline is looked for once more, ten seconds later', async () => {
	expect(LATE_MS).toBe(10_000);
	TIMEOUTS.lateMs = 700;
	harness.sandbox.faults.add({ on: 'cc', fault: { kind: 'reset', when: 'before' } });
	await copy('open_id');
	const [first, second] = harness.sandbox.calls('get');
	const again = harness.sandbox.calls('cc')[1];
	expect(second.at - first.at).toBeGreaterThanOrEqual(700);
	expect(again.at).toBeGreaterThanOrEqual(second.at);
});

it.each<[string, Fault]>([
	[
		'HTTP 401 with a body that cannot be unpacked, after which n8n would send again',
		{
			kind: 'answer',
			status: 401,
			body: 'no gzip',
			headers: { 'content-encoding': 'gzip' },
			after: true,
		},
	],
	[
		'an answer that is nested too deeply',
		{
			kind: 'answer',
			status: 200,
			body: `{"code":0,"msg":"\\u0041","data":${'['.repeat(20_000)}${']'.repeat(20_000)}}`,
			after: true,
		},
	],
	['"See other"', { kind: 'answer', status: 303, body: '', after: true }],
])('%s is looked up, and sent once', async (_case, fault) => {
	harness.sandbox.faults.add({ on: 'cc', fault });
	const { error, json } = await copy('open_id');
	expect(error).toBeUndefined();
	expect(json('CC')[0].note).toContain('everybody was copied; nothing was sent again');
	expect(harness.sandbox.calls('cc')).toHaveLength(1);
});

describe('where it cannot be known whether the copy was made, nothing is sent again', () => {
	const LOST: Array<[string, Fault]> = [
		['made', { kind: 'reset', when: 'after' }],
		['not made', { kind: 'reset', when: 'before' }],
	];

	it.each(LOST)('because the timeline cannot be read (the copy was %s)', async (_case, fault) => {
		harness.sandbox.faults.add({ on: 'cc', fault });
		harness.sandbox.faults.add({ on: 'get', fault: gatewayPage(), times: Infinity });
		const { error } = await copy('open_id', [{}, {}]);

		expect(error).toMatchObject({
			name: 'NodeApiError',
			message: UNKNOWN,
			description: expect.stringContaining('The timeline does not tell ('),
			context: { itemIndex: 0 },
		});
		expect(error?.description).toContain(
			'Look at the instance in Feishu before you copy it again.',
		);
		expect(harness.sandbox.calls('cc')).toHaveLength(1);
		expect(harness.sandbox.calls('get')).toHaveLength(4);
	});

	it('because Feishu refuses the timeline', async () => {
		harness.sandbox.faults.add({ on: 'cc', fault: { kind: 'reset', when: 'after' } });
		const refusal = businessError(1390009, 'no operation permission', { status: 403 });
		harness.sandbox.faults.add({ on: 'get', fault: refusal });
		const { error } = await copy('open_id');
		expect(error?.message).toBe(UNKNOWN);
		expect(error?.description).toContain('no operation permission');
		expect(harness.sandbox.calls('cc')).toHaveLength(1);
	});

	it.each(LOST)('because no timeline carries union IDs (the copy was %s)', async (_case, fault) => {
		harness.sandbox.faults.add({ on: 'cc', fault });
		const { error } = await copy('union_id');
		expect(error?.message).toBe(UNKNOWN);
		expect(error?.description).toContain('No timeline carries union IDs');
		expect(harness.sandbox.calls('cc')).toHaveLength(1);
		expect(harness.sandbox.calls('get')).toEqual([]);
	});

	it('because the timeline shows a copy without the kind of ID that was used', async () => {
		const { timeline } = harness.sandbox.instances.get(CODE)!;
		harness.sandbox.faults.add({
			on: ({ endpoint }) => {
				if (endpoint !== 'cc') return false;
				const create_time = String(harness.sandbox.clock.now());
				timeline.push({ type: 'CC', create_time, ext: '', open_id_list: [COLLEAGUE.open_id] });
				return true;
			},
			fault: { kind: 'reset', when: 'before' },
		});
		const { error } = await copy('user_id');
		expect(error?.message).toBe(UNKNOWN);
		expect(error?.description).toContain('names people without their user_id');
		expect(harness.sandbox.calls('cc')).toHaveLength(1);
	});
});

it.each([
	['without data', {}],
	['without a timeline', { instance_code: 'A' }],
])('an answer %s tells nothing: the copy is not sent again', async (_case, data) => {
	harness.sandbox.faults.add({ on: 'cc', fault: serverError(500) });
	harness.sandbox.faults.add({
		on: 'get',
		fault: { kind: 'answer', status: 200, body: { code: 0, msg: 'success', data } },
	});
	const { error } = await copy('open_id');
	expect(error?.message).toBe(UNKNOWN);
	expect(error?.description).toContain('Feishu answered without a timeline');
	expect(harness.sandbox.calls('cc')).toHaveLength(1);
});

describe('the error of a copy that may have been made', () => {
	it('does not say at the same time that it was not made', async () => {
		harness.sandbox.faults.add({ on: 'cc', fault: serverError(500) });
		const { error } = await copy('union_id');
		expect(error?.message).toBe(UNKNOWN);
		expect(error?.description).not.toContain('did not carry out');
	});

	it('keeps what Feishu said', async () => {
		harness.sandbox.faults.add({ on: 'cc', fault: businessError(1395001, 'There have been some') });
		const { error } = await copy('union_id');
		expect(error).toMatchObject({
			message: UNKNOWN,
			context: { data: { code: 1395001, msg: 'There have been some', http_status: 400 } },
		});
	});
});

it('what Feishu said of the timeline cannot bring HTML into the text, nor hide what is known', async () => {
	harness.sandbox.faults.add({ on: 'cc', fault: { kind: 'reset', when: 'after' } });
	const refusal = businessError(1390009, '<img src=x onerror=alert(1)>', { status: 403 });
	harness.sandbox.faults.add({ on: 'get', fault: refusal });
	const { error } = await copy('open_id');
	expect(error?.description).not.toContain('<img');
	expect(error?.description).toContain('&lt;img');
	expect(error?.description).toContain('The approval does not allow this operation');
});

it('is looked for from the moment of sending, however long the call waited for its turn', async () => {
	LIMITS.ccInstance = [{ calls: 1, ms: 1_500 }];
	const earlierMs = 5 * 60_000 + 1_000;
	const { timeline } = harness.sandbox.instances.get(CODE)!;
	timeline.length = 0;
	// Made before the allowance for clocks, but within it if the wait for the turn counted.
	timeline.push({
		type: 'CC',
		create_time: String(harness.sandbox.clock.now() - earlierMs),
		open_id: APPROVER.open_id,
		open_id_list: [COLLEAGUE.open_id],
		ext: '',
	});
	harness.sandbox.faults.add({ on: 'cc', skip: 1, fault: { kind: 'reset', when: 'before' } });
	const { json } = await harness.cc(
		{ ...COPY, userId: APPROVER.open_id, ccUserIds: '={{ $json.to }}' },
		[{ to: APPROVER.open_id }, { to: COLLEAGUE.open_id }],
	);
	expect(harness.sandbox.calls('cc')).toHaveLength(3);
	expect(json('CC')[1].note).toContain('the call was sent again');
});

describe('a timeline that tells less than the sandbox does', () => {
	/** Answers the next looks with the instance as it is then, changed by `change`. */
	function tell(change: (timeline: IDataObject[]) => IDataObject[]): void {
		const fault = { kind: 'answer' as const, status: 200, body: {} };
		const on = ({ endpoint }: JournalEntry) => {
			if (endpoint !== 'get') return false;
			const data = structuredClone(harness.sandbox.instances.get(CODE)!);
			const timeline = change(data.timeline as unknown as IDataObject[]);
			fault.body = { code: 0, msg: 'success', data: { ...data, timeline } };
			return true;
		};
		harness.sandbox.faults.add({ on, fault, times: Infinity });
	}
	const cc = async (items: IDataObject[], comment = '') =>
		await harness.cc(
			{
				...COPY,
				userId: APPROVER.open_id,
				ccUserIds: COLLEAGUE.open_id,
				options: { comment },
			},
			items,
		);

	it('because it carries no comments: an entry of this moment may be this copy or another', async () => {
		tell((timeline) => timeline.map((entry) => ({ ...entry, comment: '' })));
		harness.sandbox.faults.add({ on: 'cc', fault: { kind: 'reset', when: 'after' } });
		const { error } = await cc([{}], 'please pay');
		expect(error?.message).toBe(UNKNOWN);
		expect(error?.description).toContain('names somebody without a comment');
		expect(harness.sandbox.calls('cc')).toHaveLength(1);
	});

	it('because it is late: not even an earlier copy of this execution is in it', async () => {
		tell(() => []);
		harness.sandbox.faults.add({ on: 'cc', skip: 1, fault: { kind: 'reset', when: 'after' } });
		const { error } = await cc([{}, {}]);
		expect(error?.message).toBe(UNKNOWN);
		expect(error?.description).toContain('so that it may be late');
		expect(harness.sandbox.calls('cc')).toHaveLength(2);
	});
});
