import { openStage, type Stage } from '../../../../engine/stage';
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

let stage: Stage;

beforeEach(() => {
	Object.assign(TIMEOUTS, { pauseMs: 5, settleMs: 20, lateMs: 20 });
});
afterEach(async () => await stage.close());

const CLOCKS: Array<[string, number]> = [
	['three hours ahead', 3 * HOUR_MS],
	['two minutes ahead', 120_000],
	['exact', 0],
	['two minutes behind', -120_000],
	['three hours behind', -3 * HOUR_MS],
];

describe.each(CLOCKS)("with Feishu's clock %s", (_case, clockOffsetMs) => {
	beforeEach(async () => {
		stage = await openStage({ clockOffsetMs });
	});

	it('a copy that was made is found in the timeline', async () => {
		stage.sandbox.faults.add({ on: 'cc', fault: { kind: 'reset', when: 'after' } });
		const { error, json } = await stage.cc(COPY);
		expect(error).toBeUndefined();
		expect(stage.sandbox.calls('cc')).toHaveLength(1);
		expect(json('CC')[0].note).toContain('everybody was copied');
	});

	it('a copy of half an hour ago is not taken for it', async () => {
		const create_time = String(stage.sandbox.clock.now() - HOUR_MS / 2);
		const lists = { open_id_list: [COLLEAGUE.open_id], user_id_list: [COLLEAGUE.user_id] };
		stage.sandbox.instances
			.get(CODE)!
			.timeline.push({ type: 'CC', create_time, ext: '', ...lists });
		stage.sandbox.faults.add({ on: 'cc', fault: { kind: 'reset', when: 'before' } });
		await stage.cc(COPY);
		const copied = stage.sandbox.calls('cc').map((call) => call.copied);
		expect(copied).toEqual([[], [COLLEAGUE.open_id]]);
	});
});

describe('with a gateway that does not tell the time', () => {
	const ago = async (ms: number) => {
		stage = await openStage();
		const instance = stage.sandbox.instances.get(CODE)!;
		instance.timeline.push({
			type: 'CC',
			create_time: String(stage.sandbox.clock.now() - ms),
			ext: '',
			open_id_list: [COLLEAGUE.open_id],
		});
		stage.sandbox.faults.add({ on: 'cc', fault: { kind: 'reset', when: 'before' } });
		const body = { code: 0, msg: 'success', data: instance };
		const fault = { kind: 'answer', status: 200, body, headers: { date: 'unknown' } } as const;
		stage.sandbox.faults.add({ on: 'get', fault });
		await stage.cc(COPY);
		return stage.sandbox.calls('cc').length;
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
		stage = await openStage();
		const { timeline } = stage.sandbox.instances.get(CODE)!;
		stage.sandbox.faults.add({
			on: ({ endpoint }) => {
				if (endpoint !== 'cc') return false;
				const lists = { open_id: APPROVER.open_id, open_id_list: [COLLEAGUE.open_id] };
				timeline.push({ type: 'CC', create_time, ext: '', ...lists });
				return true;
			},
			fault: { kind: 'reset', when: 'before' },
		});
		await stage.cc(COPY);
		return stage.sandbox.calls('cc').length === 1;
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
	stage = await openStage();
	stage.sandbox.faults.add({ on: 'cc', fault: { kind: 'reset', when: 'after' } });
	const body = { code: 0, msg: 'success', data: stage.sandbox.instances.get(CODE)! };
	const date = new Date(Date.now() + minutes * 60_000).toUTCString();
	const fault = { kind: 'answer', status: 200, body, headers: { date } } as const;
	stage.sandbox.faults.add({ on: 'get', times: Infinity, fault });
	await stage.cc(COPY);
	expect(stage.sandbox.calls('cc')).toHaveLength(1);
});
