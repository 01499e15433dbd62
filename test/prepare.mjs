// Makes a fresh clone ready: installs from the lockfile and builds, each only if something has
// changed since the last time.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');

/** What npm writes last, of everything that it has installed. */
const INSTALLED = 'node_modules/.package-lock.json';
const BUILT = 'node_modules/.feishu-approval-built';
const BUILD_INPUTS = [
	'approval',
	'credentials',
	'feishu',
	'nodes',
	'icons',
	'package.json',
	'package-lock.json',
	'tsconfig.json',
	'gulpfile.js',
];

function filesIn(path) {
	if (!statSync(path).isDirectory()) return [path];
	return readdirSync(path)
		.sort()
		.flatMap((name) => filesIn(join(path, name)));
}

function fingerprint(inputs) {
	const hash = createHash('sha256');
	for (const file of inputs.flatMap((input) => filesIn(join(ROOT, input)))) {
		hash.update(file.slice(ROOT.length)).update('\0').update(readFileSync(file)).update('\0');
	}
	return hash.digest('hex');
}

function npm(...args) {
	console.log(`> npm ${args.join(' ')}`);
	const { status } = spawnSync('npm', args, {
		cwd: ROOT,
		stdio: 'inherit',
		shell: process.platform === 'win32',
	});
	if (status !== 0) process.exit(status ?? 1);
}

function packagesIn(lockfile) {
	const file = join(ROOT, lockfile);
	return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages : {};
}

/** Whether what is installed is what the lockfile names; packages for other platforms may be absent. */
function isInstalled() {
	const installed = packagesIn(INSTALLED);
	const { '': _self, ...locked } = packagesIn('package-lock.json');
	return Object.entries(locked).every(([place, { version, integrity, optional }]) => {
		const found = installed[place];
		if (found === undefined) return optional === true;
		return found.version === version && found.integrity === integrity;
	});
}

function isBuilt(wanted) {
	const stamp = join(ROOT, BUILT);
	return (
		existsSync(join(ROOT, 'dist/nodes')) &&
		existsSync(stamp) &&
		readFileSync(stamp, 'utf8') === wanted
	);
}

if (!isInstalled()) npm('ci', '--no-audit', '--no-fund');
const wanted = fingerprint(BUILD_INPUTS);
if (!isBuilt(wanted)) {
	// First of all, so that a build that ends in the middle does not pass for the last one.
	rmSync(join(ROOT, BUILT), { force: true });
	npm('run', 'build');
	writeFileSync(join(ROOT, BUILT), wanted);
}
