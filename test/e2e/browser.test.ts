/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import { COLLEAGUE, SAMPLE_INSTANCE, SANDBOX_APP } from '../../sandbox';
import type { Editor } from './browser/editor';
import type { Effort } from './browser/effort';
import { openEditor, type Opened } from './browser/open';
import { Pictures } from './browser/pictures';
import { exampleFiles } from './examples';
import { CURRENT } from './install';
import { leaks, placesOf } from './secrets';
import { openWorld, type World } from './world';

const GET = 'Get approval instance';
const CC = 'CC Approval instance';
const TESTED = 'credentials-config-container-test-success';
const WRONG_SECRET = 'not-this-one';
const SECRET_IS_WRONG =
	'The App Secret is wrong. Copy the App Secret again from the Feishu developer console (Credentials & Basic Info). If it was reset there, the old one no longer works. (Feishu code 10015, log ID ';
/** The right part of an open node. */
const FIELDS_AND_OUTPUT = { x: 511, y: 24, width: 929 };

jest.setTimeout(600_000);

// One story: each test goes on where the one before it ended.
describe('A newcomer in the editor of n8n', () => {
	let world: World;
	let opened: Opened;
	let editor: Editor;
	let effort: Effort;
	let pictures: Pictures;

	beforeAll(async () => {
		world = await openWorld(CURRENT, 'browser');
		await world.n8n.start();
		opened = await openEditor(world);
		({ editor, effort } = opened);
		pictures = await Pictures.of(opened.page, opened.secrets);
		await editor.openNewWorkflow();
	}, 1_200_000);

	afterAll(async () => {
		await opened?.close();
		await world?.close();
	}, 60_000);

	it('finds the node by feishu, lark, approval and 审批', async () => {
		await editor.openNewWorkflow();
		await editor.addManualTrigger();
		await editor.findNode('feishu', 'Get');
		await pictures.take('found-by-feishu', {
			box: { x: 560, y: 0, width: 880, height: 590 },
			docs: 'node-found',
		});

		for (const word of ['lark', 'approval', '审批', 'feishu']) {
			expect(await editor.offered(word)).toContain('Feishu Approval');
			if (word === '审批') await pictures.take('found-by-审批');
		}
	});

	it('creates the credential from the node and sees it tested', async () => {
		await editor.addAction(GET, 'Get');
		await pictures.take('get-empty');
		await editor.newCredential();
		await pictures.take('credential-empty');
		await editor.choose('platform', 'Custom', 'Credential');
		await editor.type('baseUrl', world.sandbox.url, 'Credential');
		await editor.type('appId', SANDBOX_APP.app_id, 'Credential');
		await editor.type('appSecret', SANDBOX_APP.app_secret, 'Credential');
		await pictures.take('credential-filled-in');
		await editor.saveNewCredential();
		expect(world.sandbox.calls('exchange')).toMatchObject([{ code: 0 }]);

		await editor.openCredential();
		await editor.part(TESTED).waitFor();
		expect(await editor.part(TESTED).innerText()).toContain('Connection tested successfully');
		await pictures.take('credential-tested', {
			around: { parts: editor.part('editCredential-modal'), margin: 0 },
			docs: 'credential-tested',
		});
		await editor.closeCredential();
	});

	it('builds Start, Get Instance and CC Instance, and one person is copied once', async () => {
		await editor.type('instanceCode', SAMPLE_INSTANCE.instance_code, 'Get');
		await pictures.take('get-filled-in');
		await editor.closeNode('Get');
		await editor.findNode('feishu', 'CC');
		await editor.addAction(CC, 'CC');
		await pictures.take('cc-empty');
		await editor.type('ccUserIds', COLLEAGUE.open_id, 'CC');
		await pictures.take('cc-filled-in');
		await editor.closeNode('CC');
		await editor.run([GET, CC]);
		process.stdout.write(effort.table());
		await pictures.take('workflow-succeeded', {
			around: { parts: editor.part('canvas-node'), margin: 140 },
			docs: 'workflow',
		});

		const copies = world.sandbox.calls('cc');
		expect(copies).toMatchObject([{ carriedOut: true, copied: [COLLEAGUE.open_id] }]);

		await editor.openNode(CC);
		const [item, ...others] = await editor.outputTable();
		expect(others).toEqual([]);
		expect(item).toMatchObject({
			success: 'true',
			approval_code: SAMPLE_INSTANCE.approval_code,
			instance_code: SAMPLE_INSTANCE.instance_code,
			user_id: SAMPLE_INSTANCE.open_id,
			user_id_type: 'open_id',
			cc_user_ids: expect.stringContaining(COLLEAGUE.open_id),
			skipped_user_ids: '[empty array]',
		});
		await pictures.take('cc-output', {
			box: { ...FIELDS_AND_OUTPUT, height: 720 },
			docs: 'cc-output',
		});
	});

	it('has done nothing for our node but enter what nobody else can know', () => {
		const { app_id, app_secret } = SANDBOX_APP;
		const entered = [app_id, app_secret, SAMPLE_INSTANCE.instance_code, COLLEAGUE.open_id];
		expect(effort.total('ours')).toEqual({ clicks: 0, keys: 0 });
		// What n8n asks for any node with a credential: to find it twice, to connect, save, close, run.
		expect(effort.total('n8n')).toEqual({ clicks: 13, keys: 2 * 'feishu'.length });
		expect(effort.total('sandbox')).toEqual({ clicks: 3, keys: world.sandbox.url.length });
		expect(effort.total('needed')).toEqual({ clicks: 4, keys: entered.join('').length });
	});

	it('reads what went wrong with an unknown instance, the hint and the log ID', async () => {
		await editor.part('ndv-close-button').click();
		await editor.openNode(GET);
		await editor.correct('instanceCode', '00000000-93AF-92D6-7425-01A5D67C4E71');
		await editor.part('ndv-close-button').click();
		await editor.run([GET], 'error');
		await pictures.take('workflow-failed');
		await editor.openNode(GET);

		const panel = editor.part('output-panel');
		await panel.getByTestId('node-error-message').waitFor();
		expect(await panel.getByTestId('node-error-message').innerText()).toBe(
			'The approval instance was not found',
		);
		const description = await panel.getByTestId('node-error-description').innerText();
		expect(description).toContain('Check the code for missing characters');
		expect(description).toContain('Instance Code was 00000000-93AF-92D6-7425-01A5D67C4E71.');
		expect(description).toContain('code 1390003, HTTP 400');
		expect(description).toMatch(/log ID \d{14}[0-9A-F]+/);
		expect(await panel.getByRole('link', { name: 'More about it at Feishu' }).isVisible()).toBe(
			true,
		);
		await pictures.take('error-panel', {
			box: { ...FIELDS_AND_OUTPUT, height: 560 },
			docs: 'error-panel',
		});
		expect(world.sandbox.calls('cc')).toHaveLength(1);
	});

	it('is told what to do about a wrong App Secret in a new credential', async () => {
		await editor.openNewCredential();
		await editor.select('platform', 'Custom');
		await editor.correct('baseUrl', world.sandbox.url);
		await editor.correct('appId', SANDBOX_APP.app_id);
		await editor.correct('appSecret', WRONG_SECRET);
		expect(await editor.whyNotConnected()).toContain(SECRET_IS_WRONG);
		await pictures.take('credential-wrong-secret');
	});

	it('is told so as well when the secret of a credential that worked is replaced', async () => {
		await editor.openStoredCredential('Feishu App account');
		await editor.correct('appSecret', WRONG_SECRET);
		expect(await editor.whyNotConnected()).toContain(SECRET_IS_WRONG);
		await pictures.take('credential-secret-replaced');
	});

	it('runs the last step of an imported example twice, and it copies twice', async () => {
		const example = (await exampleFiles()).find(({ id }) => id === 'feishuGetThenCc')!;
		await world.credential();
		await world.n8n.importWorkflows([example]);
		await editor.openWorkflow(example.id);
		await editor.openNode('CC Instance');
		world.sandbox.journal.length = 0;
		for (const copies of [1, 2]) {
			expect(await editor.executeStep()).toBe('success');
			expect(world.sandbox.calls('cc')).toHaveLength(copies);
			expect(await editor.outputTable()).toMatchObject([{ success: 'true' }]);
		}
		await pictures.take('example-tried-twice');
	});

	it('has left no secret and no token in anything that n8n kept', async () => {
		expect(await placesOf(world, /The approval instance was not found/)).toBeGreaterThan(0);
		expect(await leaks(world)).toBe(0);
	});
});
