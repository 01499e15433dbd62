import { SAMPLE_INSTANCE, SANDBOX_APP } from '../../sandbox';
import type { Editor } from './browser/editor';
import { openEditor, type Opened } from './browser/open';
import { Pictures } from './browser/pictures';
import { CURRENT } from './install';
import { until } from './triggered';
import { openWorld, type World } from './world';

const KEYS = { encryptKey: 'only-for-tests-key', verificationToken: 'only-for-tests-token' };
const TRIGGER = 'Feishu Approval Trigger';
const WHOLE = { x: 24, y: 24, width: 1392, height: 660 };

jest.setTimeout(600_000);

// One story: each test goes on where the one before it ended.
describe('The trigger in the editor of n8n', () => {
	let world: World;
	let opened: Opened;
	let editor: Editor;
	let pictures: Pictures;

	beforeAll(async () => {
		world = await openWorld(CURRENT, 'browser-trigger');
		await world.credential(KEYS);
		await world.n8n.start();
		opened = await openEditor(world);
		editor = opened.editor;
		const secrets = () => [...opened.secrets(), ...Object.values(KEYS)];
		pictures = await Pictures.of(opened.page, secrets, 'pictures-trigger');
	}, 1_200_000);

	afterAll(async () => {
		await opened?.close();
		await world?.close();
	}, 60_000);

	/** Presses the button under "Wait for an approval event". */
	const listen = async () => await editor.part('trigger-execute-button').click();

	it('is found beside the node, with an entry for each event', async () => {
		await editor.openNewWorkflow();
		await editor.part('canvas-add-button').click();
		expect(await editor.offered('审批')).toContain('Feishu Approval');
		const entries = editor.part('node-creator-item-name');
		await entries.filter({ hasText: 'Feishu Approval' }).click();
		const entry = entries.filter({ hasText: 'On instance status changed' });
		await entry.waitFor();
		const offered = (await entries.allInnerTexts()).filter((name) => name.startsWith('On '));
		expect(offered).toHaveLength(10);
		await pictures.take('events-offered');
		await entry.click();
		await editor.part('node-parameters').waitFor();
		expect(await editor.part('parameter-input-events').innerText()).toContain(
			'Instance Status Changed',
		);
	});

	it('long connection: says what to do first, and catches an event while it listens', async () => {
		const { sandbox } = world;
		await editor.correct('approvalCodes', SAMPLE_INSTANCE.approval_code);
		const panel = editor.part('node-parameters');
		expect(await panel.innerText()).toContain(
			'save "Receive events through persistent connection"',
		);
		await pictures.take('long-connection');
		await listen();
		await until('the subscription', () =>
			sandbox.isSubscribed(SANDBOX_APP.app_id, SAMPLE_INSTANCE.approval_code),
		);
		await pictures.take('long-connection-listening');
		sandbox.setStatus(SAMPLE_INSTANCE, 'APPROVED');
		expect(await editor.outputTable()).toMatchObject([
			{
				event: 'instanceStatusChanged',
				instance_code: SAMPLE_INSTANCE.instance_code,
				approval_code: SAMPLE_INSTANCE.approval_code,
				status: 'APPROVED',
			},
		]);
		await editor.part('radio-button-json').click();
		await pictures.take('long-connection-caught', { box: WHOLE, docs: 'trigger-event' });
		await editor.part('radio-button-table').click();
	});

	it('webhook: shows the URL to paste, answers the check of it and catches an event', async () => {
		const { sandbox } = world;
		await editor.select('connection', 'Webhook');
		const panel = editor.part('node-parameters');
		await panel.getByText('paste the Production URL from above').waitFor();
		await editor.page.getByText('Webhook URLs').click();
		await pictures.take('webhook');
		await listen();
		await editor.page.getByText('Listening for test event').waitFor();
		await pictures.take('webhook-listening');
		const text = await editor.page.locator('body').innerText();
		const shown = /http:\/\/localhost:\d+\/webhook-test\/\S+/.exec(text)?.[0] ?? '';
		const url = shown.replace('localhost', '127.0.0.1');
		// A busy machine may miss the second that the console allows: then somebody saves again.
		await until(
			'the check of the URL',
			async () => (await sandbox.events.saveRequestUrl(url, KEYS)).isAccepted,
		);
		sandbox.setStatus(SAMPLE_INSTANCE, 'REVERTED');
		await editor.part('output-panel').getByText('REVERTED', { exact: true }).waitFor();
		expect(await editor.outputTable()).toMatchObject([{ status: 'REVERTED' }]);
		await pictures.take('webhook-caught');
		await sandbox.events.settled();
		expect(sandbox.events.deliveries.map(({ state }) => state)).not.toContain('givenUp');
		await editor.closeNode(TRIGGER);
		await pictures.take('canvas');
	});
});
