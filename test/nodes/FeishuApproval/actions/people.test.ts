import type { IDataObject, INodeParameters } from 'n8n-workflow';

import {
	ACCOUNTANT,
	APPROVER,
	businessError,
	COLLEAGUE,
	INITIATOR,
	SANDBOX_APP,
	type Instance,
} from '../../../../sandbox';
import { startHarness, type Harness } from '../../../engine/harness';
import { tunable } from '../../../engine/tunable';

const { LIMITS } = tunable();

let harness: Harness;
let instance: Instance;
beforeEach(async () => {
	harness = await startHarness();
	instance = harness.sandbox.addInstance({ timeline: [] });
});
afterEach(async () => await harness.close());

const cc = async (rows: IDataObject[], more: INodeParameters = {}) =>
	await harness.cc(
		{
			approvalCode: instance.approval_code,
			instanceCode: instance.instance_code,
			userId: APPROVER.open_id,
			ccUserIds: '={{ $json.to }}',
			...more,
		},
		rows,
		{ onError: 'continueRegularOutput' },
	);
const sent = () =>
	harness.sandbox.calls('cc').map(({ body }) => body as { user_id: string; cc_user_ids: string[] });

describe('people named by email address and mobile number', () => {
	it('are looked up, whatever the writing, and counted once', async () => {
		const to = `${COLLEAGUE.open_id}, MUELLER@Example.com, +86 13800000001, ${COLLEAGUE.email}`;
		const { json } = await cc([{ to }]);
		expect(harness.sandbox.calls('getUserIds').map(({ body }) => body)).toEqual([
			{ emails: [ACCOUNTANT.email, COLLEAGUE.email], mobiles: [INITIATOR.mobile] },
		]);
		const people = [COLLEAGUE, ACCOUNTANT, INITIATOR].map(({ open_id }) => open_id);
		expect(sent()).toMatchObject([{ cc_user_ids: people }]);
		expect(json('CC')).toMatchObject([{ success: true, cc_user_ids: people }]);
	});

	it.each([
		['union_id', ACCOUNTANT.union_id],
		['user_id', ACCOUNTANT.user_id],
	] as const)('get the kind of ID that is wanted: %s', async (userIdType, id) => {
		await cc([{ to: ACCOUNTANT.email }], { userIdType, userId: APPROVER.email });
		expect(sent()).toMatchObject([{ user_id: APPROVER[userIdType], cc_user_ids: [id] }]);
		expect(harness.sandbox.calls('getUserIds')).toHaveLength(1);
	});

	it('may be on whose behalf something is done, and who submitted', async () => {
		await cc([{ to: ACCOUNTANT.open_id }], { userId: APPROVER.mobile });
		expect(sent()).toMatchObject([{ user_id: APPROVER.open_id }]);
		const options = { userId: INITIATOR.email };
		await harness.get({ instanceCode: instance.instance_code, options });
		expect(harness.sandbox.calls('get')[0].query).toEqual({ user_id: INITIATOR.open_id });
	});

	it('cost 3 look-ups for 1,000 rows that name 120 of them', async () => {
		for (let person = 0; person < 120; person++) {
			harness.sandbox.addUser({
				open_id: `ou_${person}`,
				union_id: `on_${person}`,
				user_id: `u${person}`,
				email: `p${person}@example.com`,
			});
		}
		LIMITS.ccInstance = [{ calls: 100_000, ms: 1 }];
		harness.sandbox.limits.enabled = false;
		const rows = Array.from({ length: 1000 }, (_, row) => ({ to: `P${row % 120}@example.com` }));
		const { json } = await cc(rows, { options: { combine: true } });
		expect(harness.sandbox.calls('getUserIds')).toHaveLength(3);
		expect(json('CC').map(({ cc_user_ids: people }) => people)).toEqual(
			rows.map((_, row) => [`ou_${row % 120}`]),
		);
	});

	it('work with Combine and Skip Already Copied as their IDs do', async () => {
		const options = { combine: true, skipAlreadyCopied: true };
		await cc([{ to: COLLEAGUE.open_id }]);
		const { json } = await cc(
			[{ to: `${COLLEAGUE.email}, ${ACCOUNTANT.email}` }, { to: ACCOUNTANT.open_id }],
			{ options, userId: APPROVER.email },
		);
		expect(sent().slice(1)).toMatchObject([{ cc_user_ids: [ACCOUNTANT.open_id] }]);
		expect(json('CC')).toMatchObject([
			{ cc_user_ids: [ACCOUNTANT.open_id], skipped_user_ids: [COLLEAGUE.open_id] },
			{ cc_user_ids: [ACCOUNTANT.open_id], skipped_user_ids: [] },
		]);
	});

	it('are not copied again when the execution is retried', async () => {
		harness.sandbox.faults.add({ on: 'cc', skip: 1, fault: businessError(1390009, 'no') });
		const parameters = {
			operation: 'cc',
			approvalCode: instance.approval_code,
			instanceCode: instance.instance_code,
			userId: APPROVER.email,
			ccUserIds: '={{ $json.to }}',
		};
		const retry = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 };
		const rows = [{ to: COLLEAGUE.email }, { to: ACCOUNTANT.email }];
		await harness.engine.run([{ name: 'CC', parameters, ...retry }], rows);
		expect(harness.sandbox.calls('cc').flatMap(({ copied }) => copied)).toEqual([
			COLLEAGUE.open_id,
			ACCOUNTANT.open_id,
		]);
	});

	it('are user IDs where a company has chosen addresses as such, if nobody is found', async () => {
		const to = 'first.last@corp.example';
		harness.sandbox.addUser({ open_id: 'ou_first', union_id: 'on_first', user_id: to });
		const { json } = await cc([{ to }], { userIdType: 'user_id', userId: APPROVER.user_id });
		expect(json('CC')).toMatchObject([{ success: true, cc_user_ids: [to] }]);
	});
});

