import { randomUUID } from 'node:crypto';

import type { IDataObject, INodeParameters } from 'n8n-workflow';

import {
	APPROVER,
	COLLEAGUE,
	INITIATOR,
	LIST_SCOPE,
	SANDBOX_APP,
	type Endpoint,
	type Instance,
} from '../../../../sandbox';
import type { Outcome } from '../../../engine/engine';
import { startHarness, type Harness } from '../../../engine/harness';
import { tunable } from '../../../engine/tunable';

const { TIMEOUTS } = tunable();
const DAY = 86_400_000;

let harness: Harness;
let approval: string;
beforeEach(async () => {
	TIMEOUTS.pauseMs = 1;
	harness = await startHarness({ limits: false });
	harness.sandbox.instances.clear();
	approval = randomUUID().toUpperCase();
	harness.sandbox.approvals.add(approval);
});
afterEach(async () => await harness.close());

/** The searches, and what they have in common. */
const SEARCHES = [
	{ resource: 'instance', operation: 'search', endpoint: 'queryInstances', list: 'instance_list' },
	{ resource: 'instance', operation: 'searchCc', endpoint: 'searchCc', list: 'cc_list' },
	{ resource: 'task', operation: 'search', endpoint: 'searchTasks', list: 'task_list' },
] as const;
type Search = (typeof SEARCHES)[number];
const [INSTANCES, COPIES, TASKS] = SEARCHES;
const TIME = {
	queryInstances: 'instance_start_time',
	searchCc: 'cc_create_time',
	searchTasks: 'task_start_time',
};
const FIRST = { queryInstances: 'Created', searchCc: 'Copied', searchTasks: 'Started' };

const search = async (
	{ resource, operation }: Search,
	parameters: INodeParameters,
	input?: IDataObject[],
): Promise<Outcome> =>
	await harness.engine.run(
		[
			{
				name: 'Search',
				parameters: {
					resource,
					operation,
					returnAll: true,
					filters: { approvalCode: approval },
					...parameters,
				},
			},
		],
		input,
	);

/** Adds an approval of so many days ago, with a task and a copy of the same time. */
function add(daysAgo: number, more: Partial<Instance> = {}, moreOfTask: object = {}): Instance {
	const at = String(Math.round(Date.now() - daysAgo * DAY));
	const { open_id, user_id } = COLLEAGUE;
	return harness.sandbox.addInstance({
		approval_code: approval,
		start_time: at,
		open_id: INITIATOR.open_id,
		user_id: INITIATOR.user_id,
		task_list: [
			{
				id: randomUUID(),
				user_id: APPROVER.user_id,
				open_id: APPROVER.open_id,
				status: 'PENDING',
				start_time: at,
				end_time: '0',
				...moreOfTask,
			},
		],
		timeline: [
			{
				type: 'CC',
				create_time: at,
				open_id: INITIATOR.open_id,
				cc_user_list: [{ user_id, open_id, cc_id: randomUUID() }],
				ext: '',
			},
		],
		...more,
	});
}

const codesOf = ({ json, error }: Outcome): unknown[] => {
	expect(error).toBeUndefined();
	return json('Search').map(({ instance_code: code }) => code);
};
const bodies = (endpoint: Endpoint) =>
	harness.sandbox.calls(endpoint).map(({ body }) => body as IDataObject);
const iso = (daysAgo: number) => new Date(Date.now() - daysAgo * DAY).toISOString();

