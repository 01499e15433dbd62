/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- a program for a terminal */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

import { command } from '../../test/e2e/command';
import { HOME } from '../../test/e2e/install';
import type { Figure } from '../figures';
import type { Bench } from './bench';

const ROOT = resolve(__dirname, '../..');
const NODE = resolve(ROOT, 'dist/nodes/FeishuApproval/FeishuApproval.node.js');
const N8N = resolve(HOME, '2.41.1/node_modules');
const HTTP_REQUEST = resolve(N8N, 'n8n-nodes-base/dist/nodes/HttpRequest/HttpRequest.node.js');

interface Packed {
	size: number;
	unpackedSize: number;
	entryCount: number;
}

/** How long a new process takes (ms) to load `n8n-workflow`, and a node after it. */
async function loading(node: string): Promise<{ workflow: number; node: number }> {
	const script = `
		const load = (what) => { const begun = performance.now(); require(what); return performance.now() - begun; };
		const { createRequire } = require('node:module');
		const own = createRequire(${JSON.stringify(node)});
		const begun = performance.now();
		own('n8n-workflow');
		const workflow = performance.now() - begun;
		console.log(JSON.stringify({ workflow, node: load(${JSON.stringify(node)}) }));`;
	return JSON.parse(await command(process.execPath, ['-e', script], { cwd: ROOT }));
}

/** What installing and starting the package costs. */
export async function size({ rounds }: Bench): Promise<Figure[]> {
	const args = ['pack', '--ignore-scripts', '--dry-run', '--json'];
	const [packed] = JSON.parse(await command('npm', args, { cwd: ROOT })) as Packed[];
	const byWorkflow: number[] = [];
	const byHttp: number[] = [];
	for (let round = 0; round < rounds; round++) {
		const ours = await loading(NODE);
		byWorkflow.push(ours.node / ours.workflow);
		if (existsSync(HTTP_REQUEST)) byHttp.push(ours.node / (await loading(HTTP_REQUEST)).node);
	}
	const who = 'this package';
	const figures: Figure[] = [
		{ what: 'Tarball', who, values: [packed.size], unit: 'bytes' },
		{ what: 'Unpacked', who, values: [packed.unpackedSize], unit: 'bytes' },
		{ what: 'Files in it', who, values: [packed.entryCount], unit: 'count' },
		{ what: 'Time to load the node / n8n-workflow', who, values: byWorkflow },
	];
	if (byHttp.length === 0) return figures;
	const what = "Time to load the node / n8n's HTTP Request node";
	return [...figures, { what, who, values: byHttp }];
}
