/* eslint-disable @n8n/community-nodes/no-restricted-globals -- tests, not nodes */
import {
	ACCOUNTANT,
	COLLEAGUE,
	EXAMPLE_DEFINITIONS,
	INITIATOR,
	RICH_DEFINITION,
	SANDBOX_APP,
} from '../../sandbox';
import type { Editor } from './browser/editor';
import type { Effort } from './browser/effort';
import { openEditor, type Opened } from './browser/open';
import { Pictures } from './browser/pictures';
import { CURRENT } from './install';
import { leaks } from './secrets';
import { feishu, MANUAL, workflow } from './workflows';
import { openWorld, type World } from './world';

const CREATE = 'Create approval instance';
const [LEAVE] = EXAMPLE_DEFINITIONS;
const FIELDS = { x: 511, y: 24, width: 420, height: 852 };

jest.setTimeout(600_000);

// One story: each test goes on where the one before it ended.
describe('A form in the editor of n8n', () => {
	let world: World;
	let opened: Opened;
	let editor: Editor;
	let effort: Effort;
	let pictures: Pictures;
	let begun: number;

	beforeAll(async () => {
		world = await openWorld(CURRENT, 'browser-form');
		await world.n8n.start();
		opened = await openEditor(world);
		({ editor, effort } = opened);
		pictures = await Pictures.of(opened.page, opened.secrets, 'pictures-form');
		await editor.openNewWorkflow();
	}, 1_200_000);

	afterAll(async () => {
		await opened?.close();
		await world?.close();
	}, 60_000);

	it('says what to enter before it can show any fields', async () => {
		begun = performance.now();
		await editor.addManualTrigger();
		await editor.findNode('feishu', 'Create');
		await editor.addAction(CREATE, 'Create');
		await editor.newCredential();
		await editor.choose('platform', 'Custom', 'Credential');
		await editor.type('baseUrl', world.sandbox.url, 'Credential');
		await editor.type('appId', SANDBOX_APP.app_id, 'Credential');
		await editor.type('appSecret', SANDBOX_APP.app_secret, 'Credential');
		await editor.saveNewCredential();
		await editor.part('node-parameters').getByText('Enter an approval code').waitFor();
		await pictures.take('before-the-code');
	});

	it('shows the fields of the definition as soon as its code is entered', async () => {
		await editor.type('approvalCode', LEAVE.approval_code, 'Create');
		await editor.type('userId', INITIATOR.email!, 'Create');
		await editor.part('parameter-input-Leave / Type').waitFor();
		await pictures.take('leave-empty');
	});

	it('submits the first approval, and nothing twice', async () => {
		await editor.chooseInForm('Leave / Type', 'Annual leave');
		await editor.typeInForm('Leave / Start', '2026-12-24 00:00:00', '2026-12-24T00:00:00');
		await editor.typeInForm('Leave / End', '2026-12-28 00:00:00', '2026-12-28T00:00:00');
		await editor.typeInForm('Leave / Reason', 'Rest');
		await editor.typeInForm('Stand-in', COLLEAGUE.email!);
		await pictures.take('leave-filled-in', { box: FIELDS, docs: 'form-fields' });
		await editor.closeNode('Create');
		await editor.run([CREATE]);
		const seconds = ((performance.now() - begun) / 1000).toFixed(0);
		process.stdout.write(`${effort.table()}From a new n8n to the first approval: ${seconds} s\n`);
		expect(world.sandbox.calls('create').map(({ code }) => code)).toEqual([0]);
		await editor.openNode(CREATE);
		expect(await editor.outputTable()).toMatchObject([{ success: 'true', created: 'true' }]);
		await pictures.take('leave-submitted');
	});

	it('has asked for nothing but what nobody else can know', () => {
		expect(effort.total('ours')).toEqual({ clicks: 0, keys: 0 });
		expect(effort.total('n8n')).toEqual({ clicks: 9, keys: 'feishu'.length });
		expect(effort.total('needed').clicks).toBe(10);
	});

	it('shows every kind of field, choices by their labels', async () => {
		await world.credential();
		await world.n8n.importWorkflows([
			workflow('rich', [
				MANUAL,
				feishu('Submit', {
					operation: 'create',
					userId: INITIATOR.email!,
					options: {
						nodeApprovers: { node: [{ node: 'Accounting', people: ACCOUNTANT.email! }] },
					},
				}),
			]),
		]);
		await editor.openWorkflow('rich');
		await editor.openNode('Submit');
		await editor.correct('approvalCode', RICH_DEFINITION.approval_code);
		await editor.part('parameter-input-subject').waitFor();
		for (const name of ['subject', 'category', 'Place', 'items', 'Leave / Leave type', 'Note']) {
			await editor.part(`parameter-input-${name}`).scrollIntoViewIfNeeded();
			await pictures.take(`rich-${name.replace(' / ', '-')}`);
		}
		expect(await editor.part('parameter-input-Note').locator('input').isDisabled()).toBe(true);
	});

	it('refuses a value that does not fit, by the name of the field', async () => {
		await editor.typeInForm('subject', 'Trip');
		await editor.chooseInForm('category', 'Meal');
		await editor.typeInForm('Means', 'travel, Ship');
		const before = world.sandbox.calls('create').length;
		expect(await editor.executeStep()).toBe('error');
		const panel = editor.part('output-panel');
		await panel.getByTestId('node-error-message').waitFor();
		expect(await panel.getByTestId('node-error-message').innerText()).toBe(
			'Form: "Means" has no choice "Ship"',
		);
		expect(await panel.getByTestId('node-error-description').innerText()).toContain(
			'Choose from: Travel, Meal, Other.',
		);
		await pictures.take('wrong-value');
		expect(world.sandbox.calls('create')).toHaveLength(before);
	});

	it('submits it once the value is right', async () => {
		await editor.correctInForm('Means', 'travel, Meal');
		expect(await editor.executeStep()).toBe('success');
		const [{ form }] = [...world.sandbox.instances.values()].slice(-1);
		expect(JSON.parse(form)).toMatchObject([
			{ name: 'Subject', value: 'Trip' },
			{ name: 'Category', value: 'Meal' },
			{ name: 'Means', value: ['Travel', 'Meal'] },
		]);
		await pictures.take('rich-submitted');
	});

	it('says in the panel why there are no fields: what Feishu said, and the cure', async () => {
		await editor.correct('approvalCode', '00000000-0000-0000-0000-000000000000');
		const panel = editor.part('node-parameters');
		await panel.getByText('The approval code was not found').waitFor();
		expect(await panel.innerText()).toContain('definitionCode=');
		await panel.getByRole('link', { name: 'More about it at Feishu' }).waitFor();
		await pictures.take('unknown-definition');
	});

	it('leaves no secret and no token in anything that n8n kept', async () => {
		expect(await leaks(world)).toBe(0);
	});
});
