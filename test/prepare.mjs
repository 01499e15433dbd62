// Makes a fresh clone ready: installs from the lockfile and builds, each only if something has
// changed since the last time.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');

const INSTALL_INPUTS = ['package-lock.json', '.npmrc'];
const BUILD_INPUTS = [
	'credentials',
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

function onceFor(inputs, stamp, made, task) {
	const wanted = fingerprint(inputs);
	const file = join(ROOT, stamp);
	const done = existsSync(file) && readFileSync(file, 'utf8') === wanted;
	if (done && existsSync(join(ROOT, made))) return;
	task();
	writeFileSync(file, wanted);
}

onceFor(INSTALL_INPUTS, 'node_modules/.feishu-approval-installed', 'node_modules/n8n-core', () =>
	npm('ci', '--no-audit', '--no-fund'),
);
onceFor(BUILD_INPUTS, 'node_modules/.feishu-approval-built', 'dist/nodes', () =>
	npm('run', 'build'),
);