describe.each(SEARCHES.map((one) => [`${one.resource}.${one.operation}`, one] as const))(
	'%s',
	(_name, one) => {
		const { endpoint, list } = one;

		it('reads all pages, however short they are, and leaves out what was revoked', async () => {
			const all = Array.from({ length: 450 }, (_, index) =>
				add(index / 1000, { reverted: index % 3 !== 0 }),
			);
			const kept = all.filter(({ reverted }) => !reverted).map((found) => found.instance_code);
			expect(codesOf(await search(one, {}))).toEqual(kept);
			expect(harness.sandbox.calls(endpoint)).toHaveLength(3);
			expect(codesOf(await search(one, { options: { withRevoked: true } }))).toHaveLength(450);
			expect(bodies(endpoint).map((body) => body.with_revoked_instance)).toEqual([
				...[undefined, undefined, undefined],
				...[true, true, true],
			]);
		});

		it('stops at the limit', async () => {
			const all = Array.from({ length: 30 }, (_, index) => add(index / 1000));
			const limited = { returnAll: false, limit: 12 };
			expect(codesOf(await search(one, limited))).toEqual(
				all.slice(0, 12).map((found) => found.instance_code),
			);
			expect(harness.sandbox.calls(endpoint).map(({ query }) => query.page_size)).toEqual(['12']);
		});

		it('walks a period above 30 days window by window, and gives each once', async () => {
			const ages = [0.1, 29, 31, 59, 61, 89];
			const all = ages.map((age) => add(age));
			// In the very millisecond of a seam.
			const filters = { approvalCode: approval, startTime: iso(90), endTime: iso(0) };
			const seam = Date.parse(filters.endTime) - 30 * DAY;
			const [inSeam, after] = [seam, seam + 1].map((at) => add((Date.now() - at) / DAY));
			for (const [found, at] of [
				[inSeam, seam],
				[after, seam + 1],
			] as const) {
				found.start_time = String(at);
				found.task_list[0].start_time = String(at);
				found.timeline[0].create_time = String(at);
			}
			const found = codesOf(await search(one, { filters }));
			const [first, second, ...others] = all;
			expect(found).toEqual(
				[first, second, after, inSeam, ...others].map((each) => each.instance_code),
			);
			const asked = bodies(endpoint).map((body) => [
				Number(body[`${TIME[endpoint]}_from`]),
				Number(body[`${TIME[endpoint]}_to`]),
			]);
			expect(asked).toHaveLength(4);
			for (const [from, to] of asked) expect(to - from).toBeLessThanOrEqual(30 * DAY);
		});

		it('ends the period now if no end is given', async () => {
			await search(one, { filters: { approvalCode: approval, startTime: iso(1) } });
			const [body] = bodies(endpoint);
			expect(Date.now() - Number(body[`${TIME[endpoint]}_to`])).toBeLessThan(60_000);
		});

		it.each([
			[{}, 'Filters are not enough: Feishu does not search everything'],
			[{ endTime: '2026-01-01' }, 'Filters are not enough: Feishu does not search everything'],
			[{ approvalCode: 'A', endTime: '2026-01-01' }, `${FIRST[endpoint]} After is missing`],
			[
				{ approvalCode: 'A', startTime: '2026-01-02', endTime: '2026-01-01' },
				`${FIRST[endpoint]} Before lies before ${FIRST[endpoint]} After`,
			],
			[
				{ approvalCode: 'A', startTime: '2001-01-02' },
				`${FIRST[endpoint]} After lies more than 10 years before ${FIRST[endpoint]} Before`,
			],
			[{ approvalCode: '' }, 'Approval Code is empty'],
			[{ instanceExternalId: '' }, 'Instance External ID is empty'],
		])('refuses the filters %j', async (filters, message) => {
			const { error } = await search(one, { filters });
			expect(error?.message).toBe(message);
			expect(harness.sandbox.journal).toEqual([]);
		});

		it('looks a person up, whatever is entered', async () => {
			add(1);
			const user = { instance: INITIATOR, task: APPROVER }[one.resource];
			const person = one === COPIES ? COLLEAGUE : user;
			const filters = { userId: person.email };
			expect(codesOf(await search(one, { filters }))).toHaveLength(1);
			expect(bodies(endpoint)).toEqual([
				{ user_id: person.open_id, ...(one === TASKS ? { order: 2 } : {}) },
			]);
			expect(codesOf(await search(one, { filters: { userId: 'ou_123456' } }))).toHaveLength(
				one === TASKS ? 1 : 0,
			);
		});

		it('gives out what Feishu sent with Simplify off', async () => {
			const { instance_code: code } = add(1);
			const { json } = await search(one, { simplify: false });
			expect(json('Search')).toMatchObject([
				{ instance: { code, status: 'pending' }, approval: {} },
			]);
		});

		it('asks once for items that ask for the same', async () => {
			add(1);
			const { items } = await search(one, {}, [{}, {}, {}]);
			expect(items('Search').map(({ pairedItem }) => pairedItem)).toEqual(
				[0, 1, 2].map((item) => ({ item })),
			);
			expect(harness.sandbox.calls(endpoint)).toHaveLength(1);
		});

		it('follows has_more alone, and a token that comes twice ends it', async () => {
			const page = (more: object) => ({
				kind: 'answer' as const,
				status: 200,
				body: { code: 0, msg: 'success', data: { [list]: [], count: 9, ...more } },
			});
			harness.sandbox.faults.add({
				on: endpoint,
				fault: page({ has_more: true, page_token: 'a' }),
			});
			harness.sandbox.faults.add({
				on: endpoint,
				fault: page({ has_more: true, page_token: 'a' }),
			});
			harness.sandbox.faults.add({
				on: endpoint,
				fault: page({ has_more: false, page_token: 'b' }),
			});
			for (const calls of [2, 3]) {
				expect(codesOf(await search(one, {}))).toEqual([]);
				expect(harness.sandbox.calls(endpoint)).toHaveLength(calls);
			}
		});

		it('names the scope that is missing', async () => {
			const app = harness.sandbox.apps.get(SANDBOX_APP.app_id)!;
			app.scopes = app.scopes.filter(
				(scope) => !scope.includes('readonly') || scope.includes('user'),
			);
			const { error } = await search(one, {});
			expect(error?.description).toContain(LIST_SCOPE);
		});
	},
);

