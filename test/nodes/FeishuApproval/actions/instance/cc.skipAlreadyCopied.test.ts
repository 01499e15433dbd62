import type { INodeParameters } from 'n8n-workflow';

import type { Step } from '../../../../engine/engine';
import { startHarness, type Harness } from '../../../../engine/harness';
import { tunable } from '../../../../engine/tunable';
import {
	ACCOUNTANT,
	APPROVER,
	COLLEAGUE,
	EXPENSE_INSTANCE,
	SANDBOX_APP,
	type Fault,
	type SandboxOptions,
} from '../../../../../sandbox';

const { TIMEOUTS } = tunable();

/** COLLEAGUE was copied long ago, according to this instance's timeline. */
const COPY = {
	approvalCode: EXPENSE_INSTANCE.approval_code,
	instanceCode: EXPENSE_INSTANCE.instance_code,
	userId: APPROVER.open_id,
	options: { skipAlreadyCopied: true },
} as INodeParameters;

let harness: Harness;

const open = async (options?: SandboxOptions) => {
	harness = await startHarness(options);
};
afterEach(async () => await harness.close());

const copied = () => harness.sandbox.calls('cc').flatMap((call) => call.copied);

describe('Skip Already Copied', () => {
	beforeEach(async () => await open());

	it('sends nothing where everybody was copied before', async () => {
		const { json, error } = await harness.cc({ ...COPY, ccUserIds: COLLEAGUE.open_id });
		expect(error).toBeUndefined();
		expect(harness.sandbox.calls('get')).toHaveLength(1);
		expect(harness.sandbox.calls('cc')).toEqual([]);
		expect(json('CC')).toEqual([
			{
				success: true,
				approval_code: EXPENSE_INSTANCE.approval_code,
				instance_code: EXPENSE_INSTANCE.instance_code,
				user_id: APPROVER.open_id,
				user_id_type: 'open_id',
				cc_user_ids: [],
				skipped_user_ids: [COLLEAGUE.open_id],
			},
		]);
	});

	it('leaves out those who were copied before', async () => {
		const ccUserIds = [ACCOUNTANT, COLLEAGUE, APPROVER].map(({ open_id }) => open_id).join();
		const { json } = await harness.cc({ ...COPY, ccUserIds });
		const sent = [ACCOUNTANT.open_id, APPROVER.open_id];
		expect(harness.sandbox.calls('cc')).toMatchObject([{ body: { cc_user_ids: sent } }]);
		expect(json('CC')).toMatchObject([
			{ success: true, cc_user_ids: sent, skipped_user_ids: [COLLEAGUE.open_id] },
		]);
	});

	it('sends to all where nobody was copied before', async () => {
		const { json } = await harness.cc({ ...COPY, ccUserIds: ACCOUNTANT.open_id });
		expect(copied()).toEqual([ACCOUNTANT.open_id]);
		expect(json('CC')).toMatchObject([{ cc_user_ids: [ACCOUNTANT.open_id], skipped_user_ids: [] }]);
	});

	it('sees what an earlier item of the same run did', async () => {
		const { json } = await harness.cc({ ...COPY, ccUserIds: ACCOUNTANT.open_id }, [{}, {}]);
		expect(copied()).toEqual([ACCOUNTANT.open_id]);
		expect(json('CC')).toMatchObject([
			{ cc_user_ids: [ACCOUNTANT.open_id], skipped_user_ids: [] },
			{ cc_user_ids: [], skipped_user_ids: [ACCOUNTANT.open_id] },
		]);
	});

	it('knows what this run did where the timeline is late', async () => {
		const late = structuredClone(harness.sandbox.instances.get(EXPENSE_INSTANCE.instance_code!)!);
		const fault = { kind: 'answer', status: 200, body: { code: 0, msg: 'success', data: late } };
		harness.sandbox.faults.add({ on: 'get', times: Infinity, fault: fault as Fault });
		const rows = [{ to: ACCOUNTANT.open_id }, { to: `${ACCOUNTANT.open_id},${APPROVER.open_id}` }];
		const { json } = await harness.cc({ ...COPY, ccUserIds: '={{ $json.to }}' }, rows);
		expect(copied()).toEqual([ACCOUNTANT.open_id, APPROVER.open_id]);
		expect(json('CC')[1]).toMatchObject({
			cc_user_ids: [APPROVER.open_id],
			skipped_user_ids: [ACCOUNTANT.open_id],
		});
	});

	it('takes whatever names a person after a lost answer for this copy, however it is dated', async () => {
		const before = structuredClone(harness.sandbox.instances.get(EXPENSE_INSTANCE.instance_code!)!);
		const odd = { type: 'CC', create_time: '1000', ext: '', open_id_list: [ACCOUNTANT.open_id] };
		const timeline = [...before.timeline, odd];
		const body = { code: 0, msg: 'success', data: { ...before, timeline } };
		harness.sandbox.faults.add({
			on: 'get',
			skip: 1,
			fault: { kind: 'answer', status: 200, body },
		});
		harness.sandbox.faults.add({ on: 'cc', fault: { kind: 'reset', when: 'before' } });
		const { json } = await harness.cc({ ...COPY, ccUserIds: ACCOUNTANT.open_id });
		expect(harness.sandbox.calls('cc')).toHaveLength(1);
		expect(json('CC')[0].note).toContain('everybody was copied');
	});

	it('works with user IDs', async () => {
		const { json } = await harness.cc({
			...COPY,
			userIdType: 'user_id',
			userId: APPROVER.user_id,
			ccUserIds: `${COLLEAGUE.user_id},${ACCOUNTANT.user_id}`,
		});
		expect(copied()).toEqual([ACCOUNTANT.open_id]);
		expect(json('CC')).toMatchObject([
			{ cc_user_ids: [ACCOUNTANT.user_id], skipped_user_ids: [COLLEAGUE.user_id] },
		]);
	});

	it('copies nobody twice where the answer gets lost', async () => {
		harness.sandbox.faults.add({ on: 'cc', fault: { kind: 'reset', when: 'after' } });
		const ccUserIds = `${COLLEAGUE.open_id},${ACCOUNTANT.open_id}`;
		const { json } = await harness.cc({ ...COPY, ccUserIds });
		expect(copied()).toEqual([ACCOUNTANT.open_id]);
		expect(json('CC')).toMatchObject([
			{ cc_user_ids: [ACCOUNTANT.open_id], skipped_user_ids: [COLLEAGUE.open_id] },
		]);
	});

	it('says that it does not work with union IDs, and sends nothing', async () => {
		const { error } = await harness.cc({
			...COPY,
			userIdType: 'union_id',
			userId: APPROVER.union_id,
			ccUserIds: ACCOUNTANT.union_id,
		});
		expect(error).toMatchObject({
			name: 'NodeOperationError',
			message: 'Skip Already Copied does not work with union IDs',
			description: expect.stringContaining('nothing was sent'),
			context: { itemIndex: 0 },
		});
		expect(harness.sandbox.journal).toEqual([]);
	});

	it('copies nobody where the timeline cannot be read', async () => {
		harness.sandbox.instances.get(EXPENSE_INSTANCE.instance_code!)!.forbidden = true;
		const { error } = await harness.cc({ ...COPY, ccUserIds: ACCOUNTANT.open_id });
		expect(error).toMatchObject({
			message: 'The approval does not allow this operation',
			context: { itemIndex: 0, data: { code: 1390009 } },
		});
		expect(harness.sandbox.calls('cc')).toEqual([]);
	});

	it('costs no call where it is off', async () => {
		const off = { ...COPY, options: { skipAlreadyCopied: false }, ccUserIds: COLLEAGUE.open_id };
		const { json } = await harness.cc(off);
		expect(harness.sandbox.calls('get')).toEqual([]);
		expect(copied()).toEqual([COLLEAGUE.open_id]);
		expect(json('CC')).toMatchObject([{ skipped_user_ids: [] }]);
	});
});

