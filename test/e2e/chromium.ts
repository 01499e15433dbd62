/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { existsSync, readFileSync } from 'node:fs';

import { command } from './install';

const DEBIANS = '/usr/bin/chromium';
/** The browser, and letters for 审批. */
const PACKAGES = ['chromium', 'fonts-noto-cjk'];

function debianRoot(): boolean {
	const release = existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : '';
	return /^ID="?debian"?$/m.test(release) && process.getuid?.() === 0;
}

/**
 * The path of Chromium: the variable CHROMIUM, else Debian's. Root on Debian gets it installed
 * where it is missing.
 *
 * @throws an Error that says what to install
 */
export async function chromiumPath(say: (line: string) => void): Promise<string> {
	const path = process.env.CHROMIUM ?? DEBIANS;
	if (existsSync(path)) return path;
	if (path === DEBIANS && debianRoot()) {
		say(`Installing ${PACKAGES.join(' and ')} …`);
		const options = { cwd: '/', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
		await command('apt-get', ['update'], options);
		await command('apt-get', ['install', '-y', '--no-install-recommends', ...PACKAGES], options);
		if (existsSync(path)) return path;
	}
	throw new Error(
		`There is no browser at ${path}. On Debian, run "apt-get install ${PACKAGES.join(' ')}" as root; elsewhere, set CHROMIUM to the path of Chromium or Chrome.`,
	);
}
