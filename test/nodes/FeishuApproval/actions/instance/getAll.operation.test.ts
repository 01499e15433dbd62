import { randomUUID } from 'node:crypto';

import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { Instance } from '../../../../../sandbox';
import type { Outcome } from '../../../../engine/engine';
import { startHarness, type Harness } from '../../../../engine/harness';
import { tunable } from '../../../../engine/tunable';

const { LIMITS } = tunable();
const HOUR = 3_600_000;
const WINDOW = 10 * HOUR;
const NOON = Date.parse('2026-09-15T12:00:00Z');

let harness: Harness;
let approval: string;
beforeEach(async () => {
	LIMITS.listInstances = [];
	harness = await startHarness({ limits: false });
	approval = randomUUID().toUpperCase();
	harness.sandbox.approvals.add(approval);
});
afterEach(async () => await harness.close());

const getAll = async (parameters: INodeParameters, input?: IDataObject[]): Promise<Outcome> =>
	await harness.engine.run(
		[
			{
				name: 'Many',
				parameters: {
					resource: 'instance',
					operation: 'getAll',
					approvalCode: approval,
					startTime: new Date(NOON - 2 * WINDOW).toISOString(),
					endTime: new Date(NOON).toISOString(),
					returnAll: true,
					...parameters,
				},
			},
		],
		input,
	);

/** Adds an instance that was created so many ms before noon. */
const createdBefore = (ms: number, more: Partial<Instance> = {}): string =>
	harness.sandbox.addInstance({
		approval_code: approval,
		start_time: String(NOON - ms),
		...more,
	}).instance_code;

const codesOf = ({ json, error }: Outcome): unknown[] => {
	expect(error).toBeUndefined();
	return json('Many').map(({ instance_code: code }) => code);
};
const windows = () =>
	harness.sandbox
		.calls('listInstances')
		.map(({ query }) => [Number(query.start_time) - NOON, Number(query.end_time) - NOON]);
const reads = () => harness.sandbox.calls('get').length;

const CODES = { includeDetails: false };

