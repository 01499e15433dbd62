import type { INodeParameters } from 'n8n-workflow';

import {
	ACCOUNTANT,
	APPROVER,
	COLLEAGUE,
	INITIATOR,
	RICH_DEFINITION,
	SANDBOX_APP,
	type User,
} from '../../sandbox';
import { mapped } from '../contract/rows/create';
import { CURRENT } from './install';
import { Session, type Finished } from './owner';
import { leaks } from './secrets';
import { publish, runsOf, until } from './triggered';
import { openWorld, type World } from './world';
import { feishu, items, MANUAL, workflow, type WorkflowNode } from './workflows';

const CODE = '1B0D5A77-9C64-4E0B-8F52-7D3A6E9C0F21';
const TRIGGER = 'n8n-nodes-feishu-approval.feishuApprovalTrigger';

/** The other nodes know by the first one which approval they are about. */
const about = (name: string, parameters: INodeParameters): WorkflowNode =>
	feishu(name, {
		approvalCode: CODE,
		instanceCode: "={{ $('Create').item.json.instance_code }}",
		...parameters,
	});
const decide = (name: string, operation: string, who: User, more: INodeParameters = {}) =>
	about(name, { resource: 'task', operation, userId: who.email!, ...more });

const file = (name: string, fileName: string): WorkflowNode => ({
	name,
	type: 'n8n-nodes-base.convertToFile',
	typeVersion: 1.1,
	parameters: { operation: 'csv', options: { fileName } },
});

const SUBMIT: WorkflowNode[] = [
	MANUAL,
	items('Trip', [{ from: 'Beijing', to: 'Shenzhen', days: 2 }]),
	file('Plan', 'plan.csv'),
	feishu('Upload Plan', { resource: 'file', operation: 'upload' }),
	file('Map', 'map.csv'),
	feishu('Upload Map', { resource: 'file', operation: 'upload' }),
	feishu('Create', {
		operation: 'create',
		approvalCode: CODE,
		userId: INITIATOR.email!,
		formFields: mapped({
			subject: "={{ 'Trip to ' + $('Trip').first().json.to }}",
			total: '1,234.50 CNY',
			category: 'kind-travel',
			Companions: COLLEAGUE.email!,
			Receipts: "={{ $('Upload Plan').first().json.code }}",
			'Out of office / Out type': 'kind-other',
			'Out of office / Start': '2026-12-01T09:00:00',
			'Out of office / End': '2026-12-02T18:00:00',
		}) as never,
	}),
	about('Read', { operation: 'get' }),
	about('Preview', {
		operation: 'preview',
		previewOf: 'task',
		userId: APPROVER.email!,
		taskId:
			"={{ $json.pending_tasks.find((task) => task.open_id === '" +
			APPROVER.open_id +
			"').task_id }}",
	}),
	decide('Transfer', 'transfer', APPROVER, { transferUserId: ACCOUNTANT.email! }),
	about('Comment', {
		resource: 'comment',
		operation: 'create',
		userId: INITIATOR.email!,
		text: 'And a map',
		options: { files: "={{ [$('Upload Map').first().json] }}" },
	}),
	about('CC', {
		operation: 'cc',
		userId: INITIATOR.email!,
		ccUserIds: COLLEAGUE.email!,
	}),
	decide('Approve', 'approve', ACCOUNTANT),
	decide('Approve as Well', 'approve', COLLEAGUE),
];

const ARCHIVE: WorkflowNode[] = [
	feishu(
		'Approved',
		{ approvalCodes: CODE, filters: { statuses: ['APPROVED'] } },
		{ type: TRIGGER, typeVersion: 2, webhookId: 'archive' },
	),
	feishu('Files', {
		resource: 'file',
		operation: 'download',
		instanceCode: '={{ $json.instance_code }}',
		from: ['form', 'comments'],
	}),
];

// One story: from the form to the files of what was decided.
describe(`an approval from beginning to end, in n8n ${CURRENT.version}`, () => {
	let world: World;
	let session: Session;
	let submitted: Finished;

	beforeAll(async () => {
		world = await openWorld(CURRENT, 'story');
		const [manager] = RICH_DEFINITION.node_list;
		world.sandbox.addDefinition({ ...RICH_DEFINITION, approval_code: CODE, node_list: [manager] });
		await world.credential();
		await world.n8n.importWorkflows([workflow('submit', SUBMIT), workflow('archive', ARCHIVE)]);
		await world.n8n.start();
		session = await Session.open(world.n8n);
		await publish(session, 'archive');
		await until('the subscription', () => world.sandbox.isSubscribed(SANDBOX_APP.app_id, CODE));
		submitted = await session.run('submit', MANUAL.name);
	}, 1_200_000);

	afterAll(async () => await world?.close(), 60_000);

	it('is submitted field by field, previewed, transferred, commented on, copied and approved', () => {
		expect(submitted.error).toEqual({});
		expect(submitted.succeeded).toBe(true);
		const [{ instance_code }] = submitted.json('Create');
		expect(submitted.json('Read')).toMatchObject([
			{
				instance_code,
				status: 'PENDING',
				form_values: { subject: 'Trip to Shenzhen', category: 'Travel' },
			},
		]);
		expect(submitted.json('Preview')).toMatchObject([{ nodes: expect.any(Array) }]);
		const { timeline, status, comments } = world.sandbox.instances.get(String(instance_code))!;
		expect(status).toBe('APPROVED');
		expect(comments).toHaveLength(1);
		expect(timeline.map(({ type, open_id }) => [type, open_id])).toEqual([
			['START', INITIATOR.open_id],
			['TRANSFER', APPROVER.open_id],
			['CC', INITIATOR.open_id],
			['PASS', ACCOUNTANT.open_id],
			['PASS', COLLEAGUE.open_id],
		]);
	});

	it('starts the second workflow once, which has the files of form and comment', async () => {
		const [{ instance_code }] = submitted.json('Create');
		const runs = await runsOf(session, 'archive', 1);
		expect(runs).toHaveLength(1);
		expect(runs[0].json('Approved')).toMatchObject([{ instance_code, status: 'APPROVED' }]);
		expect(runs[0].json('Files')).toMatchObject([
			{ instance_code, name: 'plan.csv', from: 'form' },
			{ instance_code, name: 'map.csv', from: 'comments' },
		]);
	});

	it('leaves no secret and no token in anything that n8n kept', async () => {
		expect(await leaks(world)).toBe(0);
	});
});
