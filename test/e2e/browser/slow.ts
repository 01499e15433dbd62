/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-dangerous-functions */
import { spawn } from 'node:child_process';
import type { Page } from 'playwright-core';

/** SLOW_EDITOR=6 makes the editor six times as slow, with a busy process beside it. */
const RATE = Number(process.env.SLOW_EDITOR || 1);

/** Keeps a processor busy until its parent is gone. */
const BUSY = 'const parent = process.ppid; while (process.ppid === parent);';

/**
 * Slows a page down as SLOW_EDITOR says.
 *
 * @returns what ends the load
 */
export async function slowDown(page: Page): Promise<() => void> {
	if (RATE === 1) return () => undefined;
	const devTools = await page.context().newCDPSession(page);
	await devTools.send('Emulation.setCPUThrottlingRate', { rate: RATE });
	const load = spawn(process.execPath, ['-e', BUSY], { stdio: 'ignore' });
	return () => load.kill('SIGKILL');
}
