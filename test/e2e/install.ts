/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-dangerous-functions */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { delimiter, join, resolve } from 'node:path';

/** Everything that belongs to a real n8n lives here; git ignores it. */
export const HOME = resolve(__dirname, '../../.real-n8n');
const ROOT = resolve(__dirname, '../..');

/** A release of n8n, and the line of Node that runs it. */
export interface Release {
	version: string;
	nodeMajor: number;
	/** Of the private package that installs n8n, where its own dependencies cannot be had. */
	overrides?: Record<string, string>;
	/** Settings without which it does not start here. */
	settings?: Record<string, string>;
}

export const CURRENT: Release = { version: '2.41.1', nodeMajor: 24 };
export const OLD: Release = {
	version: '1.123.81',
	nodeMajor: 20,
	// Its own xlsx comes from a host that not every network reaches.
	overrides: { xlsx: '0.18.5' },
	// Its other engine for expressions is a native module that has no build for Node 20.
	settings: { N8N_EXPRESSION_ENGINE: 'legacy' },
};

/** A release that is ready to run. */
export interface Installed {
	release: Release;
	/** The Node binary that runs it. */
	node: string;
	/** The file to run with it. */
	n8n: string;
}

type Say = (line: string) => void;

/** Runs a command to its end; its output is shown only if it does not succeed. */
export async function command(
	file: string,
	args: string[],
	options: { cwd: string; env?: NodeJS.ProcessEnv },
): Promise<string> {
	return await new Promise((done, fail) => {
		const child = spawn(file, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
		let output = '';
		child.stdout.on('data', (data: Buffer) => (output += data.toString()));
		child.stderr.on('data', (data: Buffer) => (output += data.toString()));
		child.on('error', fail);
		child.on('close', (code) => {
			if (code === 0) done(output);
			else fail(new Error(`${file} ${args.join(' ')} ended with ${code}\n${output.slice(-4000)}`));
		});
	});
}

async function npmInstall(folder: string, manifest: object, spec: string): Promise<void> {
	await mkdir(folder, { recursive: true });
	await writeFile(join(folder, 'package.json'), JSON.stringify({ private: true, ...manifest }));
	const args = ['install', spec, '--ignore-scripts', '--no-audit', '--no-fund'];
	await command('npm', args, { cwd: folder });
}

/** Node of the wanted line as a package: the binary and the headers that native modules need. */
async function nodeOf(major: number, say: Say): Promise<string> {
	const name = `node-${process.platform}-${process.arch}`;
	const folder = join(HOME, `node${major}`);
	const home = join(folder, 'node_modules', name);
	if (!existsSync(join(home, 'bin/node'))) {
		say(`Installing Node ${major} …`);
		await npmInstall(folder, {}, `${name}@${major}`);
	}
	return home;
}

/**
 * Installs a release of n8n if it is not there yet: some minutes the first time. A marker is
 * written last, so that an installation that was interrupted starts anew.
 */
export async function installN8n(release: Release, say: Say): Promise<Installed> {
	const { version, nodeMajor, overrides } = release;
	const nodeHome = await nodeOf(nodeMajor, say);
	const folder = join(HOME, version);
	const marker = join(folder, 'installed');
	if (!existsSync(marker)) {
		say(`Installing n8n ${version}: this takes some minutes, but only once …`);
		await npmInstall(folder, overrides ? { overrides } : {}, `n8n@${version}`);
		say('Building its database driver …');
		const env = {
			...process.env,
			PATH: `${join(nodeHome, 'bin')}${delimiter}${process.env.PATH ?? ''}`,
			npm_config_nodedir: nodeHome,
			npm_config_ignore_scripts: 'false',
		};
		await command('npm', ['rebuild', 'sqlite3'], { cwd: folder, env });
		await writeFile(marker, version);
	}
	return {
		release,
		node: join(nodeHome, 'bin/node'),
		n8n: join(folder, 'node_modules/n8n/bin/n8n'),
	};
}

/** Packs the built package as it is published, and gives back the tarball's path. */
export async function packPackage(): Promise<string> {
	const folder = join(HOME, 'packed');
	await rm(folder, { recursive: true, force: true });
	await mkdir(folder, { recursive: true });
	await command('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], { cwd: ROOT });
	const manifest = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as {
		name: string;
		version: string;
	};
	return join(folder, `${manifest.name}-${manifest.version}.tgz`);
}
