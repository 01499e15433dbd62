/* eslint-disable @n8n/community-nodes/no-restricted-globals -- tests, not nodes */
import { chromium, selectors, type Browser, type Page } from 'playwright-core';

import { SANDBOX_APP } from '../../../sandbox';
import { chromiumPath } from '../chromium';
import { OWNER } from '../owner';
import type { World } from '../world';
import { Editor } from './editor';
import { Effort } from './effort';
import { slowDown } from './slow';

const ARGS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-sync'];

/** The editor of a running n8n in a browser, signed in as its owner. */
export interface Opened {
	browser: Browser;
	page: Page;
	editor: Editor;
	effort: Effort;
	/** What no picture may show. */
	secrets(): string[];
	/** Ends the browser, and what slows it down. */
	close(): Promise<void>;
}

/** Opens the editor of a world's n8n, which has started; throws if n8n has an owner already. */
export async function openEditor(world: World): Promise<Opened> {
	const executablePath = await chromiumPath((line) => process.stderr.write(`${line}\n`));
	const browser = await chromium.launch({ executablePath, args: ARGS });
	selectors.setTestIdAttribute('data-test-id');
	const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
	const owner = await context.request.post(`${world.n8n.url}/rest/owner/setup`, { data: OWNER });
	if (owner.status() !== 200) throw new Error(`n8n answers ${owner.status()}: it has an owner`);
	const page = await context.newPage();
	// n8n's editor is large, and a machine that does much else takes minutes to show it at first.
	page.setDefaultTimeout(150_000);
	const atFullSpeed = await slowDown(page);
	const effort = await Effort.on(page);
	return {
		browser,
		page,
		editor: new Editor(page, world.n8n.url, effort),
		effort,
		secrets: () => [
			SANDBOX_APP.app_secret,
			...world.sandbox.journal.flatMap(({ token }) => token ?? []),
		],
		close: async () => {
			atFullSpeed();
			await browser.close();
		},
	};
}
