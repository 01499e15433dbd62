import type { IDataObject } from 'n8n-workflow';

import { businessError, INITIATOR, SAMPLE_INSTANCE, SANDBOX_APP } from '../../sandbox';
import type { JournalEntry } from '../../sandbox';
import { CURRENT } from './install';
import { Session } from './owner';
import { openWorld, type World } from './world';
import { feishu, items, MANUAL, workflow, type WorkflowNode } from './workflows';

const { approval_code: approvalCode, instance_code: instanceCode } = SAMPLE_INSTANCE;
const PEOPLE = ['ou_first', 'ou_second', 'ou_third', 'ou_fourth'];
const EACH_ONCE = [1, 1, 1, 1];
const UNKNOWN = 'ou_joins_later';
const NOT_FOUND = businessError(1390004, 'user_id or open_id not found');
const RETRY_ON_FAIL = { retryOnFail: true, maxTries: 3, waitBetweenTries: 100 };

/** CC Instance for the person of each item. */
function cc(more: object = {}): WorkflowNode {
	const parameters = {
		operation: 'cc',
		approvalCode,
		instanceCode,
		userId: INITIATOR.open_id,
		ccUserIds: '={{ $json.person }}',
		options: { comment: 'Please read.' },
	};
	return feishu('CC', parameters, more);
}

const people = (ids: string[]) =>
	items(
		'People',
		ids.map((person) => ({ person })),
	);
const chain = (id: string, ids: string[], more: object = {}) =>
	workflow(id, [MANUAL, people(ids), cc(more)]);
const to = (node: string) => [{ node, type: 'main' as const, index: 0 }];

/** Asks for the same copy three times, one after another. */
const LOOP = workflow(
	'loop',
	[
		MANUAL,
		people([PEOPLE[0], PEOPLE[0], PEOPLE[0]]),
		{ name: 'Loop', type: 'n8n-nodes-base.splitInBatches', typeVersion: 3 },
		cc(RETRY_ON_FAIL),
	],
	{
		Start: { main: [to('People')] },
		People: { main: [to('Loop')] },
		Loop: { main: [[], to('CC')] },
		CC: { main: [to('Loop')] },
	},
);

