import type { ICredentialDataDecryptedObject, INodeTypeDescription } from 'n8n-workflow';

import { credentialFor } from '../engine/stage';
import { COLLEAGUE, SAMPLE_INSTANCE, SANDBOX_APP } from '../sandbox';
import { RELEASES } from './install';
import { Session } from './owner';
import { leaks, placesOf } from './secrets';
import { openWorld, type World } from './world';
import { CREDENTIAL_ID, feishu, FEISHU, MANUAL, TOOLS_ALLOWED, workflow } from './workflows';

const CODE = SAMPLE_INSTANCE.instance_code;

describe.each(RELEASES)('n8n $version as a server', (release) => {
	let world: World;
	let session: Session;

	beforeAll(async () => {
		world = await openWorld(release, 'server', TOOLS_ALLOWED);
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
				?.properties.find((property) => property.name === 'operation')?.options;

		it('hold the node with both operations', () => {
			const options = operationsOf(FEISHU);
			expect(options).toHaveLength(2);
			expect(options).toEqual(
				expect.arrayContaining([
					expect.objectContaining({ value: 'get', action: 'Get approval instance' }),
					expect.objectContaining({ value: 'cc', action: 'CC Approval instance' }),
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

	it('lets no secret and no token into executions, its log and its files', async () => {
		const texts = [
			(await session.run('chain', 'Start')).text,
			(await session.run('unknown', 'Start')).text,
		].join('\n');
		expect(world.sandbox.journal.map(({ endpoint }) => endpoint)).toContain('cc');
		expect(texts).toContain(CODE);
		expect(texts).not.toContain(SANDBOX_APP.app_secret);
		expect(texts).not.toMatch(/\bt-[0-9a-f]{20,}/);
		expect(world.n8n.log).toContain('Editor is now accessible');
		expect(await placesOf(world, /The approval instance was not found/)).toBeGreaterThan(0);
		expect(await leaks(world)).toBe(0);
	});
});
