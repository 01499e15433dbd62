/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { delimiter, join, resolve } from 'node:path';

import { command } from './command';
import { installPackages } from './debian';

/** Everything that belongs to a real n8n lives here; git ignores it. */
export const HOME = resolve(__dirname, '../../.real-n8n');
const ROOT = resolve(__dirname, '../..');
const SIGN_OF_LIFE_MS = 15_000;

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

/** The releases that tests go through: both, or those that N8N_VERSIONS names. */
export const RELEASES = [CURRENT, OLD].filter(
	({ version }) => process.env.N8N_VERSIONS?.split(',').includes(version) ?? true,
);

/** A release that is ready to run. */
export interface Installed {
	release: Release;
	/** The Node binary that runs it. */
	node: string;
	/** The file to run with it. */
	n8n: string;
}

type Say = (line: string) => void;

/** Every so often there is a word, so that silence is not taken for a standstill. */
async function patiently<T>(what: string, say: Say, work: Promise<T>): Promise<T> {
	const begun = Date.now();
	const sign = setInterval(() => {
		say(`${what}: ${((Date.now() - begun) / 1000).toFixed(0)} s, still at it …`);
	}, SIGN_OF_LIFE_MS);
	try {
		return await work;
	} finally {
		clearInterval(sign);
	}
}

/**
 * Fills a folder once. A marker that says with `what` is written last, so that what was interrupted
 * starts anew, from an empty folder, and so does what was to be filled otherwise.
 */
async function once(folder: string, what: object, fill: () => Promise<void>): Promise<void> {
	const marker = join(folder, 'installed');
	const wanted = JSON.stringify(what);
	if (existsSync(marker) && (await readFile(marker, 'utf8')) === wanted) return;
	await rm(folder, { recursive: true, force: true });
	await mkdir(folder, { recursive: true });
	await fill();
	await writeFile(marker, wanted);
}

async function npmInstall(folder: string, manifest: object, spec: string): Promise<void> {
	await writeFile(join(folder, 'package.json'), JSON.stringify({ private: true, ...manifest }));
	const args = ['install', spec, '--ignore-scripts', '--no-audit', '--no-fund'];
	await command('npm', args, { cwd: folder });
}

/** Node of the wanted line as a package: the binary and the headers that native modules need. */
async function nodeOf(major: number, say: Say): Promise<string> {
	const name = `node-${process.platform}-${process.arch}`;
	const folder = join(HOME, `node${major}`);
	await once(folder, { name, major }, async () => {
		say(`Installing Node ${major} …`);
		await patiently(`Node ${major}`, say, npmInstall(folder, {}, `${name}@${major}`));
	});
	return join(folder, 'node_modules', name);
}

/** n8n's database driver is compiled on the machine that runs it. */
async function installCompilers(say: Say): Promise<void> {
	const programs = (process.env.PATH ?? '').split(delimiter);
	const missing = ['g++', 'make', 'python3'].filter((name) =>
		programs.every((folder) => !existsSync(join(folder, name))),
	);
	if (missing.length === 0) return;
	await installPackages(missing, 'A compiler is needed to install n8n', say);
}

/** Installs a release of n8n if it is not there yet: some minutes the first time. */
export async function installN8n(release: Release, say: Say): Promise<Installed> {
	const { version, nodeMajor, overrides } = release;
	const nodeHome = await nodeOf(nodeMajor, say);
	const folder = join(HOME, version);
	await once(folder, { version, nodeMajor, overrides }, async () => {
		await installCompilers(say);
		say(`Installing n8n ${version}: five minutes or so, some gigabytes, and only once …`);
		const manifest = overrides ? { overrides } : {};
		await patiently(`n8n ${version}`, say, npmInstall(folder, manifest, `n8n@${version}`));
		say('Compiling its database driver: a minute or two …');
		const env = {
			...process.env,
			PATH: `${join(nodeHome, 'bin')}${delimiter}${process.env.PATH ?? ''}`,
			npm_config_nodedir: nodeHome,
			npm_config_ignore_scripts: 'false',
		};
		const rebuild = command('npm', ['rebuild', 'sqlite3'], { cwd: folder, env });
		await patiently('The database driver', say, rebuild);
	});
	return {
		release,
		node: join(nodeHome, 'bin/node'),
		n8n: join(folder, 'node_modules/n8n/bin/n8n'),
	};
}

/** Packs the built package into `folder` as it is published, and gives back the tarball's path. */
export async function packPackage(folder: string): Promise<string> {
	await command('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], { cwd: ROOT });
	const manifest = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as {
		name: string;
		version: string;
	};
	return join(folder, `${manifest.name}-${manifest.version}.tgz`);
}
