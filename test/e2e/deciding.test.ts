import type { INodeParameters } from 'n8n-workflow';

import { ACCOUNTANT, APPROVER, COLLEAGUE, INITIATOR, type Task, type User } from '../../sandbox';
import type { Execution } from './execution';
import { CURRENT } from './install';
import { openWorld, type World } from './world';
import { feishu, MANUAL, workflow } from './workflows';

const INSTANCE = 'A0A0A0A0-0000-4000-8000-00000000DEC1';
const FORM = { subject: 'a better reason', total: '12.50 CNY', Kind: 'Taxi' };

const task = (id: string, node: string, { open_id, user_id }: User): Task => ({
	id,
	open_id,
	user_id,
	status: 'PENDING',
	node_id: node,
	node_name: node,
	type: 'AND',
	start_time: '1',
	end_time: '0',
});

describe(`an approval, decided in n8n ${CURRENT.version}`, () => {
	let world: World;
	let story: Execution;

	beforeAll(async () => {
		world = await openWorld(CURRENT, 'deciding');
		const instance = world.sandbox.addInstance({
			instance_code: INSTANCE,
			status: 'PENDING',
			open_id: INITIATOR.open_id,
			user_id: INITIATOR.user_id,
			timeline: [],
			task_list: [task('1', 'Manager', APPROVER)],
			nextNodes: [[task('2', 'Accounting', ACCOUNTANT)]],
		});
		const node = (name: string, who: User, parameters: INodeParameters) =>
			feishu(name, {
				approvalCode: instance.approval_code,
				instanceCode: INSTANCE,
				userId: who.email!,
				...parameters,
			});
		const decide = (name: string, who: User, operation: string, more: INodeParameters = {}) =>
			node(name, who, { resource: 'task', operation, ...more });
		const mention = [{ name: 'Müller', person: ACCOUNTANT.email! }];
		await world.n8n.importWorkflows([
			workflow('story', [
				MANUAL,
				decide('Transfer', APPROVER, 'transfer', { transferUserId: COLLEAGUE.email! }),
				decide('Approve', COLLEAGUE, 'approve', { options: { comment: 'fine' } }),
				node('Comment', INITIATOR, {
					resource: 'comment',
					operation: 'create',
					text: 'It is urgent 👍 @Müller',
					options: { mentions: { mention } },
				}),
				decide('Roll Back', ACCOUNTANT, 'rollBack', { rollBackTo: 'start' }),
				decide('Resubmit', INITIATOR, 'resubmit', { formJson: JSON.stringify(FORM) }),
				node('Withdraw', INITIATOR, { operation: 'cancel' }),
				feishu('Read', { instanceCode: INSTANCE }),
			]),
		]);
		await world.credential();
		story = await world.execute('story');
	}, 1_200_000);

	afterAll(async () => await world?.close());

	it('goes through all of it, each task found by itself', () => {
		expect(story.error).toEqual({});
		expect(story.succeeded).toBe(true);
		expect(story.json('Transfer')).toMatchObject([{ task_id: '1', success: true }]);
		expect(story.json('Read')).toMatchObject([{ status: 'CANCELED', pending_tasks: [] }]);
	});

	it('is told by its timeline, in order and each thing once', () => {
		const { timeline, form } = world.sandbox.instances.get(INSTANCE)!;
		expect(timeline.map(({ type, open_id }) => [type, open_id])).toEqual([
			['TRANSFER', APPROVER.open_id],
			['PASS', COLLEAGUE.open_id],
			['ROLLBACK', ACCOUNTANT.open_id],
			['START', INITIATOR.open_id],
			['CANCEL', INITIATOR.open_id],
		]);
		expect(JSON.parse(form)).toMatchObject([
			{ type: 'input', value: 'a better reason' },
			{ type: 'amount', value: 12.5, currency: 'CNY' },
			{ type: 'radioV2', value: 'lq4h0vzk-b2' },
		]);
	});

	it('has the comment, with the mention where the name stands', () => {
		const [comment] = world.sandbox.instances.get(INSTANCE)!.comments!;
		expect(comment.mentions).toMatchObject([
			{ name: 'Müller', offset: '16', person: { open_id: ACCOUNTANT.open_id } },
		]);
	});
});
