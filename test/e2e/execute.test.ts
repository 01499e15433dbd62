import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { COLLEAGUE, SAMPLE_INSTANCE, SANDBOX_APP } from '../sandbox';
import { RELEASES } from './install';
import { openWorld, type World } from './world';
import { feishu, MANUAL, workflow, type WorkflowNode } from './workflows';

const CODE = SAMPLE_INSTANCE.instance_code;
const GET = feishu('Get', { instanceCode: CODE });
const CC = feishu('CC', { operation: 'cc', ccUserIds: COLLEAGUE.open_id });

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

// Each run is a process of its own: what one of them knows reaches the next by n8n's database.
describe.each(RELEASES)('n8n $version from the command line', (release) => {
	let world: World;
	const endpoints = () => world.sandbox.journal.map(({ endpoint, code }) => `${endpoint} ${code}`);
	const stored = async (): Promise<ICredentialDataDecryptedObject> =>
		(await world.n8n.exportCredentials())[0].data;
	/** Runs a workflow once; gives back the credential as it is stored then, and forgets the calls. */
	const runBefore = async (id: string): Promise<ICredentialDataDecryptedObject> => {
		const { error, succeeded } = await world.execute(id);
		expect({ error, succeeded }).toEqual({ error: {}, succeeded: true });
		const credential = await stored();
		world.sandbox.journal.length = 0;
		return credential;
	};
	const expire = async (credential: ICredentialDataDecryptedObject) => {
		world.sandbox.tokens.expireIn(SANDBOX_APP.app_id, 0);
		await world.credential({ ...credential, accessExpiresAt: Date.now() - 1 });
	};

	beforeAll(async () => {
		world = await openWorld(release, 'execute');
		const { n8n, sandbox } = world;
		await n8n.importWorkflows([
			workflow('chain', [MANUAL, GET, CC]),
			workflow('http', [
				MANUAL,
				httpRequest(`${sandbox.url}/open-apis/approval/v4/instances/${CODE}`),
			]),
		]);
	}, 1_200_000);

	afterAll(async () => await world?.close());

	beforeEach(async () => {
		world.sandbox.reset();
		await world.credential();
	});

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

	it('keeps token, expiry and owner with the credential, and the next process uses them', async () => {
		const credential = await runBefore('chain');
		expect(credential).toMatchObject({
			tenantAccessToken: expect.stringMatching(/^t-/),
			accessOwner: expect.stringContaining(`${SANDBOX_APP.app_id}@${world.sandbox.url}`),
		});
		const life = Number(credential.accessExpiresAt) - Date.now();
		expect(life).toBeGreaterThan(6_600_000);
		expect(life).toBeLessThan(7_020_000);
		await world.execute('chain');
		expect(endpoints()).toEqual(['get 0', 'cc 0']);
	});

	it('replaces a token before the first call when its time is over: one exchange, no refused call', async () => {
		const before = await runBefore('chain');
		await expire(before);
		const { succeeded } = await world.execute('chain');
		expect(endpoints()).toEqual(['exchange 0', 'get 0', 'cc 0']);
		expect((await stored()).tenantAccessToken).not.toBe(before.tenantAccessToken);
		expect(succeeded).toBe(true);
	});

	it('replaces a token that was revoked early: one refused call, one exchange', async () => {
		await runBefore('chain');
		world.sandbox.tokens.revoke(SANDBOX_APP.app_id);
		const { succeeded } = await world.execute('chain');
		expect(endpoints()).toEqual(['get 99991663', 'exchange 0', 'get 0', 'cc 0']);
		expect(succeeded).toBe(true);
	});

	it('does not send the token of another app after App ID was edited', async () => {
		const before = await runBefore('chain');
		const other = world.sandbox.addApp({
			...SANDBOX_APP,
			app_id: 'cli_sandbox0000002',
			app_secret: 'made-up-0002',
		});
		await world.credential({ ...before, appId: other.app_id, appSecret: other.app_secret });
		await world.execute('chain');
		expect(endpoints()[0]).toBe('exchange 0');
		const tokens = world.sandbox.journal.map(({ token }) => token);
		expect(tokens).not.toContain(before.tenantAccessToken);
	});

	it('lets the HTTP Request node use the credential, also past the end of a token', async () => {
		const { json } = await world.execute('http');
		expect(json('HTTP')).toEqual([expect.objectContaining({ code: 0 })]);
		await expire(await runBefore('http'));
		expect((await world.execute('http')).succeeded).toBe(true);
		expect(endpoints()).toEqual(['exchange 0', 'get 0']);
	});
});
