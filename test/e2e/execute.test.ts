/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { COLLEAGUE, SAMPLE_INSTANCE, SANDBOX_APP } from '../sandbox';
import { CURRENT, OLD } from './install';
import { openWorld, type World } from './world';
import { feishu, items, MANUAL, workflow, type WorkflowNode } from './workflows';

const wanted = process.env.N8N_VERSIONS?.split(',');
const releases = [CURRENT, OLD].filter(({ version }) => wanted?.includes(version) ?? true);

const CODE = SAMPLE_INSTANCE.instance_code;
const GET = feishu('Get', { instanceCode: CODE });
const CC = feishu('CC', { operation: 'cc', ccUserIds: COLLEAGUE.open_id });
const SINK: WorkflowNode = { name: 'Bad', type: 'n8n-nodes-base.noOp' };
const GOOD: WorkflowNode = { name: 'Good', type: 'n8n-nodes-base.noOp' };

function httpRequest(url: string): WorkflowNode {
	return {
		name: 'HTTP',
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.2,
		parameters: {
			url,
			authentication: 'predefinedCredentialType',
			nodeCredentialType: 'feishuAppApi',
		},
		credentials: GET.credentials,
	};
}

describe.each(releases)('n8n $version from the command line', (release) => {
	let world: World;
	const endpoints = () => world.sandbox.journal.map(({ endpoint, code }) => `${endpoint} ${code}`);
	const stored = async (): Promise<ICredentialDataDecryptedObject> =>
		(await world.n8n.exportCredentials())[0].data;

	beforeAll(async () => {
		world = await openWorld(release, 'execute');
		const { n8n, sandbox } = world;
		await n8n.importWorkflows([
			workflow('chain', [MANUAL, GET, CC]),
			workflow('unknown', [MANUAL, feishu('Get', { instanceCode: 'NO-SUCH-INSTANCE' })]),
			workflow(
				'branches',
				[
					MANUAL,
					items('Codes', [{ code: CODE }, { code: 'NO-SUCH-INSTANCE' }, { code: CODE }]),
					feishu('Get', { instanceCode: '={{ $json.code }}' }, { onError: 'continueErrorOutput' }),
					GOOD,
					SINK,
				],
				{
					Start: { main: [[{ node: 'Codes', type: 'main', index: 0 }]] },
					Codes: { main: [[{ node: 'Get', type: 'main', index: 0 }]] },
					Get: {
						main: [
							[{ node: 'Good', type: 'main', index: 0 }],
							[{ node: 'Bad', type: 'main', index: 0 }],
						],
					},
				},
			),
			workflow('http', [
				MANUAL,
				httpRequest(`${sandbox.url}/open-apis/approval/v4/instances/${CODE}`),
			]),
		]);
		await world.credential();
	}, 1_200_000);

	afterAll(async () => await world?.close());

	beforeEach(() => world.sandbox.reset());

	it('reads an approval and copies it to a person', async () => {
		const { succeeded, json } = await world.execute('chain');
		expect(endpoints()).toEqual(['exchange 0', 'get 0', 'cc 0']);
		expect(world.sandbox.calls('cc')[0].copied).toEqual([COLLEAGUE.open_id]);
		expect(json('Get')).toEqual([expect.objectContaining({ instance_code: CODE })]);
		expect(json('CC')).toEqual([
			expect.objectContaining({ success: true, cc_user_ids: [COLLEAGUE.open_id] }),
		]);
		expect(succeeded).toBe(true);
	});

	it('keeps the token with the credential, and replaces it before a call when its time is over', async () => {
		await world.credential();
		await world.execute('chain');
		const first = await stored();
		expect(first).toMatchObject({
			tenantAccessToken: expect.stringMatching(/^t-/),
			accessOwner: `${SANDBOX_APP.app_id}@${world.sandbox.url}`,
		});
		const life = Number(first.accessExpiresAt) - Date.now();
		expect(life).toBeGreaterThan(6_600_000);
		expect(life).toBeLessThan(7_020_000);

		world.sandbox.tokens.expireIn(SANDBOX_APP.app_id, 60);
		await world.credential({ ...first, accessExpiresAt: Date.now() - 1 });
		world.sandbox.journal.length = 0;
		await world.execute('chain');
		expect(endpoints()).toEqual(['exchange 0', 'get 0', 'cc 0']);
		expect((await stored()).tenantAccessToken).not.toBe(first.tenantAccessToken);
	});

	it('replaces a token that was revoked early after one refused call', async () => {
		await world.credential();
		await world.execute('chain');
		world.sandbox.tokens.revoke(SANDBOX_APP.app_id);
		world.sandbox.journal.length = 0;
		const { succeeded } = await world.execute('chain');
		expect(endpoints()).toEqual(['get 99991663', 'exchange 0', 'get 0', 'cc 0']);
		expect(succeeded).toBe(true);
	});

	it('does not send the token of another app after App ID was edited', async () => {
		await world.credential();
		await world.execute('chain');
		const before = await stored();
		const other = world.sandbox.addApp({
			...SANDBOX_APP,
			app_id: 'cli_sandbox0000002',
			app_secret: 'made-up-0002',
		});
		await world.credential({ ...before, appId: other.app_id, appSecret: other.app_secret });
		world.sandbox.journal.length = 0;
		await world.execute('chain');
		expect(endpoints()[0]).toBe('exchange 0');
		const tokens = world.sandbox.journal.map(({ token }) => token);
		expect(tokens).not.toContain(before.tenantAccessToken);
	});

	it.each([
		['a wrong secret', { appSecret: 'wrong' }, /^The App Secret is wrong/],
		[
			'an app of another cloud',
			{ appId: 'cli_elsewhere0001' },
			/^Feishu does not know this App ID/,
		],
	])('explains %s', async (_what, changes, text) => {
		await world.credential(changes);
		const { error, succeeded } = await world.execute('chain');
		expect(error.message).toMatch(text);
		expect(error.description).toMatch(/developer console/);
		expect(error.description).toMatch(/code 1001[45], HTTP 200, log ID/);
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
		const { error } = await world.execute('chain');
		expect(error.message).toBe('The app lacks a permission');
		expect(error.description).toMatch(/approval:approval/);
		expect(error.description).toMatch(/<a href="http/);
	});

	it('explains an unknown instance with its log ID', async () => {
		await world.credential();
		const { error } = await world.execute('unknown');
		expect(error.message).toBe('The approval instance was not found');
		expect(error.description).toMatch(/code 1390003, HTTP 400, log ID \w+/);
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
		expect(json('Good')).toHaveLength(2);
		expect(paired('Get', 0)).toEqual([0, 2]);
		expect(paired('Get', 1)).toEqual([1]);
		expect(json('Bad')).toEqual([
			expect.objectContaining({
				code: 1390003,
				http_status: 400,
				error: 'The approval instance was not found',
				log_id: expect.any(String),
			}),
		]);
	});

	it('lets the HTTP Request node use the credential, also past the end of a token', async () => {
		await world.credential();
		expect((await world.execute('http')).json('HTTP')).toEqual([
			expect.objectContaining({ code: 0 }),
		]);
		const before = await stored();
		world.sandbox.tokens.expireIn(SANDBOX_APP.app_id, 60);
		await world.credential({ ...before, accessExpiresAt: Date.now() - 1 });
		world.sandbox.journal.length = 0;
		expect((await world.execute('http')).succeeded).toBe(true);
		expect(endpoints()).toEqual(['exchange 0', 'get 0']);
	});

	it('lets no secret and no token into executions and logs', async () => {
		await world.credential();
		const texts = [
			(await world.execute('chain')).text,
			(await world.execute('unknown')).text,
			world.n8n.log,
		].join('\n');
		expect(texts).toContain(CODE);
		expect(texts).not.toContain(SANDBOX_APP.app_secret);
		expect(texts).not.toMatch(/\bt-[0-9a-f]{20,}/);
	});
});
