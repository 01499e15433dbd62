import type { IDataObject } from 'n8n-workflow';
import { randomUUID } from 'node:crypto';

import {
	APPROVER,
	COLLEAGUE,
	EXAMPLE_DEFINITIONS,
	EXPENSE_INSTANCE,
	INITIATOR,
} from '../../sandbox';
import { exampleFiles } from './examples';
import { CURRENT } from './install';
import { Session } from './owner';
import { openWorld, type World } from './world';

const [LEAVE, ONBOARDING, REPORT] = EXAMPLE_DEFINITIONS.map(({ approval_code }) => approval_code);
const IDS = ['feishuLeaveFromForm', 'feishuOnboarding', 'feishuPaymentReport'];

describe(`the examples that submit approvals, in n8n ${CURRENT.version}`, () => {
	let world: World;
	let session: Session;

	beforeAll(async () => {
		world = await openWorld(CURRENT, 'examples-create');
		await world.credential();
		await world.n8n.importWorkflows((await exampleFiles()).filter(({ id }) => IDS.includes(id)));
		await world.n8n.start();
		session = await Session.open(world.n8n);
	}, 1_200_000);

	afterAll(async () => await world?.close(), 60_000);

	const submitted = (code: string) =>
		[...world.sandbox.instances.values()].filter(({ approval_code }) => approval_code === code);
	const formOf = ({ form }: { form: string }) =>
		Object.fromEntries((JSON.parse(form) as IDataObject[]).map(({ id, value }) => [id, value]));

	it('leave from an n8n form: submitted in the name of who filled it in', async () => {
		const { succeeded, json } = await session.run('feishuLeaveFromForm', 'Leave Form', {
			Email: INITIATOR.email,
			Type: 'Annual leave',
			'First day': '2026-12-24',
			'Last day': '2026-12-28',
			Reason: 'Rest',
			'Stand-in': COLLEAGUE.email,
		});
		expect(succeeded).toBe(true);
		const [leave] = submitted(LEAVE);
		expect(json('Submit Leave')).toMatchObject([
			{ success: true, created: true, instance_code: leave.instance_code },
		]);
		expect(leave).toMatchObject({ open_id: INITIATOR.open_id, status: 'PENDING' });
		expect(formOf(leave).widgetLeaveGroupV2).toMatchObject([
			{ value: '7138673249737506817' },
			{ value: expect.stringMatching(/^2026-12-24T00:00:00/) },
			{ value: expect.stringMatching(/^2026-12-28T00:00:00/) },
			{ value: 'Rest' },
		]);
		expect(leave.task_list).toMatchObject([{ open_id: APPROVER.open_id, status: 'PENDING' }]);
	});

	it('onboarding: an approval for each row, and none twice', async () => {
		const first = await session.run('feishuOnboarding', 'Start');
		expect(first.succeeded).toBe(true);
		expect(first.json('Submit Onboarding')).toMatchObject([{ created: true }, { created: true }]);
		const again = await session.run('feishuOnboarding', 'Start');
		expect(again.json('Submit Onboarding')).toMatchObject([
			{ created: false, note: expect.any(String) },
			{ created: false },
		]);
		expect(submitted(ONBOARDING).map(formOf)).toMatchObject([
			{ widget1: 'Sun Li', widget3: 'Shenzhen', widget4: ['Laptop', 'Badge'] },
			{ widget1: 'Ana Costa', widget3: 'Beijing', widget4: ['Laptop', 'Phone'] },
		]);
	});

	it('monthly report: the payments of last month, with the list as a file, once', async () => {
		const end = new Date();
		end.setDate(1);
		end.setHours(-12, 0, 0, 0);
		for (const amount of ['1200.50', '99.50']) {
			world.sandbox.addInstance({
				...EXPENSE_INSTANCE,
				instance_code: randomUUID().toUpperCase(),
				uuid: '',
				status: 'APPROVED',
				start_time: String(end.getTime() - 86_400_000),
				end_time: String(end.getTime()),
				form: JSON.stringify([
					{ id: 'w1', custom_id: 'total', name: 'Total', type: 'amount', value: amount },
				]),
				comment_list: [],
				timeline: [],
			});
		}
		for (const created of [true, false]) {
			const { succeeded, json } = await session.run('feishuPaymentReport', 'Every Month');
			expect(succeeded).toBe(true);
			expect(json('Submit Report')).toMatchObject([{ created }]);
		}
		const [report, ...others] = submitted(REPORT).map(formOf);
		expect(others).toEqual([]);
		expect(report).toMatchObject({ widget2: 2, widget3: 1300 });
		expect(world.sandbox.calls('upload')).toMatchObject([{ code: 0 }, { code: 0 }]);
	});
});
