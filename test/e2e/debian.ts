/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- processes, not a node */
import { existsSync } from 'node:fs';

import { command } from './command';

/** What apt is told: ask nothing, and (by the run level) start no service that comes with a package. */
const SETTINGS = ['DEBIAN_FRONTEND=noninteractive', 'RUNLEVEL=1'];

/** How this process becomes root: not at all, or by a sudo that asks for no password. */
async function asRoot(): Promise<string[] | undefined> {
	if (process.getuid?.() === 0) return [];
	return await command('sudo', ['-n', 'true'], { cwd: '/' }).then(
		() => ['sudo', '-n'],
		() => undefined,
	);
}

/**
 * Installs packages of Debian or Ubuntu, if this process may.
 *
 * @param purpose what they are needed for, as a sentence without its end
 * @throws an Error that says what to install
 */
export async function installPackages(
	packages: string[],
	purpose: string,
	say: (line: string) => void,
): Promise<void> {
	const prefix = existsSync('/usr/bin/apt-get') ? await asRoot() : undefined;
	if (prefix === undefined) {
		throw new Error(`${purpose}. As root: apt-get install ${packages.join(' ')}`);
	}
	say(`Installing ${packages.join(', ')} …`);
	const [file, ...args] = [...prefix, 'env', ...SETTINGS, 'apt-get'];
	await command(file, [...args, 'update'], { cwd: '/' });
	const install = ['install', '-y', '--no-install-recommends', ...packages];
	await command(file, [...args, ...install], { cwd: '/' });
}
