import type { Locator, Page, Request } from 'playwright-core';

import type { Asker, Effort } from './effort';
import { UNDER_WAY } from '../owner';
import { holds } from './held';

/** Fields without which nobody can know what to do, and those that only a local platform needs. */
const ASKERS: Readonly<Record<string, Asker>> = {
	appId: 'needed',
	appSecret: 'needed',
	instanceCode: 'needed',
	ccUserIds: 'needed',
	approvalCode: 'needed',
	userId: 'needed',
	platform: 'sandbox',
	baseUrl: 'sandbox',
};

const IN_CREDENTIAL = ['baseUrl', 'appId', 'appSecret'];
/** Where n8n is asked to store a credential, and to run a workflow. */
const SAVE = /^\/rest\/credentials(\/[^/]+)?$/;
const RUN = /^\/rest\/workflows\/[^/]+\/run$/;

const asker = (field: string): Asker => ASKERS[field] ?? 'ours';

/** n8n's editor, as somebody uses it who builds a workflow. */
export class Editor {
	/** What n8n must come to know: the latest text of each field. */
	private readonly typed = new Map<string, string>();

	constructor(
		readonly page: Page,
		private readonly url: string,
		/** What was done through the methods that say "counted". */
		readonly effort: Effort,
	) {}

	part(id: string): Locator {
		return this.page.getByTestId(id);
	}

	/** A new workflow with nothing in it. */
	async openNewWorkflow(): Promise<void> {
		this.typed.clear();
		await this.page.goto(`${this.url}/workflow/new`);
		await this.part('canvas-add-button').waitFor();
	}

	/** A workflow that n8n has stored. */
	async openWorkflow(id: string): Promise<void> {
		this.typed.clear();
		await this.page.goto(`${this.url}/workflow/${id}`);
		await this.part('canvas-node').first().waitFor();
	}

	/** Counted: the trigger that waits for a click. */
	async addManualTrigger(): Promise<void> {
		await this.effort.during('Start: Trigger manually', 'n8n', async () => {
			await this.part('canvas-add-button').click();
			await this.creatorItem('Trigger manually').click();
			await this.part('canvas-trigger-node').waitFor();
		});
	}

	/** The names of what the nodes panel offers for a word, after one for which it does not offer us. */
	async offered(word: string): Promise<string[]> {
		const search = this.part('node-creator-search-bar');
		await search.fill('qqzzxx');
		await this.creatorItem('Feishu Approval').waitFor({ state: 'detached' });
		await search.fill(word);
		await this.creatorItem('Feishu Approval').waitFor();
		return await this.part('node-creator-item-name').allInnerTexts();
	}

	/** Counted: finds the node by a word and opens the list of what it can do. */
	async findNode(word: string, purpose: string): Promise<void> {
		await this.effort.during(`${purpose}: find the node by "${word}"`, 'n8n', async () => {
			await this.part('node-creator-plus-button').click();
			const search = this.part('node-creator-search-bar');
			await search.waitFor();
			await search.pressSequentially(word);
			await this.creatorItem('Feishu Approval').waitFor();
		});
	}

	/** Counted: adds the node that was found, to do this. */
	async addAction(action: string, purpose: string): Promise<void> {
		await this.effort.during(`${purpose}: choose "${action}"`, 'n8n', async () => {
			await this.creatorItem('Feishu Approval').click();
			await this.creatorItem(action).click();
			await this.part('node-parameters').waitFor();
		});
	}

	/** Counted: opens the credential from a node that has none. */
	async newCredential(): Promise<void> {
		await this.effort.during('Credential: Connect', 'n8n', async () => {
			await this.part('node-credentials-empty-state').getByRole('button').click();
			await this.part('credential-edit-dialog').waitFor();
		});
	}

	/** Counted: saves a new credential, which n8n then tests; the window closes if that succeeds. */
	async saveNewCredential(): Promise<void> {
		await this.effort.during('Credential: Save', 'n8n', async () => {
			await this.saveCredential();
			await this.part('credential-edit-dialog').waitFor({ state: 'hidden' });
		});
	}

	/** Opens the credential of the node that is open; n8n tests it then. */
	async openCredential(): Promise<void> {
		await this.part('credential-edit-button').click();
		await this.part('credential-edit-dialog').waitFor();
	}

	/** Opens another credential from a node that has one. */
	async openNewCredential(): Promise<void> {
		await this.part('node-credentials-select').click();
		await this.part('node-credentials-select-item-new').click();
		await this.part('credential-edit-dialog').waitFor();
	}

	/** Opens a credential from the list of all. */
	async openStoredCredential(name: string): Promise<void> {
		await this.page.goto(`${this.url}/home/credentials`);
		await this.page.getByText(name, { exact: true }).click();
		await this.part('credential-edit-dialog').waitFor();
	}

	/** Saves the credential that is open and reads why n8n could not connect. */
	async whyNotConnected(): Promise<string> {
		await this.saveCredential();
		await this.page.getByText('More details').click();
		return await this.part('credential-edit-dialog').innerText();
	}

	async closeCredential(): Promise<void> {
		await this.part('editCredential-modal').getByRole('button', { name: /close/i }).click();
		await this.part('credential-edit-dialog').waitFor({ state: 'hidden' });
	}

	/** Counted: clicks a field and types into it. */
	async type(field: string, text: string, purpose: string): Promise<void> {
		await this.effort.during(`${purpose}: ${field}`, asker(field), async () => {
			await this.enter(field, text, async (input) => {
				await input.click();
				await this.page.keyboard.type(text);
			});
		});
	}