describe('the period', () => {
	it('is cut into windows of at most ten hours that overlap by a millisecond, the newest first', async () => {
		await getAll({ ...CODES, startTime: new Date(NOON - 2.5 * WINDOW).toISOString() });
		expect(windows()).toEqual([
			[-WINDOW, 0],
			[-2 * WINDOW + 1, -WINDOW + 1],
			[-2.5 * WINDOW, -2 * WINDOW + 2],
		]);
	});

	it('gives each instance once, those in the very millisecond of a seam and at both ends too', async () => {
		const ages = [0, 1, WINDOW - 1, WINDOW, WINDOW + 1, 2 * WINDOW - 1, 2 * WINDOW];
		const codes = ages.map((age) => createdBefore(age));
		expect(codesOf(await getAll(CODES))).toEqual(codes);
	});

	it('goes on through pages, of whatever length, as long as Feishu says so', async () => {
		const codes = Array.from({ length: 230 }, (_, age) => createdBefore(age));
		expect(codesOf(await getAll(CODES))).toEqual(codes);
		expect(windows()).toHaveLength(3 + 2);
		expect(harness.sandbox.calls('listInstances')[1].query).toMatchObject({
			page_size: '100',
			page_token: '100',
		});
	});

	it('can be walked from its beginning', async () => {
		const codes = [15 * HOUR, 14 * HOUR, 9 * HOUR, 0].map((age) => createdBefore(age));
		expect(codesOf(await getAll({ ...CODES, options: { oldestFirst: true } }))).toEqual(codes);
	});

	it('ends now where no end is given, or one in the future', async () => {
		const startTime = new Date(Date.now() - HOUR).toISOString();
		const before = Date.now();
		await getAll({ ...CODES, startTime, endTime: '' });
		await getAll({ ...CODES, startTime, endTime: '2030-01-01T00:00:00Z' });
		const ends = harness.sandbox.calls('listInstances').map(({ query }) => Number(query.end_time));
		expect(ends).toHaveLength(2);
		for (const end of ends) {
			expect(end).toBeGreaterThanOrEqual(before);
			expect(end).toBeLessThanOrEqual(Date.now());
		}
	});

	it.each([
		['ISO 8601 with an offset', '2026-09-14T20:00:00+08:00'],
		['ISO 8601 without one, in the time zone of the workflow', '2026-09-14T08:00:00'],
		['milliseconds', Date.parse('2026-09-14T12:00:00Z')],
		['milliseconds as text', String(Date.parse('2026-09-14T12:00:00Z'))],
		['seconds', Date.parse('2026-09-14T12:00:00Z') / 1000],
	])('takes %s', async (_what, startTime) => {
		const { error } = await getAll({ ...CODES, startTime: '={{ $json.at }}' }, [{ at: startTime }]);
		expect(error).toBeUndefined();
		// The engine's workflow has the time zone of New York, as n8n has where none is set.
		expect(Math.min(...windows().flat())).toBe(-24 * HOUR);
	});

	it('takes what Luxon gives', async () => {
		await getAll({ ...CODES, startTime: '={{ DateTime.fromMillis($json.at) }}' }, [
			{ at: NOON - HOUR },
		]);
		expect(windows()).toEqual([[-HOUR, 0]]);
	});

	it('is the last seven days by default', async () => {
		const { error } = await harness.engine.run([
			{
				name: 'Many',
				parameters: { resource: 'instance', operation: 'getAll', approvalCode: approval },
			},
		]);
		expect(error).toBeUndefined();
		const starts = harness.sandbox.calls('listInstances').map(({ query }) => +query.start_time);
		expect(starts).toHaveLength(17);
		expect(Date.now() - Math.min(...starts)).toBeGreaterThanOrEqual(7 * 24 * HOUR);
		expect(Date.now() - Math.min(...starts)).toBeLessThan(7 * 24 * HOUR + 60_000);
	});
});

describe('a period that cannot be', () => {
	it.each([
		[{ startTime: '={{ $json.nothing }}' }, 'Created After is empty'],
		[{ startTime: 'last week' }, 'Created After is not a time: "last week"'],
		[{ startTime: '2026-02-31' }, 'Created After is not a time: "2026-02-31"'],
		[{ startTime: 20260901 }, 'Created After is not a time: 20260901'],
		[{ startTime: '2099-01-01' }, 'Created After lies in the future'],
		[{ endTime: '2026-09-01T00:00:00Z' }, 'Created Before lies before Created After'],
		[{ startTime: '2001-01-01' }, 'Created After lies more than 10 years before Created Before'],
	])('%j', async (change, message) => {
		const { error } = await getAll(change);
		expect(error?.message).toBe(message);
		expect(error?.description).toMatch(/^(Enter|Choose)/);
		expect(harness.sandbox.journal).toEqual([]);
	});
});

describe('Limit', () => {
	it('ends the walk as soon as it is reached', async () => {
		const codes = [HOUR, 2 * HOUR, 3 * HOUR].map((age) => createdBefore(age));
		createdBefore(WINDOW + HOUR);
		const limited = { returnAll: false, limit: 3 };
		expect(codesOf(await getAll({ ...CODES, ...limited }))).toEqual(codes);
		expect(windows()).toHaveLength(1);
		expect(codesOf(await getAll(limited))).toEqual(codes);
		expect(windows()).toHaveLength(2);
		expect(reads()).toBe(3);
	});

	it('reads no instance more than it takes, whatever is not wanted', async () => {
		const statuses = ['PENDING', 'APPROVED', 'PENDING', 'APPROVED', 'APPROVED', 'APPROVED'];
		const codes = statuses.map((status, age) => createdBefore(age, { status }));
		createdBefore(WINDOW + HOUR, { status: 'APPROVED' });
		const limited = { returnAll: false, limit: 2, options: { status: ['APPROVED'] } };
		expect(codesOf(await getAll(limited))).toEqual([codes[1], codes[3]]);
		expect(windows()).toHaveLength(1);
		expect(reads()).toBe(4);
	});
});

