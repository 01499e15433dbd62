import { COLLEAGUE, SAMPLE_INSTANCE, SANDBOX_APP } from '../../sandbox';
import { RELEASES } from './install';
import { leaks, placesOf, saysSecret } from './secrets';
import { openWorld, type World } from './world';
import { feishu, items, MANUAL, workflow, type WorkflowNode } from './workflows';

const CODE = SAMPLE_INSTANCE.instance_code;
const GET = feishu('Get', { instanceCode: CODE });
const CC = feishu('CC', { operation: 'cc', ccUserIds: COLLEAGUE.open_id });
const BAD: WorkflowNode = { name: 'Bad', type: 'n8n-nodes-base.noOp' };
const GOOD: WorkflowNode = { name: 'Good', type: 'n8n-nodes-base.noOp' };

const to = (node: string) => [{ node, type: 'main' as const, index: 0 }];
const BRANCHES = workflow(
	'branches',
	[
		MANUAL,
		items('Codes', [{ code: CODE }, { code: 'NO-SUCH-INSTANCE' }, { code: CODE }]),
		feishu('Get', { instanceCode: '={{ $json.code }}' }, { onError: 'continueErrorOutput' }),
		GOOD,
		BAD,
	],
	{
		Start: { main: [to('Codes')] },
		Codes: { main: [to('Get')] },
		Get: { main: [to('Good'), to('Bad')] },
	},
);

describe.each(RELEASES)('n8n $version, when something goes wrong', (release) => {
	let world: World;

	beforeAll(async () => {
		world = await openWorld(release, 'outcome');
		await world.n8n.importWorkflows([
			workflow('chain', [MANUAL, GET, CC]),
			workflow('unknown', [MANUAL, feishu('Get', { instanceCode: 'NO-SUCH-INSTANCE' })]),
			BRANCHES,
		]);
	}, 1_200_000);

	afterAll(async () => await world?.close());

	beforeEach(() => world.sandbox.reset());

	it.each([
		['a wrong secret', { appSecret: 'wrong' }, /^The App Secret is wrong/, 10015],
		[
			'an app of another cloud',
			{ appId: 'cli_elsewhere0001' },
			/^Feishu does not know this App ID/,
			10014,
		],
	])('explains %s', async (_what, changes, text, code) => {
		await world.credential(changes);
		const { error, succeeded } = await world.execute('chain');
		expect(error.message).toMatch(text);
		expect(error.description).toMatch(/developer console/);
		expect(error.description).toMatch(new RegExp(`code ${code}, HTTP 200, log ID \\w+`));
		expect(world.sandbox.calls('get')).toEqual([]);
		expect(succeeded).toBe(false);
	});

	it('explains a missing scope and links to the page that grants it', async () => {
		const poor = world.sandbox.addApp({
			...SANDBOX_APP,
			app_id: 'cli_sandbox0000003',
			app_secret: 'made-up-0003',
			scopes: [],
		});
		await world.credential({ appId: poor.app_id, appSecret: poor.app_secret });
		const { error, succeeded } = await world.execute('chain');
		expect(error.message).toBe('The app lacks a permission');
		expect(error.description).toMatch(/approval:approval/);
		expect(error.description).toMatch(/<a href="http[^"]*\/app\/cli_sandbox0000003\/auth/);
		expect(error.description).toMatch(/code 99991672, HTTP 400, log ID \w+/);
		expect(succeeded).toBe(false);
	});

	it('explains an unknown instance with its log ID', async () => {
		await world.credential();
		const { error, succeeded } = await world.execute('unknown');
		expect(error.message).toBe('The approval instance was not found');
		expect(error.description).toMatch(/^Check the code for missing characters/);
		expect(error.description).toMatch(/code 1390003, HTTP 400, log ID \w+/);
		expect(succeeded).toBe(false);
	});

	it('reads again after an answer that broke off, and finds a copy whose answer got lost', async () => {
		await world.credential();
		const { faults } = world.sandbox;
		faults.add({ on: 'get', fault: { kind: 'reset', when: 'before' } });
		faults.add({ on: 'cc', fault: { kind: 'reset', when: 'after' } });
		const { json } = await world.execute('chain');
		expect(world.sandbox.calls('cc')).toHaveLength(1);
		expect(world.sandbox.calls('get')).toHaveLength(3);
		expect(json('CC')).toMatchObject([
			{ success: true, note: expect.stringContaining('everybody was copied') },
		]);
	});

	it('sends items that could not be handled to the error branch, paired', async () => {
		await world.credential();
		const { json, paired } = await world.execute('branches');
		expect(json('Good').map(({ instance_code }) => instance_code)).toEqual([CODE, CODE]);
		expect(paired('Get', 0)).toEqual([0, 2]);
		expect(paired('Get', 1)).toEqual([1]);
		expect(json('Bad')).toEqual([
			expect.objectContaining({
				http_status: 400,
				error: 'The approval instance was not found',
				log_id: expect.any(String),
				// The row has a code of its own.
				feishu_error: expect.objectContaining({ code: 1390003 }),
			}),
		]);
	});

	it('lets no secret and no token into executions, logs and files', async () => {
		await world.credential();
		const texts = [
			(await world.execute('chain')).text,
			(await world.execute('branches')).text,
		].join('\n');
		expect(texts).toContain(CODE);
		expect(saysSecret(texts)).toBe(false);
		// What is looked for is what there is to be found.
		const token = world.sandbox.tokens.current(SANDBOX_APP.app_id);
		expect([`"${token}"`, `=${SANDBOX_APP.app_secret}`].map(saysSecret)).toEqual([true, true]);
		// In the database, to begin with: n8n keeps each execution.
		expect(await placesOf(world, /The approval instance was not found/)).toBeGreaterThan(0);
		expect(await leaks(world)).toBe(0);
	});
});