	/** Counted: types into a field of a form that the panel shows; `held` is what n8n makes of it. */
	async typeInForm(name: string, text: string, held = text): Promise<void> {
		await this.effort.during(`Form: ${name}`, 'needed', async () => {
			const input = this.input(name);
			await input.click();
			await this.page.keyboard.type(text);
			if (held !== text) await this.page.keyboard.press('Enter');
			await input.blur();
			await holds(this.page, `value["${name}"]`, held);
			this.typed.set(name, held);
		});
	}

	/** Replaces what stands in a field of such a form. */
	async correctInForm(name: string, text: string): Promise<void> {
		const input = this.input(name);
		await input.fill(text);
		await input.blur();
		await holds(this.page, `value["${name}"]`, text);
		this.typed.set(name, text);
	}

	/** Counted: chooses an option in a field of such a form. */
	async chooseInForm(name: string, option: string): Promise<void> {
		await this.effort.during(`Form: ${name} "${option}"`, 'needed', async () => {
			await this.select(name, option);
		});
	}

	/** Counted: chooses an option of a field. */
	async choose(field: string, option: string, purpose: string): Promise<void> {
		await this.effort.during(`${purpose}: ${field} "${option}"`, asker(field), async () => {
			await this.select(field, option);
		});
	}

	async select(field: string, option: string): Promise<void> {
		await this.part(`parameter-input-${field}`).click();
		await this.page.getByRole('option', { name: option }).click();
	}

	/** Replaces what stands in a field. */
	async correct(field: string, text: string): Promise<void> {
		await this.enter(field, text, async (input) => await input.fill(text));
	}

	/** Counted: back from a node to the canvas. */
	async closeNode(purpose: string): Promise<void> {
		await this.effort.during(`${purpose}: back to the canvas`, 'n8n', async () => {
			await this.part('ndv-close-button').click();
			await this.part('ndv').waitFor({ state: 'hidden' });
		});
	}

	/** Counted: runs the workflow until each of these nodes has succeeded, or has not. */
	async run(nodes: string[], end: 'success' | 'error' = 'success'): Promise<void> {
		await this.effort.during('Execute workflow', 'n8n', async () => {
			await this.sendRun('execute-workflow-button');
			for (const name of nodes) {
				await this.node(name).getByTestId(`canvas-node-status-mark-${end}`).waitFor();
			}
		});
	}

	node(name: string): Locator {
		return this.part('canvas-node').filter({ has: this.page.getByText(name, { exact: true }) });
	}

	async openNode(name: string): Promise<void> {
		await this.node(name).dblclick();
		await this.part('node-parameters').waitFor();
	}

	/** What the output of the node that is open shows as a table: one row for each item. */
	async outputTable(): Promise<Array<Record<string, string>>> {
		const table = this.part('output-panel').locator('table');
		await table.locator('tbody tr').first().waitFor();
		const texts = async (cells: Locator) =>
			(await cells.allInnerTexts()).map((text) => text.trim());
		const names = await texts(table.locator('thead th'));
		const rows = await Promise.all(
			(await table.locator('tbody tr').all()).map(async (row) => await texts(row.locator('td'))),
		);
		return rows.map((cells) =>
			Object.fromEntries(
				names.map((name, index) => [name, cells[index]]).filter(([name]) => name !== ''),
			),
		);
	}

	/**
	 * Presses "Execute step" in the node that is open, and waits for the end of the run.
	 *
	 * @returns how it ended
	 * @throws an Error with n8n's words if n8n does not begin it
	 */
	async executeStep(): Promise<string> {
		const answer = await (await this.sendRun('node-execute-button')).response();
		if (answer?.ok() !== true) throw new Error(`n8n answered: ${await answer?.text()}`);
		const { data } = (await answer.json()) as { data: { executionId: string } };
		for (;;) {
			const asked = await this.page.request.get(`${this.url}/rest/executions/${data.executionId}`);
			const { status } = ((await asked.json()) as { data: { status: string } }).data;
			if (!UNDER_WAY.includes(status)) return status;
			await this.page.waitForTimeout(200);
		}
	}

	private input(field: string): Locator {
		return this.part(`parameter-input-${field}`).locator('input');
	}

	/** Every typed field goes through here: nothing is clicked before the editor has taken it over. */
	private async enter(
		field: string,
		text: string,
		type: (input: Locator) => Promise<void>,
	): Promise<void> {
		const input = this.input(field);
		await type(input);
		await input.blur();
		await holds(this.page, field, text);
		this.typed.set(field, text);
	}

	private async saveCredential(): Promise<void> {
		const request = await this.send('credential-save-button', SAVE);
		this.compare(request.postData() ?? '', (field) => IN_CREDENTIAL.includes(field));
	}

	/** Runs all of the workflow or the node that is open: n8n has stored it by then, and is asked for it. */
	private async sendRun(button: string): Promise<Request> {
		const request = await this.send(button, RUN);
		const stored = await this.page.request.get(request.url().replace(/\/run$/, ''));
		this.compare(await stored.text(), (field) => !IN_CREDENTIAL.includes(field));
		return request;
	}

	/** @throws an Error if n8n has something else than was typed */
	private compare(had: string, isMeant: (field: string) => boolean): void {
		for (const [field, text] of this.typed) {
			const pair = JSON.stringify({ [field]: text }).slice(1, -1);
			if (isMeant(field) && !had.includes(pair)) {
				throw new Error(`n8n got something else than what was typed into ${field}`);
			}
		}
	}

	/** Clicks a button, and gives back the request that n8n gets then. */
	private async send(button: string, url: RegExp): Promise<Request> {
		const sent = this.page.waitForRequest(
			(request) => request.method() !== 'GET' && url.test(new URL(request.url()).pathname),
		);
		await this.part(button).click();
		return await sent;
	}

	private creatorItem(name: string): Locator {
		return this.part('node-creator-item-name').filter({ hasText: name });
	}
}