it.each([
	['PENDING', 'PENDING'],
	['CANCELED', 'RECALL'],
	['REJECTED', 'REJECT'],
	['DELETED', 'DELETED'],
	['APPROVED', 'APPROVED'],
])('instances are found by the status %s, which the search calls %s', async (status, called) => {
	for (const each of ['PENDING', 'CANCELED', 'REJECTED', 'DELETED', 'APPROVED']) {
		add(1, { status: each });
	}
	const { json } = await search(INSTANCES, { filters: { approvalCode: approval, status } });
	expect(json('Search').map((found) => found.status)).toEqual([status]);
	expect(bodies('queryInstances')[0].instance_status).toBe(called);
});

it('copies are found by whether they were read', async () => {
	const [read, unread] = [add(1), add(2)];
	harness.sandbox.readCopies.add(read.timeline[0].cc_user_list![0].cc_id);
	const of = async (readStatus: string) =>
		await search(COPIES, { filters: { approvalCode: approval, readStatus } });
	expect(codesOf(await of('READ'))).toEqual([read.instance_code]);
	const outcome = await of('unread');
	expect(codesOf(outcome)).toEqual([unread.instance_code]);
	expect(outcome.json('Search')).toMatchObject([
		{ read_status: 'UNREAD', cc_user_id: INITIATOR.open_id, status: 'PENDING' },
	]);
});

it('copies of the same moment that cannot be told apart all count', async () => {
	const { timeline } = add(1);
	timeline.push({
		...timeline[0],
		cc_user_list: [{ ...timeline[0].cc_user_list![0], cc_id: 'x' }],
	});
	expect(codesOf(await search(COPIES, {}))).toHaveLength(2);
});

describe('tasks', () => {
	it('are found by several statuses', async () => {
		for (const status of ['PENDING', 'APPROVED', 'DONE', 'TRANSFERRED']) add(1, {}, { status });
		const filters = { approvalCode: approval, taskStatus: ['APPROVED', 'DONE'] };
		const { json } = await search(TASKS, { filters });
		expect(
			json('Search')
				.map(({ status }) => status)
				.sort(),
		).toEqual(['APPROVED', 'DONE']);
	});

	/** Began so many days ago, and changed so many days ago. */
	const ages = [
		[1, 0.9],
		[2, 0.1],
		[40, 0.5],
		[80, 3],
	];
	it.each([
		['startedLast', [0, 1, 2, 3]],
		['startedFirst', [3, 2, 1, 0]],
		['updatedLast', [1, 2, 0, 3]],
		['updatedFirst', [3, 0, 2, 1]],
	])('come in the order %s, over several windows too', async (order, places) => {
		const codes = ages.map(([began, changed]) => {
			const end_time = String(Math.round(Date.now() - changed * DAY));
			return add(began, {}, { status: 'DONE', end_time }).instance_code;
		});
		const wanted = places.map((place) => codes[place]);
		expect(codesOf(await search(TASKS, { order }))).toEqual(wanted);
		const filters = { approvalCode: approval, startTime: iso(90), endTime: iso(0) };
		expect(codesOf(await search(TASKS, { order, filters }))).toEqual(wanted);
		const limited = { order, filters, returnAll: false, limit: 2 };
		expect(codesOf(await search(TASKS, limited))).toEqual(wanted.slice(0, 2));
	});
});
