import { ExecuteContext } from 'n8n-core';
import { createRunExecutionData, Workflow, type INode } from 'n8n-workflow';

import { busyMs } from '../../engine/busyTime';
import { CREDENTIAL_ID, NODE } from '../../engine/engine';
import { credentialFor, startHarness, type Harness } from '../../engine/harness';
import { tunable } from '../../engine/tunable';
import { SAMPLE_INSTANCE } from '../../../sandbox';

const { LIMITS } = tunable();

let harness: Harness;
beforeEach(async () => {
	harness = await startHarness();
	LIMITS.getInstance = [{ calls: 1, ms: 700 }];
	harness.engine.setCredential(credentialFor(harness.sandbox), 'another');
	// A token to begin with: no exchange comes between the calls that are measured.
	await read(CREDENTIAL_ID);
	await read('another');
	harness.sandbox.journal.length = 0;
	harness.sandbox.limits.reset();
});
afterEach(async () => await harness.close());

/** Runs Get Instance once in n8n's own context, in the execution that `signal` belongs to. */
async function read(credential: string, signal?: AbortSignal): Promise<void> {
	await run({ feishuAppApi: { id: credential, name: credential } }, signal);
}

/** The same with these credentials, or with none. */
async function run(credentials: INode['credentials'], signal?: AbortSignal): Promise<void> {
	const type = harness.engine.nodeType();
	const node: INode = {
		id: 'one',
		name: 'Get',
		type: NODE,
		typeVersion: 1,
		position: [0, 0],
		parameters: { operation: 'get', instanceCode: SAMPLE_INSTANCE.instance_code },
		credentials,
	};
	const byName = () => type;
	const nodeTypes = { getByName: byName, getByNameAndVersion: byName, getKnownTypes: () => ({}) };
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	const input = [{ json: {} }];
	const context = new ExecuteContext(
		workflow,
		workflow.getNode('Get')!,
		harness.engine.additionalData(),
		'trigger',
		createRunExecutionData({}),
		0,
		input,
		{ main: [input] },
		{ node, data: { main: [input] }, source: null },
		[],
		signal,
	);
	await type.execute!.call(context);
}

/** How long (ms) after the first of two calls the second reached the platform. */
function apart(): number {
	const [first, second] = harness.sandbox.calls('get');
	return second.at - first.at;
}

it('nodes of one execution with the same credential share it', async () => {
	const { signal } = new AbortController();
	await read(CREDENTIAL_ID, signal);
	await read(CREDENTIAL_ID, signal);
	expect(apart()).toBeGreaterThanOrEqual(700);
});

it.each<[string, string, boolean]>([
	['nodes with credentials of their own', 'another', true],
	['executions of which n8n gives no signal', CREDENTIAL_ID, false],
])('%s do not', async (_which, credential, signals) => {
	const signal = signals ? new AbortController().signal : undefined;
	await read(CREDENTIAL_ID, signal);
	await read(credential, signal);
	expect(apart()).toBeLessThan(600 + busyMs());
});

it.each<[string, INode['credentials']]>([
	['no credential at all', undefined],
	['a credential of another kind', { httpBasicAuth: { id: 'basic', name: 'Basic' } }],
])('%s is what n8n complains of', async (_which, credentials) => {
	const { signal } = new AbortController();
	await expect(run(credentials, signal)).rejects.toThrow(/credentials? /i);
	expect(harness.sandbox.journal).toEqual([]);
});