describe('three different sentences for whom is not found', () => {
	it.each([
		['an address that nobody has', 'nobody@example.com'],
		['the enterprise mailbox', 'zhao@mail.corp.example'],
		['somebody who has left', 'left@example.com'],
		['somebody whom the app may not see', ACCOUNTANT.email!],
	])('%s: nothing is sent for the item, the others are copied', async (_who, to) => {
		const { users, apps } = harness.sandbox;
		users.get(COLLEAGUE.open_id)!.enterpriseEmail = 'zhao@mail.corp.example';
		harness.sandbox.addUser({
			open_id: 'ou_left',
			union_id: 'on_left',
			user_id: 'left',
			email: 'left@example.com',
			resigned: true,
		});
		apps.get(SANDBOX_APP.app_id)!.contactRange = [COLLEAGUE.open_id, APPROVER.open_id];
		const { json } = await cc([{ to: COLLEAGUE.email }, { to: `${COLLEAGUE.open_id},${to}` }]);
		expect(json('CC')[0]).toMatchObject({ success: true, cc_user_ids: [COLLEAGUE.open_id] });
		expect(json('CC')[1]).toMatchObject({
			error: `CC User IDs cannot be used: nobody was found for "${to}"`,
			code: null,
		});
		for (const reason of ['not in your company', 'has left it', 'contact range', 'mailbox']) {
			expect(json('CC')[1].description).toContain(reason);
		}
		expect(harness.sandbox.calls('cc')).toHaveLength(1);
	});

	it('a mobile number says how one from abroad is written', async () => {
		const { json } = await cc([{ to: '+15100000004' }]);
		expect(json('CC')[0].description).toContain('begin with "+" and its country code');
	});

	it('a missing scope is named, and costs one call', async () => {
		harness.sandbox.apps.get(SANDBOX_APP.app_id)!.scopes = ['approval:approval'];
		const { json } = await cc([{ to: COLLEAGUE.email }, { to: COLLEAGUE.open_id }]);
		expect(json('CC')[0]).toMatchObject({ error: 'The app lacks a permission', code: 99991672 });
		expect(json('CC')[0].description).toContain('`contact:user.id:readonly`');
		expect(json('CC')[1]).toMatchObject({ success: true });
	});

	it('a person outside the contact range, where Feishu says so', async () => {
		const fault = businessError(41050, 'no user authority error');
		harness.sandbox.faults.add({ on: 'getUserIds', fault });
		const { json } = await cc([{ to: COLLEAGUE.email }]);
		expect(json('CC')[0]).toMatchObject({
			error: 'A person is outside the contact range of the app',
			code: 41050,
		});
		expect(harness.sandbox.calls('cc')).toEqual([]);
	});

	it('an item that names nobody who is found ends the run before anything is sent', async () => {
		const rows = [{ to: COLLEAGUE.email }, { to: 'nobody@example.com' }];
		const { error } = await harness.cc(
			{
				approvalCode: instance.approval_code,
				instanceCode: instance.instance_code,
				userId: APPROVER.open_id,
				ccUserIds: '={{ $json.to }}',
			},
			rows,
		);
		expect(error?.context?.itemIndex).toBe(1);
		expect(harness.sandbox.calls('cc')).toEqual([]);
	});
});