describe('Skip Already Copied with user IDs that the app may not see', () => {
	it.each(['absent', 'empty'] as const)(
		'says which scope is missing, and copies nobody (IDs are %s)',
		async (userIdWithoutScope) => {
			const app = { ...SANDBOX_APP, scopes: ['approval:approval'], userIdWithoutScope };
			await open({ apps: [app] });
			const { error } = await harness.cc({
				...COPY,
				userIdType: 'user_id',
				userId: APPROVER.user_id,
				ccUserIds: COLLEAGUE.user_id,
			});
			expect(error).toMatchObject({
				message: "The instance's timeline names people without their user_id",
				description: expect.stringContaining('contact:user.employee_id:readonly'),
			});
			expect(harness.sandbox.calls('cc')).toEqual([]);
		},
	);
});

describe('what nobody could find out, tried again', () => {
	const lost: Fault = { kind: 'reset', when: 'before' };
	const step: Step = {
		name: 'CC',
		parameters: { operation: 'cc', ...COPY, ccUserIds: '={{ $json.to }}' },
	};
	const rows = [{ to: ACCOUNTANT.open_id }, { to: ACCOUNTANT.open_id }];

	beforeEach(async () => {
		Object.assign(TIMEOUTS, { pauseMs: 1, settleMs: 10, lateMs: 10 });
		await open();
	});

	it('is looked for anew and sent, once, for the item that had begun it', async () => {
		harness.sandbox.faults.add({ on: 'cc', times: 2, fault: lost });
		const first = await harness.engine.run([step], rows);
		expect(first.error?.message).toBe('It is not known whether the approval was copied');
		const { error, json } = await harness.engine.retry([step], first);
		expect(error).toBeUndefined();
		expect(copied()).toEqual([ACCOUNTANT.open_id]);
		expect(json('CC')).toMatchObject([
			{ cc_user_ids: [ACCOUNTANT.open_id], note: expect.stringContaining('was sent again') },
			{ cc_user_ids: [], skipped_user_ids: [ACCOUNTANT.open_id] },
		]);
	});

	it('says the same again as long as it is lost', async () => {
		harness.sandbox.faults.add({ on: 'cc', times: Infinity, fault: lost });
		const retried = { ...step, retryOnFail: true, maxTries: 2, waitBetweenTries: 1 };
		const { error } = await harness.engine.run([retried], rows);
		expect(error?.description).toMatch(/^The connection broke .*Not in it: /);
		expect(copied()).toEqual([]);
	});

	it('is not sent for another item that names the same person', async () => {
		harness.sandbox.faults.add({ on: 'cc', times: Infinity, fault: lost });
		const { json } = await harness.engine.run(
			[{ ...step, onError: 'continueRegularOutput' }],
			rows,
		);
		expect(harness.sandbox.calls('cc')).toHaveLength(2);
		expect(json('CC')[1].description).toMatch(/^An earlier call of this execution did not learn/);
	});
});
