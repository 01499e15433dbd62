// What is published is this and nothing else: no test, no picture, no source, and nothing missing.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const TEXTS = ['CHANGELOG.md', 'LICENSE', 'README.md', 'README.zh-CN.md', 'package.json'];
const SHIPPED = [
	/^dist\/(approval|credentials|feishu|nodes)\/[\w/]+(\.(credentials|node|operation))?\.js$/,
	/^dist\/nodes\/\w+\/\w+\.node\.json$/,
	/^dist\/icons\/[\w.]+\.svg$/,
];

const folder = mkdtempSync(join(tmpdir(), 'packed-'));
try {
	const npm = ['pack', '--ignore-scripts', '--json', '--pack-destination', folder];
	const [{ filename }] = JSON.parse(execFileSync('npm', npm, { encoding: 'utf8' }));
	const files = execFileSync('tar', ['-tzf', join(folder, filename)], { encoding: 'utf8' })
		.trim()
		.split('\n')
		.map((path) => path.replace(/^package\//, ''));
	console.log(files.sort().join('\n'));

	const { nodes, credentials } = JSON.parse(readFileSync('package.json', 'utf8')).n8n;
	const codex = nodes.map((path) => path.replace(/\.js$/, '.json'));
	const icons = ['dist/icons/feishu.svg', 'dist/icons/feishu.dark.svg'];
	const wanted = [...TEXTS, ...nodes, ...credentials, ...codex, ...icons];
	const missing = wanted.filter((path) => !files.includes(path));
	const strange = files.filter(
		(path) => !TEXTS.includes(path) && !SHIPPED.some((shipped) => shipped.test(path)),
	);
	for (const path of missing) console.error(`missing: ${path}`);
	for (const path of strange) console.error(`does not belong there: ${path}`);
	if (missing.length + strange.length > 0) process.exitCode = 1;
	else console.log(`${files.length} files, as it should be`);
} finally {
	rmSync(folder, { recursive: true, force: true });
}