it('reads each instance as Get does, in order, several at a time', async () => {
	const codes = Array.from({ length: 25 }, (_, age) => createdBefore(age * HOUR * 0.7));
	const outcome = await getAll({ options: { locale: 'en-US', nestedMutableGroup: true } });
	expect(codesOf(outcome)).toEqual(codes);
	const got = await harness.get({
		instanceCode: codes[3],
		options: { locale: 'en-US', nestedMutableGroup: true },
	});
	expect(outcome.json('Many')[3]).toEqual(got.json('Get')[0]);
	const queries = harness.sandbox.calls('get').map(({ query }) => query);
	expect(queries).toHaveLength(26);
	for (const query of queries) {
		expect(query).toEqual({ locale: 'en-US', nested_mutable_group: 'true' });
	}
	const raw = await getAll({ simplify: false, returnAll: false, limit: 1 });
	expect(raw.json('Many')[0]).toMatchObject({ timeline: expect.any(Array) });
});

it('finds what ended in a period, whenever it was created', async () => {
	const ended = (ms: number) => ({ status: 'APPROVED', end_time: String(NOON + ms) });
	const [early, inside, later] = [-1, 0, HOUR].map((ms) => createdBefore(HOUR, ended(ms)));
	createdBefore(HOUR, { status: 'PENDING', end_time: '0' });
	const options = {
		endedAfter: new Date(NOON).toISOString(),
		endedBefore: new Date(NOON + HOUR).toISOString(),
	};
	expect(codesOf(await getAll({ options }))).toEqual([inside]);
	const { endedAfter, endedBefore } = options;
	expect(codesOf(await getAll({ options: { endedAfter } })).sort()).toEqual([inside, later].sort());
	const before = await getAll({ options: { endedBefore } });
	expect(codesOf(before).sort()).toEqual([early, inside].sort());
});

it('filters by several statuses, in the words of Get', async () => {
	const of = (status: string) => createdBefore(HOUR, { status });
	const [approved, canceled] = ['APPROVED', 'CANCELED', 'PENDING'].map(of);
	const options = { status: ['APPROVED', 'CANCELED'] };
	expect(codesOf(await getAll({ options })).sort()).toEqual([approved, canceled].sort());
	const asText = { status: '={{ "approved, withdrawn" }}' };
	expect(codesOf(await getAll({ options: asText })).sort()).toEqual([approved, canceled].sort());
});

it('gives out nothing where there is nothing, which is no error', async () => {
	const { json, error } = await getAll({});
	expect(error).toBeUndefined();
	expect(json('Many')).toEqual([]);
});

it.each([
	[{ status: ['PENDING'] }, 'Status cannot be used without Include Details'],
	[{ endedAfter: '2026-09-01' }, 'Ended After cannot be used without Include Details'],
	[
		{ endedAfter: '2026-09-02', endedBefore: '2026-09-01' },
		'Ended Before does not lie after Ended After',
	],
])('refuses options that do not go together: %j', async (options, message) => {
	const { error } = await getAll({ ...CODES, options });
	expect(error?.message).toBe(message);
	expect(harness.sandbox.journal).toEqual([]);
});

it('asks once for items that ask for the same, and pairs each result with its own', async () => {
	const codes = [1, 2].map((age) => createdBefore(age));
	const outcome = await getAll({}, [{ a: 1 }, { a: 2 }]);
	expect(codesOf(outcome)).toEqual([...codes, ...codes]);
	expect(outcome.items('Many').map(({ pairedItem }) => pairedItem)).toEqual(
		[0, 0, 1, 1].map((item) => ({ item })),
	);
	expect(new Set(outcome.json('Many')).size).toBe(4);
	expect([windows().length, reads()]).toEqual([3, 2]);
});
