import type { ICredentialDataDecryptedObject, INodeTypeDescription } from 'n8n-workflow';

import { RESOURCES } from '../contract/operations';
import { credentialFor } from '../engine/harness';
import { COLLEAGUE, SAMPLE_INSTANCE, SANDBOX_APP } from '../../sandbox';
import { RELEASES } from './install';
import { Session } from './owner';
import { leaks, placesOf, saysSecret } from './secrets';
import { openWorld, type World } from './world';
import { CREDENTIAL_ID, feishu, FEISHU, MANUAL, TOOLS_ALLOWED, workflow } from './workflows';

const CODE = SAMPLE_INSTANCE.instance_code;

describe.each(RELEASES)('n8n $version as a server', (release) => {
	let world: World;
	let session: Session;

	beforeAll(async () => {
		// With all that n8n can be made to log.
		const talkative = { ...TOOLS_ALLOWED, N8N_LOG_LEVEL: 'debug' };
		world = await openWorld(release, 'server', talkative);
		await world.credential();
		await world.n8n.importWorkflows([
			workflow('chain', [
				MANUAL,
				feishu('Get', { instanceCode: CODE }),
				feishu('CC', { operation: 'cc', ccUserIds: COLLEAGUE.open_id }),
			]),
			workflow('unknown', [MANUAL, feishu('Get', { instanceCode: 'NO-SUCH-INSTANCE' })]),
		]);
		await world.n8n.start();
		session = await Session.open(world.n8n);
	}, 1_200_000);

	afterAll(async () => await world?.close());

	beforeEach(() => {
		world.sandbox.journal.length = 0;
	});

	describe('the credential test', () => {
		const verdict = async (changes: ICredentialDataDecryptedObject = {}) =>
			await session.post('/rest/credentials/test', {
				credentials: {
					id: CREDENTIAL_ID,
					name: 'Feishu',
					type: 'feishuAppApi',
					data: { ...credentialFor(world.sandbox), ...changes },
				},
			});

		it('passes with the right secret', async () => {
			expect(await verdict()).toEqual({ status: 'OK', message: 'Connection successful!' });
			expect(world.sandbox.journal.map(({ code }) => code)).toEqual([0, 1390003]);
		});

		it('names a wrong secret', async () => {
			expect(await verdict({ appSecret: 'wrong' })).toEqual({
				status: 'Error',
				message: expect.stringMatching(/^The App Secret is wrong\. Copy the App Secret again/),
			});
		});

		it('names an app of another cloud', async () => {
			expect(await verdict({ appId: 'cli_elsewhere0001' })).toEqual({
				status: 'Error',
				message: expect.stringMatching(/^Feishu does not know this App ID.*10014/),
			});
		});

		const otherApp = (app_id: string, changes: object) => {
			const app = world.sandbox.addApp({ ...SANDBOX_APP, app_id, ...changes });
			return { appId: app.app_id, appSecret: app.app_secret };
		};

		it('names a missing scope', async () => {
			expect(await verdict(otherApp('cli_sandbox0000004', { scopes: [] }))).toEqual({
				status: 'Error',
				message: expect.stringMatching(/^The app lacks a permission\. .*approval.*99991672/),
			});
		});

		it('names a blocked address', async () => {
			const credentials = otherApp('cli_sandbox0000005', {});
			world.sandbox.apps.get('cli_sandbox0000005')!.deniedIp = true;
			expect(await verdict(credentials)).toEqual({
				status: 'Error',
				message: expect.stringMatching(/^Feishu blocks the address .*IP whitelist.*99991401/),
			});
		});

		it('names a wrong host', async () => {
			expect(await verdict({ baseUrl: 'http://127.0.0.1:1' })).toEqual({
				status: 'Error',
				message: expect.stringMatching(/^Feishu could not be reached\. Check that your n8n/),
			});
		});
	});

	describe('the node types', () => {
		let types: INodeTypeDescription[];

		beforeAll(async () => {
			types = await session.get('/types/nodes.json');
		});

		const operationsOf = (name: string) =>
			types
				.find((type) => type.name === name)
				?.properties.filter((property) => property.name === 'operation')
				.flatMap(({ options = [] }) => options);

		it('hold the node with all its operations', () => {
			const options = operationsOf(FEISHU);
			const known = Object.values(RESOURCES).flatMap(({ operations }) => operations);
			expect(options).toHaveLength(known.length);
			expect(options).toEqual(
				expect.arrayContaining([
					expect.objectContaining({ value: 'get', action: 'Get approval instance' }),
					expect.objectContaining({ value: 'cc', action: 'CC Approval instance' }),
					expect.objectContaining({ value: 'getId', action: 'Get user ID' }),
					expect.objectContaining({ value: 'request', action: 'Request an API endpoint' }),
				]),
			);
		});

		it('offer it as a tool for AI agents, with its parameters; CC says that people are notified', () => {
			const tool = types.find(({ name }) => name === `${FEISHU}Tool`);
			expect(tool?.outputs).toEqual(['ai_tool']);
			const names = tool?.properties.map(({ name }) => name);
			expect(names).toEqual(
				expect.arrayContaining([
					...['toolDescription', 'resource', 'operation', 'instanceCode', 'simplify'],
					...['approvalCode', 'userId', 'userIdType', 'ccUserIds', 'options'],
				]),
			);
			expect(operationsOf(`${FEISHU}Tool`)).toContainEqual(
				expect.objectContaining({ value: 'cc', description: expect.stringContaining('notify') }),
			);
		});
	});

	it('gets a token of its own when App ID is edited as the editor edits it', async () => {
		await session.run('chain', 'Start');
		const former = world.sandbox.tokens.current(SANDBOX_APP.app_id);
		const { app_id: appId, app_secret: appSecret } = world.sandbox.addApp({
			...SANDBOX_APP,
			app_id: 'cli_sandbox0000006',
			app_secret: 'made-up-0006',
		});
		const path = `/rest/credentials/${CREDENTIAL_ID}`;
		const edit = async (changes: ICredentialDataDecryptedObject) => {
			const stored = await session.get<{ data: object }>(`${path}?includeData=true`);
			await session.patch(path, { ...stored, data: { ...stored.data, ...changes } });
		};
		await edit({ appId, appSecret });
		world.sandbox.journal.length = 0;
		const { error } = await session.run('chain', 'Start');
		const { journal } = world.sandbox;
		// The other app reads the approval, and sees other open IDs.
		expect(journal.map(({ endpoint, code }) => `${endpoint} ${code}`)).toEqual([
			'exchange 0',
			'get 0',
			'cc 99992361',
		]);
		expect(error.message).toBe('An open ID belongs to another app');
		expect(journal.map(({ token }) => token)).not.toContain(former);
		await edit({ appId: SANDBOX_APP.app_id, appSecret: SANDBOX_APP.app_secret });
	});

	it('lets no secret and no token into executions, its log and its files', async () => {
		const texts = [
			(await session.run('chain', 'Start')).text,
			(await session.run('unknown', 'Start')).text,
		].join('\n');
		expect(world.sandbox.journal.map(({ endpoint }) => endpoint)).toContain('cc');
		expect(texts).toContain(CODE);
		expect(saysSecret(texts)).toBe(false);
		// What is looked for is what there is to be found.
		const token = world.sandbox.tokens.current(SANDBOX_APP.app_id);
		expect([`"${token}"`, `=${SANDBOX_APP.app_secret}`].map(saysSecret)).toEqual([true, true]);
		expect(world.n8n.log).toMatch(/debug/i);
		expect(await placesOf(world, /The approval instance was not found/)).toBeGreaterThan(0);
		expect(await leaks(world)).toBe(0);
	});
});
