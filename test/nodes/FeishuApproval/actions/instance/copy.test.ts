import { startHarness, type Harness } from '../../../../engine/harness';
import { tunable } from '../../../../engine/tunable';
import {
	ACCOUNTANT,
	APPROVER,
	businessError,
	COLLEAGUE,
	emptyBody,
	gatewayPage,
	serverError,
	type Fault,
} from '../../../../../sandbox';

const { TIMEOUTS } = tunable();

const CODE = '7C468A54-8745-2245-9675-08B7C63E7A85';
const PEOPLE = [COLLEAGUE.open_id, ACCOUNTANT.open_id];
const COPY = {
	approvalCode: CODE,
	instanceCode: CODE,
	userId: APPROVER.open_id,
	ccUserIds: PEOPLE.join(),
	options: { comment: 'please note' },
};

/** Every way in which an answer can fail to say whether the copy was made. */
const LOST: Array<[string, (after: boolean) => Fault]> = [
	['a reset connection', (after) => ({ kind: 'reset', when: after ? 'after' : 'before' })],
	['no answer at all', (after) => ({ kind: 'hang', when: after ? 'after' : 'before' })],
	['HTTP 500', (after) => ({ ...serverError(500), after })],
	['HTTP 500 without a code', (after) => ({ kind: 'answer', status: 500, body: {}, after })],
	['HTTP 502', (after) => ({ ...gatewayPage(502), after })],
	['HTTP 504', (after) => ({ ...gatewayPage(504), after })],
	['code 1395001', (after) => ({ ...businessError(1395001), after })],
	['an empty body', (after) => ({ ...emptyBody(), after })],
	['a web page', (after) => ({ kind: 'answer', status: 200, body: '<html></html>', after })],
	['JSON without a code', (after) => ({ kind: 'answer', status: 200, body: { data: {} }, after })],
	['JSON that ends in the middle', (after) => ({ kind: 'cut', how: 'json', after })],
	['an answer that breaks off', (after) => ({ kind: 'cut', after })],
];

let harness: Harness;

beforeEach(async () => {
	Object.assign(TIMEOUTS, { answerMs: 800, pauseMs: 5, settleMs: 20, lateMs: 20 });
	harness = await startHarness();
});
afterEach(async () => await harness.close());

/** How often each of the people was copied, by the instance's own history. */
function timesCopied(): number[] {
	const { timeline } = harness.sandbox.instances.get(CODE)!;
	return PEOPLE.map(
		(id) =>
			timeline.filter(({ type, open_id_list }) => type === 'CC' && open_id_list?.includes(id))
				.length,
	);
}

describe('a copy that was made although the answer got lost is not made again', () => {
	it.each(LOST)('%s', async (_case, fault) => {
		harness.sandbox.faults.add({ on: 'cc', fault: fault(true) });
		const { json, error } = await harness.cc(COPY);

		expect(error).toBeUndefined();
		expect(harness.sandbox.calls('cc').map(({ copied }) => copied)).toEqual([PEOPLE]);
		expect(timesCopied()).toEqual([1, 1]);
		expect(json('CC')).toMatchObject([
			{
				success: true,
				cc_user_ids: PEOPLE,
				skipped_user_ids: [],
				note: expect.stringMatching(/everybody was copied; nothing was sent again\.$/),
			},
		]);
	});
});

describe('a copy that was not made is sent once more', () => {
	it.each(LOST)('%s', async (_case, fault) => {
		harness.sandbox.faults.add({ on: 'cc', fault: fault(false) });
		const { json, error } = await harness.cc(COPY);

		expect(error).toBeUndefined();
		const calls = harness.sandbox.calls('cc');
		expect(calls.map(({ copied }) => copied)).toEqual([[], PEOPLE]);
		expect(calls[1].body).toEqual(calls[0].body);
		expect(timesCopied()).toEqual([1, 1]);
		expect(json('CC')).toMatchObject([
			{
				success: true,
				cc_user_ids: PEOPLE,
				note: expect.stringContaining(`sent again for them: ${PEOPLE.join(', ')}.`),
			},
		]);
	});
});

it('a copy that was confirmed needs no look at the timeline, and no note', async () => {
	const { json } = await harness.cc(COPY);
	expect(harness.sandbox.calls('get')).toEqual([]);
	expect(json('CC')[0]).not.toHaveProperty('note');
});

it('after a lost answer, the next item is copied as usual', async () => {
	harness.sandbox.faults.add({ on: 'cc', fault: { kind: 'reset', when: 'after' } });
	const items = [{ to: COLLEAGUE.open_id }, { to: ACCOUNTANT.open_id }];
	const { json } = await harness.cc({ ...COPY, ccUserIds: '={{ $json.to }}' }, items);
	expect(timesCopied()).toEqual([1, 1]);
	expect(json('CC').map(({ note }) => note === undefined)).toEqual([false, true]);
});
