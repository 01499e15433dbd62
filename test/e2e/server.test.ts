import type { ICredentialDataDecryptedObject, INodeTypeDescription } from 'n8n-workflow';

import { credentialFor } from '../engine/stage';
import { SANDBOX_APP } from '../sandbox';
import { CURRENT } from './install';
import { Session } from './owner';
import { openWorld, type World } from './world';
import { CREDENTIAL_ID, FEISHU } from './workflows';

let world: World;
let session: Session;

beforeAll(async () => {
	world = await openWorld(CURRENT, 'server', { N8N_COMMUNITY_PACKAGES_ALLOW_TOOL_USAGE: 'true' });
	await world.credential();
	await world.n8n.start();
	session = await Session.open(world.n8n);
}, 1_200_000);

afterAll(async () => await world?.close());

describe('the credential test of a running n8n', () => {
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

	it('names a wrong host', async () => {
		expect(await verdict({ baseUrl: 'http://127.0.0.1:1' })).toEqual({
			status: 'Error',
			message: expect.stringMatching(/^Feishu could not be reached\. Check that your n8n/),
		});
	});
});

describe('the node types of a running n8n', () => {
	let types: INodeTypeDescription[];

	beforeAll(async () => {
		types = await session.get('/types/nodes.json');
	});

	const named = (name: string) => types.find((type) => type.name === name);

	it('hold the node with both operations', () => {
		const operation = named(FEISHU)?.properties.find(({ name }) => name === 'operation');
		expect(operation?.options).toMatchObject([
			{ value: 'cc', action: 'CC Approval instance' },
			{ value: 'get', action: 'Get approval instance' },
		]);
	});

	it('offer it as a tool for AI agents, with its parameters; CC says that people are notified', () => {
		const tool = named(`${FEISHU}Tool`);
		expect(tool?.outputs).toEqual(['ai_tool']);
		const names = tool?.properties.map(({ name }) => name);
		expect(names).toEqual(
			expect.arrayContaining(['operation', 'instanceCode', 'ccUserIds', 'userIdType']),
		);
		const operation = tool?.properties.find(({ name }) => name === 'operation');
		expect(operation?.options).toContainEqual(
			expect.objectContaining({ value: 'cc', description: expect.stringContaining('notify') }),
		);
	});
});

it('the log of the server holds no secret and no token', () => {
	expect(world.n8n.log).toContain('n8n ready');
	expect(world.n8n.log).not.toContain(SANDBOX_APP.app_secret);
	expect(world.n8n.log).not.toMatch(/\bt-[0-9a-f]{20,}/);
});
