/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { existsSync } from 'node:fs';

import { installPackages } from './debian';

const DEBIANS = '/usr/bin/chromium';
/** The browser, and letters for 审批. */
const PACKAGES = ['chromium', 'fonts-noto-cjk'];

/**
 * The path of Chromium: the variable CHROMIUM, else Debian's, which is installed where it is
 * missing.
 *
 * @throws an Error that says what to install
 */
export async function chromiumPath(say: (line: string) => void): Promise<string> {
	const chosen = process.env.CHROMIUM;
	if (chosen !== undefined) {
		if (existsSync(chosen)) return chosen;
		throw new Error(`CHROMIUM names ${chosen}, and there is nothing`);
	}
	if (!existsSync(DEBIANS)) {
		const purpose = 'There is no browser (CHROMIUM can name another)';
		await installPackages(PACKAGES, purpose, say);
	}
	return DEBIANS;
}
