import type { IConnections, IDataObject, INode, INodeParameters } from 'n8n-workflow';

import { startHarness, type Harness } from '../../../engine/harness';
import { APPROVER, businessError, COLLEAGUE, SANDBOX_APP } from '../../../../sandbox';

const SAMPLE = '81D31358-93AF-92D6-7425-01A5D67C4E71';
const CC_SAMPLE = '7C468A54-8745-2245-9675-08B7C63E7A85';

let harness: Harness;

beforeEach(async () => {
	harness = await startHarness();
});
afterEach(async () => await harness.close());

const get = async (codes: string[], onError?: INode['onError']) =>
	await harness.get(
		{ instanceCode: '={{ $json.code }}' },
		codes.map((code) => ({ code })),
		{ onError },
	);

describe('an item that could not be handled', () => {
	it('ends the run, and the error says which item it was', async () => {
		const { error, run } = await get([SAMPLE, CC_SAMPLE, 'missing']);
		expect(run.data.resultData.error).toBeDefined();
		expect(error).toMatchObject({
			name: 'NodeApiError',
			message: 'The approval instance was not found',
			httpCode: '400',
			context: { itemIndex: 2, data: { code: 1390003, http_status: 400 } },
		});
	});

	it('is given out as data under "continue", in its place, beside the others', async () => {
		const outcome = await get([SAMPLE, 'missing', CC_SAMPLE], 'continueRegularOutput');

		expect(outcome.error).toBeUndefined();
		const [first, second, third] = outcome.json('Get');
		expect(first.instance_code).toBe(SAMPLE);
		expect(third.instance_code).toBe(CC_SAMPLE);
		const explanation = {
			error: 'The approval instance was not found',
			code: 1390003,
			http_status: 400,
			log_id: expect.stringMatching(/^\d{14}[0-9A-F]+$/),
			description: expect.stringContaining('Check the code for missing characters'),
		};
		expect(second).toEqual({ ...explanation, feishu_error: explanation });
		const refused = harness.sandbox.calls('get').find(({ code }) => code === 1390003);
		expect(refused).toBeDefined();
		expect(second.description).toContain(String(second.log_id));
		expect(outcome.items('Get').map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 1 },
			{ item: 2 },
		]);
	});

	it('carries its HTTP status and log ID as Feishu gave them', async () => {
		harness.sandbox.faults.add({
			on: 'get',
			fault: businessError(1390009, 'no operation permission', {
				status: 403,
				headers: { 'x-tt-logid': '20261126C0A8012B' },
			}),
		});
		const { json } = await get([SAMPLE], 'continueRegularOutput');
		expect(json('Get')).toMatchObject([
			{ code: 1390009, http_status: 403, log_id: '20261126C0A8012B' },
		]);
	});

	it('has links that can be read as plain text', async () => {
		harness.sandbox.faults.add({ on: 'get', fault: businessError(1390009, 'no', { status: 403 }) });
		const { json } = await get([SAMPLE], 'continueRegularOutput');
		const { description } = json('Get')[0];
		expect(description).toContain('https://www.feishu.cn/approval/admin/approvalList');
		expect(description).not.toMatch(/<\/?a\b/);
	});

	it('carries no code where the input was bad, and nothing was sent for it', async () => {
		const { json } = await get([' ', SAMPLE], 'continueRegularOutput');
		expect(json('Get')).toMatchObject([
			{
				error: 'Instance Code is empty',
				code: null,
				http_status: null,
				log_id: null,
				description: expect.stringContaining('Enter a value for Instance Code'),
			},
			{ instance_code: SAMPLE },
		]);
		expect(harness.sandbox.calls('get')).toHaveLength(1);
	});

	it('does not keep CC Instance from copying the others under "continue"', async () => {
		const items = [COLLEAGUE.open_id, 'ou_nobody', APPROVER.open_id].map((to) => ({ to }));
		const parameters = {
			approvalCode: CC_SAMPLE,
			instanceCode: CC_SAMPLE,
			userId: APPROVER.open_id,
			ccUserIds: '={{ $json.to }}',
		};
		const { json } = await harness.cc(parameters, items, { onError: 'continueRegularOutput' });
		expect(json('CC')).toMatchObject([
			{ success: true, cc_user_ids: [COLLEAGUE.open_id] },
			{ error: 'A user was not found', code: 1390004, http_status: 400 },
			{ success: true, cc_user_ids: [APPROVER.open_id] },
		]);
		expect(harness.sandbox.calls('cc').flatMap(({ copied }) => copied)).toEqual([
			COLLEAGUE.open_id,
			APPROVER.open_id,
		]);
	});
});