describe(`retried executions in n8n ${CURRENT.version}`, () => {
	let world: World;
	let session: Session;

	beforeAll(async () => {
		world = await openWorld(CURRENT, 'retry');
		await world.credential();
		await world.n8n.importWorkflows([
			chain('plain', PEOPLE),
			chain('tries', PEOPLE, RETRY_ON_FAIL),
			chain('changed', PEOPLE),
			chain('joins', [PEOPLE[0], PEOPLE[1], UNKNOWN, PEOPLE[3]]),
			LOOP,
		]);
		await world.n8n.start();
		session = await Session.open(world.n8n);
	}, 1_200_000);

	afterAll(async () => await world?.close());

	beforeEach(() => {
		const { tokens } = world.sandbox;
		const token = tokens.current(SANDBOX_APP.app_id);
		world.sandbox.reset();
		// A refused token would be one more call for faults to be counted by.
		if (token !== undefined) tokens.accept(SANDBOX_APP.app_id, token);
		for (const open_id of PEOPLE) {
			const rest = open_id.slice('ou_'.length);
			const app = SANDBOX_APP.app_id;
			world.sandbox.addUser({ open_id, union_id: `on_${rest}`, user_id: rest, app });
		}
	});

	/** The copies that the platform remembers: to whom, and with which comment. */
	const copies = () =>
		world.sandbox.instances
			.get(instanceCode)!
			.timeline.filter(({ type }) => type === 'CC')
			.flatMap(({ open_id_list, comment }) =>
				(open_id_list ?? []).map((person) => ({ person, comment })),
			)
			.filter(({ person }) => [...PEOPLE, UNKNOWN].includes(person));
	/** How often each person was copied. */
	const counts = (ids = PEOPLE) =>
		ids.map((id) => copies().filter(({ person }) => person === id).length);
	const recipients = (output: IDataObject[]) => output.map(({ cc_user_ids }) => cc_user_ids);
	/** The next copy to this person is refused, and none after it. */
	const refuseOnce = (person: string, skip = 0) => {
		const isFor = ({ endpoint, body }: JournalEntry) =>
			endpoint === 'cc' && JSON.stringify(body).includes(`"${person}"`);
		world.sandbox.faults.add({ on: isFor, skip, fault: NOT_FOUND });
	};

	it('Retry On Fail: each person is copied once, and the items say what was done before', async () => {
		refuseOnce(PEOPLE[2]);
		const { succeeded, json, paired } = await session.run('tries', 'Start');
		expect(counts()).toEqual(EACH_ONCE);
		expect(succeeded).toBe(true);
		expect(recipients(json('CC'))).toEqual(PEOPLE.map((id) => [id]));
		expect(paired('CC')).toEqual([0, 1, 2, 3]);
		const note = expect.any(String) as string;
		expect(json('CC').map((item) => 'note' in item)).toEqual([true, true, false, false]);
		expect(json('CC').slice(0, 2)).toMatchObject([
			{ success: true, note },
			{ success: true, note },
		]);
	});

	it('the Retry button: each person is copied once', async () => {
		refuseOnce(PEOPLE[2]);
		const first = await session.run('plain', 'Start');
		expect(first.succeeded).toBe(false);
		expect(counts()).toEqual([1, 1, 0, 0]);

		const { succeeded, json, paired } = await session.retry(first);
		expect(counts()).toEqual(EACH_ONCE);
		expect(succeeded).toBe(true);
		expect(recipients(json('CC'))).toEqual(PEOPLE.map((id) => [id]));
		expect(paired('CC')).toEqual([0, 1, 2, 3]);
		expect(json('CC').map((item) => 'note' in item)).toEqual([true, true, false, false]);
	});

	it('the Retry button, a second time: what both tries have done is not done again', async () => {
		refuseOnce(PEOPLE[2]);
		const first = await session.run('plain', 'Start');
		// The third is copied at the second try, and the fourth is refused.
		refuseOnce(PEOPLE[3]);
		const second = await session.retry(first);
		expect(second.succeeded).toBe(false);
		const { succeeded } = await session.retry(second);
		expect(counts()).toEqual(EACH_ONCE);
		expect(succeeded).toBe(true);
	});

	it('the Retry button, when a person became known in the meantime: each is copied once', async () => {
		world.sandbox.users.delete(UNKNOWN);
		const first = await session.run('joins', 'Start');
		expect(first.succeeded).toBe(false);
		const app = SANDBOX_APP.app_id;
		world.sandbox.addUser({ open_id: UNKNOWN, union_id: 'on_late', user_id: 'late', app });

		const { succeeded } = await session.retry(first);
		expect(counts([PEOPLE[0], PEOPLE[1], UNKNOWN, PEOPLE[3]])).toEqual(EACH_ONCE);
		expect(succeeded).toBe(true);
	});

	it('"retry with currently saved workflow", unchanged: each person is copied once', async () => {
		refuseOnce(PEOPLE[2]);
		const first = await session.run('plain', 'Start');
		const { succeeded } = await session.retry(first, { loadWorkflow: true });
		expect(counts()).toEqual(EACH_ONCE);
		expect(succeeded).toBe(true);
	});

	it('"retry with currently saved workflow" after its comment was changed: all are copied again', async () => {
		refuseOnce(PEOPLE[2]);
		const first = await session.run('changed', 'Start');
		expect(counts()).toEqual([1, 1, 0, 0]);
		const path = '/rest/workflows/changed';
		const stored = await session.get<{ nodes: WorkflowNode[]; versionId: string }>(path);
		const nodes = stored.nodes.map((node) =>
			node.name === 'CC'
				? { ...node, parameters: { ...node.parameters, options: { comment: 'Read this.' } } }
				: node,
		);
		await session.patch(path, { nodes, versionId: stored.versionId });

		const { succeeded, json } = await session.retry(first, { loadWorkflow: true });
		expect(succeeded).toBe(true);
		expect(counts()).toEqual([2, 2, 1, 1]);
		const again = copies().filter(({ comment }) => comment === 'Read this.');
		expect(again.map(({ person }) => person)).toEqual(PEOPLE);
		expect(json('CC').some((item) => 'note' in item)).toBe(false);
	});

	it('"Execute step" pressed twice copies twice, and so does a new run', async () => {
		const first = await session.run('plain', 'Start');
		expect(counts()).toEqual([1, 1, 1, 1]);
		const step = await session.runStep('plain', 'CC', first);
		expect(step.succeeded).toBe(true);
		expect(counts()).toEqual([2, 2, 2, 2]);
		const { json } = await session.runStep('plain', 'CC', first);
		expect(counts()).toEqual([3, 3, 3, 3]);
		expect(json('CC').some((item) => 'note' in item)).toBe(false);
		await session.run('plain', 'Start');
		expect(counts()).toEqual([4, 4, 4, 4]);
	});

	it('a loop that asks three times for the same copy makes three', async () => {
		const { succeeded } = await session.run('loop', 'Start');
		expect(succeeded).toBe(true);
		expect(counts()).toEqual([3, 0, 0, 0]);
	});

	it('a loop whose second round is refused once makes three, too', async () => {
		refuseOnce(PEOPLE[0], 1);
		const { succeeded } = await session.run('loop', 'Start');
		expect(succeeded).toBe(true);
		expect(counts()).toEqual([3, 0, 0, 0]);
	});
});
