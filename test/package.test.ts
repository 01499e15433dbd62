/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..');

interface Manifest {
	dependencies?: unknown;
	peerDependencies: Record<string, string>;
	n8n: { strict: boolean; nodes: string[]; credentials: string[] };
}

const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Manifest;

function packed(): string[] {
	const output = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
		cwd: ROOT,
		encoding: 'utf8',
		stdio: ['ignore', 'pipe', 'ignore'],
	});
	const [{ files }] = JSON.parse(output) as [{ files: Array<{ path: string }> }];
	return files.map(({ path }) => path);
}

describe('the package', () => {
	const files = packed();

	it('has no runtime dependencies and n8n-workflow as its only peer', () => {
		expect(manifest.dependencies).toBeUndefined();
		expect(manifest.peerDependencies).toEqual({ 'n8n-workflow': '*' });
		expect(manifest.n8n.strict).toBe(true);
	});

	it('ships the node, the credential, codex and both icons', () => {
		const { nodes, credentials } = manifest.n8n;
		expect(files).toEqual(
			expect.arrayContaining([
				...nodes,
				...credentials,
				'dist/nodes/FeishuApproval/FeishuApproval.node.json',
				'dist/icons/feishu.svg',
				'dist/icons/feishu.dark.svg',
			]),
		);
	});

	it.each(['README.md', 'README.zh-CN.md'])('%s shows pictures that are there', (text) => {
		const pictures = [
			...readFileSync(join(ROOT, text), 'utf8').matchAll(/!\[[^\]]+\]\(([^)]+)\)/g),
		];
		expect(pictures.length).toBeGreaterThan(0);
		expect(pictures.filter(([, path]) => !existsSync(join(ROOT, path)))).toEqual([]);
	});

	it('is found by the words that builders search for', () => {
		const codex = 'dist/nodes/FeishuApproval/FeishuApproval.node.json';
		const { alias } = JSON.parse(readFileSync(join(ROOT, codex), 'utf8')) as { alias: string[] };
		expect(alias).toEqual(
			expect.arrayContaining(['Feishu', 'Lark', 'Approval', 'CC', '飞书', '审批', '抄送']),
		);
	});

	it('ships nothing but code, codex, icons and texts', () => {
		const texts = ['CHANGELOG.md', 'LICENSE', 'README.md', 'README.zh-CN.md', 'package.json'];
		expect(files.filter((file) => !file.startsWith('dist/')).sort()).toEqual(texts);
		const shipped =
			/^dist\/((approval|credentials|feishu|nodes)\/[\w/]+(\.\w+)?\.js|nodes\/\w+\/\w+\.node\.json|icons\/[\w.]+\.svg)$/;
		expect(files.filter((file) => file.startsWith('dist/') && !shipped.test(file))).toEqual([]);
	});

	it('ships every module that its code asks for', () => {
		const missing = files
			.filter((file) => file.endsWith('.js'))
			.flatMap((file) =>
				[...readFileSync(join(ROOT, file), 'utf8').matchAll(/require\("(\.[^"]+)"\)/g)].map(
					([, path]) => join(file, '..', path),
				),
			)
			.filter((path) => !files.includes(`${path}.js`) && !files.includes(join(path, 'index.js')));
		expect(missing).toEqual([]);
		expect(existsSync(join(ROOT, manifest.n8n.nodes[0]))).toBe(true);
	});
});
