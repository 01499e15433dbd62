import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { Step } from '../../../../engine/engine';
import { startHarness, type Harness } from '../../../../engine/harness';
import { tunable } from '../../../../engine/tunable';
import {
	ACCOUNTANT,
	APPROVER,
	businessError,
	COLLEAGUE,
	INITIATOR,
	type Instance,
} from '../../../../../sandbox';

const { TIMEOUTS } = tunable();

const [A, B, C] = [ACCOUNTANT, COLLEAGUE, INITIATOR].map(({ open_id }) => open_id);
/** Both rows name B. */
const ROWS: IDataObject[] = [{ to: [A, B] }, { to: [B, C] }];
const COMBINED = 'In an earlier try, an item that is combined with this one was copied to';

let harness: Harness;
let instance: Instance;
beforeEach(async () => {
	Object.assign(TIMEOUTS, { pauseMs: 1, settleMs: 10, lateMs: 10 });
	harness = await startHarness();
	instance = harness.sandbox.addInstance({ timeline: [] });
});
afterEach(async () => await harness.close());

const step = (options: INodeParameters = {}, more: Partial<Step> = {}): Step => ({
	name: 'CC',
	parameters: {
		operation: 'cc',
		approvalCode: instance.approval_code,
		instanceCode: instance.instance_code,
		userId: APPROVER.open_id,
		ccUserIds: '={{ $json.to }}',
		options: { combine: true, ...options },
	},
	...more,
});
const copied = () => harness.sandbox.calls('cc').flatMap((call) => call.copied);
const refuse = (times: number, skip = 0) =>
	harness.sandbox.faults.add({ on: 'cc', skip, times, fault: businessError(1390001, 'no') });

describe.each([
	['Retry On Fail', true],
	['the Retry button', false],
])('rows that are combined, with %s', (_name, isByItself) => {
	async function runTwice(options: INodeParameters = {}) {
		const retries = isByItself ? { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 } : {};
		const steps = [step(options, retries)];
		const first = await harness.engine.run(steps, ROWS);
		return isByItself ? first : await harness.engine.retry(steps, first);
	}

	it('copy once to whom another row has reached, where one alone was refused', async () => {
		refuse(2);
		const { error, json } = await runTwice();
		expect(error).toBeUndefined();
		expect(copied()).toEqual([B, C, A]);
		expect(json('CC')).toMatchObject([
			{ success: true, cc_user_ids: [A, B], note: expect.stringContaining(COMBINED) },
			{ success: true, cc_user_ids: [B, C], note: expect.stringContaining('earlier try') },
		]);
		expect(json('CC')[0].note).toMatch(new RegExp(`: ${B}\\.$`));
	});

	it('copy once to each where nobody knew what became of their call', async () => {
		harness.sandbox.faults.add({ on: 'cc', fault: { kind: 'reset', when: 'after' } });
		harness.sandbox.faults.add({ on: 'get', fault: businessError(1390009, 'no', { status: 403 }) });
		const { error, json } = await runTwice();
		expect(error).toBeUndefined();
		expect(copied()).toEqual([A, B, C]);
		expect(json('CC')).toMatchObject([
			{ success: true, cc_user_ids: [A, B] },
			{ success: true, cc_user_ids: [B, C] },
		]);
	});

	it('copy once to each where their call was lost and not carried out', async () => {
		harness.sandbox.faults.add({ on: 'cc', fault: { kind: 'reset', when: 'before' } });
		harness.sandbox.faults.add({ on: 'get', fault: businessError(1390009, 'no', { status: 403 }) });
		const { error } = await runTwice();
		expect(error).toBeUndefined();
		expect(copied()).toEqual([A, B, C]);
	});

	it('say so where all their people were reached', async () => {
		refuse(2);
		const { json } = await harness.engine.run(
			[step({}, { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 })],
			[{ to: [B] }, { to: [B, C] }],
		);
		expect(copied()).toEqual([B, C]);
		expect(json('CC')[0]).toMatchObject({
			cc_user_ids: [B],
			note: expect.stringContaining(COMBINED),
		});
	});

	it('leave out with Skip Already Copied whom another row has reached', async () => {
		refuse(2);
		const { error, json } = await runTwice({ skipAlreadyCopied: true });
		expect(error).toBeUndefined();
		expect(copied()).toEqual([B, C, A]);
		expect(json('CC')[0]).toMatchObject({ cc_user_ids: [A], skipped_user_ids: [B] });
	});
});

it('copies again in another node', async () => {
	const again = { ...step(), name: 'Again' };
	again.parameters = { ...again.parameters, ccUserIds: '={{ $json.cc_user_ids }}' };
	const { error } = await harness.engine.run([step(), again], ROWS);
	expect(error).toBeUndefined();
	expect(copied()).toEqual([A, B, C, A, B, C]);
});