describe('the error output', () => {
	const to = (node: string) => [{ node, type: 'main' as const, index: 0 }];
	const connections: IConnections = {
		Start: { main: [to('Get')] },
		Get: { main: [to('Good'), to('Bad')] },
	};
	const items: IDataObject[] = [
		{ code: 'missing 1' },
		{ code: SAMPLE },
		{ code: '..' },
		{ code: CC_SAMPLE },
		{ code: 'missing 2' },
	];

	it('takes the items that could not be handled, each paired with its own', async () => {
		const outcome = await harness.engine.run(
			[
				{
					name: 'Get',
					parameters: { operation: 'get', instanceCode: '={{ $json.code }}' },
					onError: 'continueErrorOutput',
				},
				{ name: 'Good', type: 'sink' },
				{ name: 'Bad', type: 'sink' },
			],
			items,
			connections,
		);

		expect(outcome.error).toBeUndefined();
		const good = outcome.json('Good').map(({ instance_code }) => instance_code);
		expect(good).toEqual([SAMPLE, CC_SAMPLE]);
		expect(outcome.json('Bad')).toMatchObject([
			{ error: 'The approval instance was not found', http_status: 400 },
			{ error: 'Instance Code cannot be right: it consists of dots only' },
			{ error: 'The approval instance was not found', http_status: 400 },
		]);
		const explanations = outcome.json('Bad').map(({ feishu_error: explanation }) => explanation);
		expect(explanations).toMatchObject([{ code: 1390003 }, { code: null }, { code: 1390003 }]);
		const sources = (output: number) =>
			outcome.items('Get', output).map(({ pairedItem }) => pairedItem);
		expect(sources(0)).toEqual([{ item: 1 }, { item: 3 }]);
		expect(sources(1)).toEqual([{ item: 0 }, { item: 2 }, { item: 4 }]);
	});

	it("leaves the row's own fields alone, whatever they are called", async () => {
		const row = { code: 'missing', error: 'mine', description: 'my own', log_id: 7 };
		const outcome = await harness.engine.run(
			[
				{
					name: 'Get',
					parameters: { operation: 'get', instanceCode: '={{ $json.code }}' },
					onError: 'continueErrorOutput',
				},
				{ name: 'Good', type: 'sink' },
				{ name: 'Bad', type: 'sink' },
			],
			[row],
			connections,
		);
		expect(outcome.json('Bad')).toMatchObject([
			{
				...row,
				http_status: 400,
				feishu_error: { error: 'The approval instance was not found', code: 1390003 },
			},
		]);
	});

	it('stays empty where every item was handled', async () => {
		const outcome = await get([SAMPLE, CC_SAMPLE], 'continueErrorOutput');
		expect(outcome.json('Get', 0)).toHaveLength(2);
		expect(outcome.json('Get', 1)).toEqual([]);
	});
});

describe('nothing leaves the node as a throw where it is set to go on', () => {
	const to = (node: string) => [{ node, type: 'main' as const, index: 0 }];
	const connections: IConnections = {
		Start: { main: [to('Node')] },
		Node: { main: [to('Good'), to('Bad')] },
	};
	const run = async (parameters: INodeParameters, items: IDataObject[]) =>
		await harness.engine.run(
			[
				{ name: 'Node', parameters, onError: 'continueErrorOutput' },
				{ name: 'Good', type: 'sink' },
				{ name: 'Bad', type: 'sink' },
			],
			items,
			connections,
		);
	const THROWS = "={{ $('Nowhere').item.json.x }}";

	it.each<[string, INodeParameters]>([
		['an option of Get', { operation: 'get', instanceCode: SAMPLE, options: { locale: THROWS } }],
		['a field of Get', { operation: 'get', instanceCode: THROWS }],
		[
			'the concurrency',
			{ operation: 'get', instanceCode: SAMPLE, options: { concurrency: THROWS } },
		],
		['an option of CC', { operation: 'cc', ccUserIds: 'ou_1', options: { comment: THROWS } }],
		['a field of Get ID', { resource: 'user', operation: 'getId', users: THROWS }],
		['a field of API Call', { resource: 'api', operation: 'request', path: THROWS }],
	])('an expression that throws in %s', async (_where, parameters) => {
		const rows = [{ status: 'APPROVED' }, { status: 'REJECTED' }];
		const { json, error } = await run(parameters, rows);
		expect(error).toBeUndefined();
		expect(json('Good')).toEqual([]);
		expect(json('Bad')).toMatchObject(
			rows.map((row) => ({ ...row, feishu_error: { error: expect.stringMatching(/\w/) } })),
		);
		expect(harness.sandbox.journal).toEqual([]);
	});

	it('an operation that the node does not know', async () => {
		const { json, error } = await run({ resource: 'instance', operation: 'destroy' }, [{ a: 1 }]);
		expect(error).toBeUndefined();
		expect(json('Good')).toEqual([]);
		expect(json('Bad')).toMatchObject([{ a: 1, error: 'The operation is not known to this node' }]);
	});

	it('an answer that cannot even be written down', async () => {
		const details = {
			field_violations: [
				{ field: { toString: 1, valueOf: 1 }, value: { toString: 1 }, description: [] },
			],
			permission_violations: [{ subject: { toString: 1 } }, null, 7],
			helps: 'none',
		};
		const body = { code: 99991672, msg: 'no [scope]', error: details };
		harness.sandbox.faults.add({ on: 'get', fault: { kind: 'answer', status: 400, body } });
		const { json, error } = await run({ operation: 'get', instanceCode: SAMPLE }, [{ a: 1 }]);
		expect(error).toBeUndefined();
		expect(json('Bad')).toMatchObject([{ a: 1, code: 99991672 }]);
		expect(json('Bad')[0].description).toContain('`{"toString":1,"valueOf":1}`');
	});

	it('a missing scope whose credential cannot be read any more', async () => {
		harness.sandbox.faults.add({
			on: 'get',
			fault: {
				kind: 'run',
				do: () => {
					harness.sandbox.apps.get(SANDBOX_APP.app_id)!.scopes = [];
					harness.engine.credentials.rows.clear();
				},
			},
		});
		const { json, error } = await run({ operation: 'get', instanceCode: SAMPLE }, [{ a: 1 }]);
		expect(error).toBeUndefined();
		expect(json('Bad')).toMatchObject([{ a: 1, error: 'The app lacks a permission' }]);
	});
});
