import type { IDataObject } from 'n8n-workflow';

import {
	ACCOUNTANT,
	attendanceEvent,
	COLLEAGUE,
	EXPENSE_INSTANCE,
	LEAVE_INSTANCE,
	SAMPLE_INSTANCE,
	SANDBOX_APP,
} from '../../sandbox';
import { exampleFiles } from './examples';
import { CURRENT } from './install';
import type { WorkflowFile } from './instance';
import { Session } from './owner';
import { leaks, placesOf } from './secrets';
import { executionsOf, publish, runsOf, until } from './triggered';
import { openWorld, type World } from './world';

const EXPENSE = String(EXPENSE_INSTANCE.instance_code);
const LEAVE = String(LEAVE_INSTANCE.instance_code);
const PAYMENT = SAMPLE_INSTANCE.instance_code;
/** Those that start by themselves. */
const TRIGGERED = [
	'feishuLeaveToTable',
	'feishuRejectedPayment',
	'feishuCcWhenDecided',
	'feishuWaitForDecisionTrigger',
];

// One story: the workflows with a trigger are published by its second test, all on one app.
describe(`the examples about waiting and about events in n8n ${CURRENT.version}`, () => {
	let world: World;
	let session: Session;

	beforeAll(async () => {
		world = await openWorld(CURRENT, 'examples-trigger');
		await world.credential();
		// An hour is the one thing that a builder changes.
		const text = JSON.stringify(await exampleFiles()).replace('"unit":"hours"', '"unit":"seconds"');
		await world.n8n.importWorkflows(JSON.parse(text) as WorkflowFile[]);
		await world.n8n.start();
		session = await Session.open(world.n8n);
	}, 1_200_000);

	afterAll(async () => {
		await world?.close();
	}, 60_000);

	it('ask until decided: what is open is read again, until it is decided', async () => {
		const run = session.run('feishuAskUntilDecided', 'Start');
		await until('the second round', () => world.sandbox.calls('get').length > 2);
		world.sandbox.setStatus(EXPENSE, 'APPROVED');
		const { succeeded } = await run;
		expect(succeeded).toBe(true);
		const asked = world.sandbox.calls('get').map(({ path }) => path.split('/').at(-1));
		expect(asked.filter((code) => code === LEAVE)).toHaveLength(1);
		expect(asked.filter((code) => code === EXPENSE).length).toBeGreaterThan(1);
		world.sandbox.setStatus(EXPENSE, 'PENDING');
	});

	it('those with a trigger share one connection once they are published', async () => {
		for (const id of TRIGGERED) await publish(session, id);
		const codes = [EXPENSE_INSTANCE, LEAVE_INSTANCE, SAMPLE_INSTANCE];
		await until('the subscriptions', () =>
			codes.every(({ approval_code: code }) =>
				world.sandbox.isSubscribed(SANDBOX_APP.app_id, String(code)),
			),
		);
		expect(world.sandbox.events.longConnection.connections.size).toBe(1);
	});

	it('approved leave: told twice by Feishu, it becomes one row', async () => {
		const codes = { approval_code: String(LEAVE_INSTANCE.approval_code), instance_code: LEAVE };
		for (const type of ['leave_approval', 'leave_approvalV2'] as const) {
			world.sandbox.events.push(attendanceEvent(type, codes));
		}
		await world.sandbox.events.settled();
		const runs = await runsOf(session, 'feishuLeaveToTable', 1);
		expect(runs.map((run) => run.json('Into the Table'))).toMatchObject([
			[{ instance_code: LEAVE, leave_type: 'Annual leave', hours: '9' }],
		]);
	});

	it('rejected payment: the draft tells the reason', async () => {
		const { sandbox } = world;
		const comment = 'Twice the price of last year';
		const rejection = { type: 'REJECT', create_time: '1700000000000', comment, ext: '{}' };
		sandbox.instances.get(PAYMENT)!.timeline.push(rejection);
		sandbox.setStatus(PAYMENT, 'REJECTED');
		const [run] = await runsOf(session, 'feishuRejectedPayment', 1);
		expect(run.succeeded).toBe(true);
		expect(run.json('Mail Draft')).toEqual([
			{
				to: SAMPLE_INSTANCE.open_id,
				subject: `Rejected: Payment ${SAMPLE_INSTANCE.serial_number}`,
				text: expect.stringContaining(`Reason: ${comment}`),
			},
		]);
	});

	it('wait for a decision: the execution goes on when the trigger calls it', async () => {
		const run = session.run('feishuWaitForDecision', 'Start');
		await until('the execution that waits', async () =>
			(await executionsOf(session, 'feishuWaitForDecision')).some(
				({ status }) => status === 'waiting',
			),
		);
		world.sandbox.setStatus(EXPENSE, 'APPROVED');
		const { succeeded, json } = await run;
		expect(succeeded).toBe(true);
		expect(json('Approved')).toEqual([{ instance_code: EXPENSE, status: 'APPROVED' }]);
		expect(json('Forget It')).toMatchObject([{ instance_code: EXPENSE }]);
		const [caller] = await runsOf(session, 'feishuWaitForDecisionTrigger', 1);
		expect(caller.succeeded).toBe(true);
	});

	it('wait for a decision: what is decided already is not waited for', async () => {
		const { succeeded, json } = await session.run('feishuWaitForDecision', 'Start');
		expect(succeeded).toBe(true);
		expect(json('Approved')).toEqual([{ instance_code: EXPENSE, status: 'APPROVED' }]);
	});

	it('CC when decided: what was decided was copied to the list, and nothing started itself', async () => {
		const [run, ...others] = await runsOf(session, 'feishuCcWhenDecided', 1);
		expect(others).toEqual([]);
		expect(run.succeeded).toBe(true);
		const copies = world.sandbox.calls('cc').map(({ body, copied }) => {
			const { instance_code, comment } = body as IDataObject;
			return { instance_code, comment, copied };
		});
		expect(copies).toEqual([
			{
				instance_code: EXPENSE,
				comment: `${EXPENSE_INSTANCE.approval_name} ${EXPENSE_INSTANCE.serial_number}: APPROVED`,
				copied: [ACCOUNTANT.open_id],
			},
		]);
		// Zhao was copied long ago.
		expect(run.json('CC List')).toMatchObject([
			{ cc_user_ids: [ACCOUNTANT.open_id], skipped_user_ids: [COLLEAGUE.open_id] },
		]);
	});

	it('every event was acknowledged, and each started what it had to, once', async () => {
		await world.sandbox.events.settled();
		const { deliveries } = world.sandbox.events;
		expect(deliveries.filter(({ state, retries }) => state !== 'accepted' || retries > 0)).toEqual(
			[],
		);
		const counts = await Promise.all(
			TRIGGERED.map(async (id) => (await executionsOf(session, id)).length),
		);
		expect(counts).toEqual([1, 1, 1, 1]);
	});

	it('none of them leaves a secret or a token in anything that n8n kept', async () => {
		expect(await placesOf(world, /Twice the price of last year/)).toBeGreaterThan(0);
		expect(await leaks(world)).toBe(0);
	});
});
