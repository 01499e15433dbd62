import type { INodeParameters } from 'n8n-workflow';

import { ACCOUNTANT, businessError, INITIATOR, type TimelineEntry } from '../../../../../sandbox';
import { setClock } from '../../../../engine/machineClock';
import { CONTINUE_ON_FAIL, Deciding, entry, LOST, RETRY_ON_FAIL } from '../task/deciding';

const deciding = new Deciding();
afterEach(() => jest.restoreAllMocks());

const UNKNOWN = 'It is not known whether the approval was withdrawn';
const WITHDRAWN = 'The approval instance was withdrawn';
const HOUR = 3_600_000;

const cancel = async (
	parameters: INodeParameters = {},
	input = [{}],
	more: Parameters<Deciding['step']>[2] = {},
) => {
	const own = { resource: 'instance', userId: INITIATOR.open_id, ...parameters };
	return await deciding.run('cancel', own, input, more);
};

/** The approval is withdrawn, and its timeline says so in this way, or not at all. */
const withdraw = (...entries: TimelineEntry[]) => {
	deciding.instance.status = 'CANCELED';
	deciding.instance.timeline.push(...entries);
};
const ago = (ms: number) => ({ create_time: String(Date.now() - ms) });

describe('a lost withdrawal is not taken for done where', () => {
	it.each<[string, () => TimelineEntry]>([
		['somebody else has withdrawn it at the same moment', () => entry('CANCEL', ACCOUNTANT)],
		['it was withdrawn long before', () => entry('CANCEL', INITIATOR, ago(HOUR))],
	])('%s: Feishu says so when asked again', async (_what, made) => {
		deciding.loseAnd('cancel', () => withdraw(made()));
		const { error } = await cancel();
		expect(error?.message).toBe(WITHDRAWN);
		expect(deciding.calls('cancel')).toEqual([2, 0]);
	});

	it.each<[string, () => TimelineEntry[]]>([
		['the timeline does not show it', () => []],
		['it does not say who', () => [entry('CANCEL', INITIATOR, { open_id: undefined })]],
		['it does not say when', () => [entry('CANCEL', INITIATOR, { create_time: '' })]],
	])('%s: nobody knows, and nothing is sent again', async (_what, made) => {
		deciding.loseAnd('cancel', () => withdraw(...made()));
		const { error } = await cancel();
		expect(error?.message).toBe(UNKNOWN);
		expect(error?.description).toContain('does not tell who withdrew it, and when');
		expect(deciding.calls('cancel')).toEqual([1, 0]);
	});

	it('union IDs cannot be compared', async () => {
		const { union_id: userId } = INITIATOR;
		deciding.loseAnd('cancel', () => withdraw(entry('CANCEL', INITIATOR)));
		const { error } = await cancel({ userId, userIdType: 'union_id' });
		expect(error?.message).toBe(UNKNOWN);
		expect(error?.description).toContain('No instance carries union IDs');
		expect(deciding.calls('cancel')).toEqual([1, 0]);
	});

	it('another item of the run has made it', async () => {
		deciding.harness.sandbox.faults.add({ on: 'cancel', skip: 1, fault: LOST });
		const { json } = await cancel({}, [{}, {}], CONTINUE_ON_FAIL);
		expect(json('Task')).toMatchObject([{ success: true }, { error: WITHDRAWN }]);
		expect(deciding.calls('cancel')).toEqual([3, 1]);
	});
});

describe('a lost withdrawal is done once', () => {
	it.each([-4 * 60_000, 0, 4 * 60_000])('with a clock that differs by %d ms', async (differsBy) => {
		setClock(differsBy);
		deciding.harness.sandbox.faults.add({ on: 'cancel', fault: { kind: 'reset', when: 'after' } });
		const { json, error } = await cancel();
		expect(error).toBeUndefined();
		expect(json('Task')).toMatchObject([
			{ success: true, note: expect.stringContaining('nothing was sent again') },
		]);
		expect(deciding.calls('cancel')).toEqual([1, 1]);
	});

	it('with union IDs where the timeline shows none: it is sent again', async () => {
		const { union_id: userId } = INITIATOR;
		deciding.harness.sandbox.faults.add({ on: 'cancel', fault: LOST });
		const { error } = await cancel({ userId, userIdType: 'union_id' });
		expect(error).toBeUndefined();
		expect(deciding.calls('cancel')).toEqual([2, 1]);
	});

	it('where it shows late', async () => {
		deciding.harness.sandbox.faults.add({ on: 'cancel', fault: { kind: 'reset', when: 'after' } });
		deciding.showLate('cancel', 2);
		const { json, error } = await cancel();
		expect(error).toBeUndefined();
		expect(json('Task')).toMatchObject([{ success: true }]);
		expect(deciding.calls('cancel')).toEqual([2, 1]);
	});

	it('by Retry On Fail, where the first try could not look', async () => {
		const { faults } = deciding.harness.sandbox;
		faults.add({ on: 'cancel', fault: { kind: 'reset', when: 'after' } });
		faults.add({ on: 'get', fault: businessError(1390009, 'no permission', { status: 403 }) });
		const { error } = await cancel({}, [{}], RETRY_ON_FAIL);
		expect(error).toBeUndefined();
		expect(deciding.calls('cancel')).toEqual([1, 1]);
	});
});
