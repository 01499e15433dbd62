/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import type { IDataObject } from 'n8n-workflow';
import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import {
	ACCOUNTANT,
	COLLEAGUE,
	EXPENSE_INSTANCE,
	LEAVE_INSTANCE,
	SAMPLE_INSTANCE,
} from '../../sandbox';
import { startChatModel, type ChatModel } from './chatModel';
import { exampleFiles, EXAMPLES } from './examples';
import { CURRENT } from './install';
import type { WorkflowFile } from './instance';
import { Session } from './owner';
import { leaks, placesOf } from './secrets';
import { openWorld, type World } from './world';
import { TOOLS_ALLOWED } from './workflows';

const EXPENSE = String(EXPENSE_INSTANCE.instance_code);
const LEAVE = String(LEAVE_INSTANCE.instance_code);
const SAMPLE = SAMPLE_INSTANCE.instance_code;

describe(`the examples in n8n ${CURRENT.version}, started as the editor starts them`, () => {
	let world: World;
	let session: Session;
	let model: ChatModel;
	let files: string;
	const endpoints = () => world.sandbox.journal.map(({ endpoint, code }) => `${endpoint} ${code}`);
	const copies = () =>
		world.sandbox.calls('cc').map(({ body, copied }) => {
			const { instance_code, comment } = body as IDataObject;
			return { instance_code, comment, copied };
		});

	beforeAll(async () => {
		files = await mkdtemp(join(tmpdir(), 'feishu-files-'));
		const settings = { ...TOOLS_ALLOWED, N8N_RESTRICT_FILE_ACCESS_TO: files };
		world = await openWorld(CURRENT, 'examples', settings);
		model = await startChatModel();
		await world.credential();
		await world.n8n.importCredentials(model.credential);
	}, 1_200_000);

	afterAll(async () => {
		await world?.close();
		await model?.close();
		await rm(files, { recursive: true, force: true });
	}, 60_000);

	it('are files that n8n imports as they are', async () => {
		const { output } = await world.n8n.run('import:workflow', '--separate', `--input=${EXAMPLES}`);
		expect(output).toContain('Successfully imported 18 workflows.');
		const text = JSON.stringify(await exampleFiles());
		// The folder is the one thing that a builder changes.
		await world.n8n.importWorkflows(
			JSON.parse(text.replaceAll('/home/node/.n8n-files', files)) as WorkflowFile[],
		);
		await world.n8n.start();
		session = await Session.open(world.n8n);
	});

	beforeEach(() => {
		world.sandbox.journal.length = 0;
		model.requests.length = 0;
	});

	it('get then CC: the approval is copied to the person', async () => {
		const { succeeded, json } = await session.run(
			'feishuGetThenCc',
			'When clicking ‘Execute workflow’',
		);
		expect(succeeded).toBe(true);
		expect(endpoints()).toEqual(['exchange 0', 'get 0', 'cc 0']);
		expect(copies()).toEqual([{ instance_code: EXPENSE, copied: [COLLEAGUE.open_id] }]);
		expect(json('CC Instance')).toMatchObject([{ success: true, instance_code: EXPENSE }]);
	});

	it('scheduled digest: what is pending is copied to the manager, once', async () => {
		const { succeeded, json, paired } = await session.run('feishuDigest', 'Every Morning');
		expect(succeeded).toBe(true);
		expect(json('Get Instance').map(({ status }) => status)).toEqual([
			'PENDING',
			'APPROVED',
			'PENDING',
		]);
		expect(paired('Only Pending')).toEqual([0, 2]);
		expect(copies()).toEqual([
			{
				instance_code: EXPENSE,
				comment: 'Still waiting at: Accounting',
				copied: [ACCOUNTANT.open_id],
			},
			{ instance_code: SAMPLE, comment: 'Still waiting at: 开始', copied: [ACCOUNTANT.open_id] },
		]);

		world.sandbox.journal.length = 0;
		const again = await session.run('feishuDigest', 'Every Morning');
		expect(copies()).toEqual([]);
		expect(again.json('CC Manager')).toMatchObject([
			{ cc_user_ids: [], skipped_user_ids: [ACCOUNTANT.open_id] },
			{ cc_user_ids: [], skipped_user_ids: [ACCOUNTANT.open_id] },
		]);
	});

	it('HR hand-over: approved leave is copied to the stand-in of its own row', async () => {
		const { succeeded, json, paired } = await session.run('feishuHandOver', 'Start');
		expect(succeeded).toBe(true);
		expect(paired('Only Approved')).toEqual([1]);
		expect(copies()).toEqual([
			{
				instance_code: LEAVE,
				comment: 'You stand in for Chen.',
				copied: [COLLEAGUE.open_id],
			},
		]);
		expect(json('CC Stand-In')).toMatchObject([{ success: true, instance_code: LEAVE }]);
	});

	it('error branch: what could not be read stands in a table, again and again', async () => {
		const { succeeded, json, paired } = await session.run('feishuErrorBranch', 'Start');
		expect(succeeded).toBe(true);
		expect(json('Found').map(({ instance_code }) => instance_code)).toEqual([EXPENSE, SAMPLE]);
		expect(paired('Get Instance', 1)).toEqual([1, 2]);
		const rows = [
			{
				instance_code: 'NO-SUCH-INSTANCE',
				error: 'The approval instance was not found',
				code: 1390003,
				log_id: expect.any(String),
				description: expect.stringContaining('Check the code for missing characters'),
			},
			{ instance_code: '', error: expect.stringContaining('Instance Code'), code: null },
		];
		expect(json('Add to Table')).toMatchObject(rows);
		const again = await session.run('feishuErrorBranch', 'Start');
		expect(again.json('Add to Table').map(({ id }) => id)).toEqual([3, 4]);
	});

	it('whose turn: the open tasks of some definitions, counted for each person', async () => {
		const { succeeded, json } = await session.run('feishuWhoseTurn', 'Every Monday');
		expect(succeeded).toBe(true);
		expect(endpoints()).toEqual(['searchTasks 0', 'searchTasks 0']);
		expect(json('By Person')).toMatchObject([
			{ user_id: SAMPLE_INSTANCE.task_list[0].open_id, open_tasks: 2 },
			{
				user_id: ACCOUNTANT.open_id,
				open_tasks: 1,
				waiting_since: '2026-01-15T03:20:00.000Z',
				approvals: [`${EXPENSE_INSTANCE.approval_name} ${EXPENSE_INSTANCE.serial_number}`],
			},
		]);
	});

	it('weekly payments: files of what was approved last week, in a folder and a table', async () => {
		const { sandbox } = world;
		const day = 86_400_000;
		const monday = new Date();
		monday.setHours(0, 0, 0, 0);
		monday.setDate(monday.getDate() - ((monday.getDay() + 6) % 7));
		const payment = (endedAt: number) =>
			sandbox.addInstance({
				...EXPENSE_INSTANCE,
				instance_code: randomUUID().toUpperCase(),
				uuid: '',
				status: 'APPROVED',
				start_time: String(endedAt - day),
				end_time: String(endedAt),
				form: JSON.stringify([
					{
						id: 'w1',
						name: 'Receipts',
						type: 'attachmentV2',
						value: [sandbox.fileHost.add(`receipt-${endedAt}`, { body: 'paid' })],
						ext: 'receipt.pdf',
					},
				]),
				comment_list: [],
				timeline: [],
			}).instance_code;
		const wanted = payment(monday.getTime() - 3 * day);
		payment(monday.getTime() - 10 * day);
		const { succeeded, json } = await session.run('feishuWeeklyPayments', 'Every Monday');
		expect(succeeded).toBe(true);
		const path = join(files, `${wanted} receipt.pdf`);
		expect(json('Add to Table')).toMatchObject([
			{ instance_code: wanted, file: 'receipt.pdf', path, size: 4 },
		]);
		expect(await readFile(path, 'utf8')).toBe('paid');
	});

	it('stand-in: the task of who is away goes to the stand-in, once', async () => {
		const { succeeded, json } = await session.run('feishuStandIn', 'Start');
		expect(succeeded).toBe(true);
		expect(json('Transfer Task')).toMatchObject([{ success: true, instance_code: EXPENSE }]);
		expect(world.sandbox.calls('createComment')[0].body).toMatchObject({
			content: '{"text":"@Zhao please decide, your colleague is away."}',
			at_info_list: [{ user_id: COLLEAGUE.open_id, name: 'Zhao', offset: '0' }],
		});
		const open = () =>
			world.sandbox.instances.get(EXPENSE)?.task_list.filter(({ status }) => status === 'PENDING');
		expect(open()?.map(({ open_id }) => open_id)).toEqual([COLLEAGUE.open_id]);
		world.sandbox.journal.length = 0;
		expect((await session.run('feishuStandIn', 'Start')).succeeded).toBe(true);
		expect(world.sandbox.calls('transferTask')).toEqual([]);
		const task = open()![0];
		Object.assign(task, { open_id: ACCOUNTANT.open_id, user_id: ACCOUNTANT.user_id });
	});

	it('small expenses: what is below the limit is approved, all else is left to people', async () => {
		const { succeeded, json } = await session.run('feishuSmallExpenses', 'Start');
		expect(succeeded).toBe(true);
		expect(json('Approve Task')).toMatchObject([{ success: true, instance_code: EXPENSE }]);
		expect(world.sandbox.calls('approveTask').map(({ code }) => code)).toEqual([0]);
		expect(world.sandbox.instances.get(EXPENSE)?.status).toBe('APPROVED');
	});

	it('AI agent tool: the agent calls the node and answers with what it said', async () => {
		const item = {
			sessionId: 'one',
			action: 'sendMessage',
			chatInput: `What is the state of approval ${LEAVE}?`,
		};
		const { succeeded, json } = await session.run('feishuAgentTool', 'Chat', item);
		expect(succeeded).toBe(true);
		expect(endpoints()).toEqual(['get 0']);
		expect(world.sandbox.calls('get')[0].path).toContain(LEAVE);
		expect(json('Agent')).toMatchObject([{ output: 'It is APPROVED.' }]);

		const [asked, told] = model.requests;
		expect(asked.tools).toHaveLength(1);
		expect(asked.tools?.[0].function).toMatchObject({
			name: 'Look_Up_Approval',
			description: expect.stringContaining('Needs the instance code'),
			parameters: { properties: { instance_code: { type: 'string' } } },
		});
		expect(told.messages[told.messages.length - 1].role).toBe('tool');
	});

	it('AI agent tool: given CC, the agent copies an approval once', async () => {
		const files = await exampleFiles();
		const example = files.find(({ id }) => id === 'feishuAgentTool')!;
		const nodes = example.nodes.map((node) => {
			if (!String(node.type).endsWith('feishuApprovalTool')) return node;
			const { instanceCode, toolDescription } = node.parameters as IDataObject;
			const parameters = {
				operation: 'cc',
				instanceCode,
				toolDescription,
				approvalCode: LEAVE_INSTANCE.approval_code,
				userId: LEAVE_INSTANCE.open_id,
				ccUserIds: COLLEAGUE.open_id,
			};
			return { ...node, parameters };
		});
		await session.post('/rest/workflows', {
			...example,
			id: 'agentCc',
			name: 'Agent with CC',
			nodes,
		});
		const item = { sessionId: 'cc', action: 'sendMessage', chatInput: `Copy ${LEAVE}, please.` };
		const { succeeded, json } = await session.run('agentCc', 'Chat', item);
		expect(succeeded).toBe(true);
		expect(endpoints()).toEqual(['cc 0']);
		expect(copies()).toEqual([{ instance_code: LEAVE, copied: [COLLEAGUE.open_id] }]);
		expect(json('Agent')).toMatchObject([{ output: expect.stringContaining('"success":true') }]);
	});

	it('AI agent tool: the agent learns why an approval could not be read', async () => {
		const unknown = '00000000-93AF-92D6-7425-01A5D67C4E71';
		const item = { sessionId: 'two', action: 'sendMessage', chatInput: `And ${unknown}?` };
		const { json } = await session.run('feishuAgentTool', 'Chat', item);
		expect(endpoints()).toEqual(['get 1390003']);
		expect(json('Agent')).toMatchObject([
			{ output: expect.stringContaining('The approval instance was not found') },
		]);
	});

	it('none of them leaves a secret or a token in anything that n8n kept', async () => {
		expect(await placesOf(world, /The approval instance was not found/)).toBeGreaterThan(0);
		expect(await leaks(world)).toBe(0);
	});
});
