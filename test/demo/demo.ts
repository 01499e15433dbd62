/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, no-console */
import type { IConnections, IDataObject, INode } from 'n8n-workflow';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect, isDeepStrictEqual } from 'node:util';

import { toPlainText as plain } from '../../feishu/errors/html';
import { Engine, type Outcome } from '../engine/engine';
import { credentialFor } from '../engine/harness';
import { COLLEAGUE, EXPENSE_INSTANCE, startSandbox, type Sandbox } from '../../sandbox';

interface WorkflowFile {
	nodes: INode[];
	connections: IConnections;
}

const INSTANCE_CODE = String(EXPENSE_INSTANCE.instance_code);
const EXAMPLE = join(__dirname, '../../examples/get-then-cc.json');

/** The example as a builder fills it in; without recipients it ends after Get Instance. */
function exampleWith(instanceCode: string, ccUserIds: string): WorkflowFile {
	const { nodes, connections } = JSON.parse(readFileSync(EXAMPLE, 'utf8')) as WorkflowFile;
	const kept = nodes
		.filter(({ type }) => !type.endsWith('.stickyNote'))
		.filter(({ parameters }) => ccUserIds !== '' || parameters.operation !== 'cc');
	for (const { parameters } of kept) {
		if (parameters.operation === 'cc') parameters.ccUserIds = ccUserIds;
		else if ('instanceCode' in parameters) parameters.instanceCode = instanceCode;
	}
	const names = new Set(kept.map(({ name }) => name));
	for (const { main = [] } of Object.values(connections)) {
		for (const output of main) {
			output?.splice(0, Infinity, ...output.filter(({ node }) => names.has(node)));
		}
	}
	return { nodes: kept, connections };
}

function show(title: string, data: IDataObject | undefined): void {
	console.log(`\n${title}\n${inspect(data, { depth: 4, compact: 4, breakLength: 100 })}`);
}

function report(outcome: Outcome, nodes: INode[]): boolean {
	for (const { name } of nodes.slice(1)) {
		const [item] = outcome.json(name);
		if (item !== undefined) show(`What "${name}" gave out:`, item);
	}
	if (outcome.error === undefined) return true;
	const { message, description } = outcome.error;
	console.error(`\n${message}\n${plain(description ?? '')}`);
	return false;
}

const IN_WORDS: Record<string, string> = {
	exchange: 'App ID and App Secret exchanged for a token',
	get: 'Get Instance: the approval was read',
	cc: 'CC Instance: the approval was copied',
};

/** What Feishu has to be asked for the example: everything, and nothing else. */
const COPY = {
	approval_code: EXPENSE_INSTANCE.approval_code,
	instance_code: INSTANCE_CODE,
	user_id: EXPENSE_INSTANCE.open_id,
	cc_user_ids: [COLLEAGUE.open_id],
};

function sawWhatItShould({ journal, tokens }: Sandbox): boolean {
	console.log('\nWhat the platform was asked:');
	for (const { endpoint = '', method, path, rawQuery, body, status, code } of journal) {
		const query = rawQuery === '' ? '' : `?${rawQuery}`;
		console.log(`  ${IN_WORDS[endpoint] ?? 'Something else'}`);
		console.log(`    ${method} ${path}${query} -> HTTP ${status}, code ${code}`);
		if (endpoint === 'cc') console.log(`    ${JSON.stringify(body)}`);
	}
	console.log(`Tokens exchanged: ${tokens.exchanges()}`);
	const [, get, cc] = journal;
	return (
		journal.map(({ endpoint }) => endpoint).join() === 'exchange,get,cc' &&
		journal.every(({ status, code }) => status === 200 && code === 0) &&
		get.path.endsWith(`/${INSTANCE_CODE}`) &&
		get.rawQuery === '' &&
		cc.rawQuery === 'user_id_type=open_id' &&
		isDeepStrictEqual(cc.body, COPY) &&
		cc.copied.join() === COLLEAGUE.open_id
	);
}

async function againstSandbox(engine: Engine): Promise<boolean> {
	const sandbox = await startSandbox();
	try {
		console.log(`A local Feishu platform is running at ${sandbox.url}.`);
		console.log("n8n's engine runs examples/get-then-cc.json with the built package.");
		engine.setCredential(credentialFor(sandbox));
		const { nodes, connections } = exampleWith(INSTANCE_CODE, COLLEAGUE.open_id);
		const outcome = await engine.startWorkflow(nodes, connections).outcome;
		const succeeded = report(outcome, nodes);
		const right = sawWhatItShould(sandbox) && succeeded;
		console.log(
			right
				? '\nOne token, one reading, one copy to one person: as it should be.'
				: '\nThis is not what the platform should have seen.',
		);
		return right;
	} finally {
		await sandbox.close();
	}
}

async function againstFeishu(engine: Engine, appId: string): Promise<boolean> {
	const {
		FEISHU_APP_SECRET: appSecret = '',
		FEISHU_INSTANCE_CODE: instanceCode = '',
		FEISHU_CC_USER_IDS: ccUserIds = '',
	} = process.env;
	const baseUrl = process.env.FEISHU_BASE_URL || 'https://open.feishu.cn';
	if (appSecret === '' || instanceCode === '') {
		console.error('FEISHU_APP_ID needs FEISHU_APP_SECRET and FEISHU_INSTANCE_CODE beside it.');
		return false;
	}
	console.log(`Reading instance ${instanceCode} from ${baseUrl}.`);
	console.log(
		ccUserIds === ''
			? 'Nobody is copied: FEISHU_CC_USER_IDS is not set.'
			: `Copying it to ${ccUserIds}; they will be notified.`,
	);
	engine.setCredential({
		...{ platform: 'custom', baseUrl, appId, appSecret },
		...{ tenantAccessToken: '', accessExpiresAt: 0, accessOwner: '' },
	});
	const { nodes, connections } = exampleWith(instanceCode, ccUserIds);
	const outcome = await engine.startWorkflow(nodes, connections).outcome;
	console.log(`Tokens exchanged: ${engine.credentials.saves}`);
	return report(outcome, nodes);
}

async function main(): Promise<void> {
	const engine = await Engine.load();
	const appId = process.env.FEISHU_APP_ID ?? '';
	const right = appId === '' ? await againstSandbox(engine) : await againstFeishu(engine, appId);
	process.exitCode = right ? 0 : 1;
}

void main();
