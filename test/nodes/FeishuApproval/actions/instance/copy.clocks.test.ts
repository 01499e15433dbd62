import { startHarness, type Harness } from '../../../../engine/harness';
import { tunable } from '../../../../engine/tunable';
import { APPROVER, COLLEAGUE } from '../../../../../sandbox';

const { TIMEOUTS } = tunable();

const HOUR_MS = 3_600_000;
const CODE = '7C468A54-8745-2245-9675-08B7C63E7A85';
const COPY = {
	approvalCode: CODE,
	instanceCode: CODE,
	userId: APPROVER.open_id,
	ccUserIds: COLLEAGUE.open_id,
};

let harness: Harness;

beforeEach(() => {
	Object.assign(TIMEOUTS, { pauseMs: 5, settleMs: 20, lateMs: 20 });
});
afterEach(async () => await harness.close());

const CLOCKS: Array<[string, number]> = [
	['three hours ahead', 3 * HOUR_MS],
	['two minutes ahead', 120_000],
	['exact', 0],
	['two minutes behind', -120_000],
	['three hours behind', -3 * HOUR_MS],
];

describe.each(CLOCKS)("with Feishu's clock %s", (_case, clockOffsetMs) => {
	beforeEach(async () => {
		harness = await startHarness({ clockOffsetMs });
	});

	it('a copy that was made is found in the timeline', async () => {
		harness.sandbox.faults.add({ on: 'cc', fault: { kind: 'reset', when: 'after' } });
		const { error, json } = await harness.cc(COPY);
		expect(error).toBeUndefined();
		expect(harness.sandbox.calls('cc')).toHaveLength(1);
		expect(json('CC')[0].note).toContain('everybody was copied');
	});

	it('a copy of half an hour ago is not taken for it', async () => {
		const create_time = String(harness.sandbox.clock.now() - HOUR_MS / 2);
		const lists = { open_id_list: [COLLEAGUE.open_id], user_id_list: [COLLEAGUE.user_id] };
		harness.sandbox.instances
			.get(CODE)!
			.timeline.push({ type: 'CC', create_time, ext: '', ...lists });
		harness.sandbox.faults.add({ on: 'cc', fault: { kind: 'reset', when: 'before' } });
		await harness.cc(COPY);
		const copied = harness.sandbox.calls('cc').map((call) => call.copied);
		expect(copied).toEqual([[], [COLLEAGUE.open_id]]);
	});
});

describe('with a gateway that does not tell the time', () => {
	const ago = async (ms: number) => {
		harness = await startHarness();
		const instance = harness.sandbox.instances.get(CODE)!;
		instance.timeline.push({
			type: 'CC',
			create_time: String(harness.sandbox.clock.now() - ms),
			ext: '',
			open_id_list: [COLLEAGUE.open_id],
		});
		harness.sandbox.faults.add({ on: 'cc', fault: { kind: 'reset', when: 'before' } });
		const body = { code: 0, msg: 'success', data: instance };
		const fault = { kind: 'answer', status: 200, body, headers: { date: 'unknown' } } as const;
		harness.sandbox.faults.add({ on: 'get', fault });
		await harness.cc(COPY);
		return harness.sandbox.calls('cc').length;
	};

	it('clocks that differ by some minutes copy nobody twice', async () => {
		expect(await ago(4 * 60_000)).toBe(1);
	});

	it('a copy of half an hour ago is still another copy', async () => {
		expect(await ago(HOUR_MS / 2)).toBe(2);
	});
});

describe('an entry of the timeline', () => {
	const found = async (create_time: string) => {
		harness = await startHarness();
		const { timeline } = harness.sandbox.instances.get(CODE)!;
		harness.sandbox.faults.add({
			on: ({ endpoint }) => {
				if (endpoint !== 'cc') return false;
				const lists = { open_id: APPROVER.open_id, open_id_list: [COLLEAGUE.open_id] };
				timeline.push({ type: 'CC', create_time, ext: '', ...lists });
				return true;
			},
			fault: { kind: 'reset', when: 'before' },
		});
		await harness.cc(COPY);
		return harness.sandbox.calls('cc').length === 1;
	};

	it.each([
		['without a time', ''],
		['whose time is "0"', '0'],
		['whose time is in seconds', String(Math.floor(Date.now() / 1000))],
	])('%s may be the copy: nobody is notified twice', async (_which, create_time) => {
		expect(await found(create_time)).toBe(true);
	});

	it('of hours ago, in seconds, is another copy', async () => {
		expect(await found(String(Math.floor((Date.now() - HOUR_MS) / 1000)))).toBe(false);
	});
});

it.each([10, -10])("a gateway's clock that is %i minutes ahead hides no copy", async (minutes) => {
	harness = await startHarness();
	harness.sandbox.faults.add({ on: 'cc', fault: { kind: 'reset', when: 'after' } });
	const body = { code: 0, msg: 'success', data: harness.sandbox.instances.get(CODE)! };
	const date = new Date(Date.now() + minutes * 60_000).toUTCString();
	const fault = { kind: 'answer', status: 200, body, headers: { date } } as const;
	harness.sandbox.faults.add({ on: 'get', times: Infinity, fault });
	await harness.cc(COPY);
	expect(harness.sandbox.calls('cc')).toHaveLength(1);
});
