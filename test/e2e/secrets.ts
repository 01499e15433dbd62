/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { statSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { SANDBOX_APP } from '../../sandbox';
import type { World } from './world';

/** What must not be read anywhere but in a credential that n8n has encrypted; tests make up further apps. */
const SECRETS = [new RegExp(SANDBOX_APP.app_secret), /\bmade-up-0/, /\bt-[0-9a-f]{20,}/];

/** All that n8n keeps in its folder as it stands on the disk: its database, its logs, its files. */
async function kept(folder: string): Promise<string[]> {
	const entries = await readdir(folder, { recursive: true });
	const files = entries
		.filter((entry) => !entry.includes('node_modules'))
		.map((entry) => join(folder, entry))
		.filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile());
	return await Promise.all(files.map(async (file) => await readFile(file, 'latin1')));
}

/** Whether an App Secret or a token can be read in a text. */
export function saysSecret(text: string): boolean {
	return SECRETS.some((secret) => secret.test(text));
}

/** Where a text can be read in what n8n has kept and logged so far: in how many files and logs. */
export async function placesOf({ n8n }: World, text: RegExp): Promise<number> {
	const texts = [n8n.log, ...(await kept(join(n8n.folder, '.n8n')))];
	return texts.filter((one) => text.test(one)).length;
}

/** In how many files and logs of n8n an App Secret or a token can be read. */
export async function leaks(world: World): Promise<number> {
	const counts = await Promise.all(SECRETS.map(async (secret) => await placesOf(world, secret)));
	return counts.reduce((sum, count) => sum + count, 0);
}
