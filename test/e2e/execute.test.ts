import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { COLLEAGUE, SAMPLE_INSTANCE, SANDBOX_APP } from '../../sandbox';
import type { Execution } from './execution';
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
	let first: Execution;
	/** The credential as it is stored after the first run. */
	let kept: ICredentialDataDecryptedObject;
	const endpoints = () => world.sandbox.journal.map(({ endpoint, code }) => `${endpoint} ${code}`);
	const stored = async (): Promise<ICredentialDataDecryptedObject> =>
		(await world.n8n.exportCredentials())[0].data;
	/** Puts the token of the first run back, on the platform as well unless it is to be refused. */
	const startWithToken = async ({ refused = false, ...changes }) => {
		world.sandbox.reset();
		const token = String(kept.tenantAccessToken);
		if (!refused) world.sandbox.tokens.accept(SANDBOX_APP.app_id, token);
		await world.credential({ ...kept, ...changes });
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
		await world.credential();
		first = await world.execute('chain');
		kept = await stored();
	}, 1_200_000);

	afterAll(async () => await world?.close());

	it('reads an approval and copies it to a person', () => {
		const { succeeded, json } = first;
		expect(endpoints()).toEqual(['exchange 0', 'get 0', 'cc 0']);
		expect(world.sandbox.calls('cc')[0].copied).toEqual([COLLEAGUE.open_id]);
		expect(json('Get')).toEqual([expect.objectContaining({ instance_code: CODE })]);
		expect(json('CC')).toEqual([
			expect.objectContaining({ success: true, cc_user_ids: [COLLEAGUE.open_id] }),
		]);
		expect(succeeded).toBe(true);
	});

	it('keeps token, expiry and owner with the credential', () => {
		expect(kept).toMatchObject({
			tenantAccessToken: expect.stringMatching(/^t-/),
			accessOwner: expect.stringContaining(`${SANDBOX_APP.app_id}@${world.sandbox.url}`),
		});
		const life = Number(kept.accessExpiresAt) - Date.now();
		expect(life).toBeGreaterThan(6_000_000);
		expect(life).toBeLessThan(7_020_000);
	});

	it('uses the stored token in another process', async () => {
		await startWithToken({});
		const { succeeded } = await world.execute('chain');
		expect(endpoints()).toEqual(['get 0', 'cc 0']);
		expect(succeeded).toBe(true);
	});

	it('replaces a token before the first call when its time is over: one exchange, no refused call', async () => {
		await startWithToken({ refused: true, accessExpiresAt: Date.now() - 1 });
		const { succeeded } = await world.execute('chain');
		expect(endpoints()).toEqual(['exchange 0', 'get 0', 'cc 0']);
		expect((await stored()).tenantAccessToken).not.toBe(kept.tenantAccessToken);
		expect(succeeded).toBe(true);
	});

	it('replaces a token that was revoked early: one refused call, one exchange', async () => {
		await startWithToken({});
		world.sandbox.tokens.revoke(SANDBOX_APP.app_id);
		const { succeeded } = await world.execute('chain');
		expect(endpoints()).toEqual(['get 99991663', 'exchange 0', 'get 0', 'cc 0']);
		expect((await stored()).tenantAccessToken).not.toBe(kept.tenantAccessToken);
		expect(succeeded).toBe(true);
	});

	it('does not send the token of another app after App ID was edited', async () => {
		const other = world.sandbox.addApp({
			...SANDBOX_APP,
			app_id: 'cli_sandbox0000002',
			app_secret: 'made-up-0002',
		});
		await startWithToken({ appId: other.app_id, appSecret: other.app_secret });
		const { error } = await world.execute('chain');
		// The other app reads the approval, and sees other open IDs: nothing of the first one is left.
		expect(endpoints()).toEqual(['exchange 0', 'get 0', 'cc 99992361']);
		expect(error.message).toBe('An open ID belongs to another app');
		const tokens = world.sandbox.journal.map(({ token }) => token);
		expect(tokens).not.toContain(kept.tenantAccessToken);
		expect((await stored()).accessOwner).toContain(`${other.app_id}@`);
	});

	it('lets the HTTP Request node use the stored token', async () => {
		await startWithToken({});
		const { json } = await world.execute('http');
		expect(json('HTTP')).toEqual([expect.objectContaining({ code: 0 })]);
		expect(endpoints()).toEqual(['get 0']);
	});

	it('lets the HTTP Request node go on after its token was revoked early', async () => {
		await startWithToken({});
		world.sandbox.tokens.revoke(SANDBOX_APP.app_id);
		const { json } = await world.execute('http');
		expect(json('HTTP')).toEqual([expect.objectContaining({ code: 0 })]);
		expect(endpoints()).toEqual(['get 99991663', 'exchange 0', 'get 0']);
	});

	it('lets the HTTP Request node go on past the end of a token', async () => {
		await startWithToken({ refused: true, accessExpiresAt: Date.now() - 1 });
		const { json } = await world.execute('http');
		expect(json('HTTP')).toEqual([expect.objectContaining({ code: 0 })]);
		expect(endpoints()).toEqual(['exchange 0', 'get 0']);
	});
});
