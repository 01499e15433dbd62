/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a program for a terminal */
import type { Profiler } from 'node:inspector';
import { Session } from 'node:inspector/promises';

const INTERVAL_US = 250;

/** Where time goes, told by the innermost function of a stack that one of these knows. */
const CAUSES: Array<[cause: string, knows: RegExp]> = [
	['reading the form (ours)', /\/dist\/approval\//],
	['reading the answer (ours)', /\/dist\/feishu\/(answer|codes)/],
	['sending, pacing and the rest (ours)', /\/dist\/(nodes|credentials|feishu)\//],
	['evaluating expressions (n8n)', /\/n8n-workflow\/.*(expression|data-proxy|extension|augment)/],
	['evaluating expressions (n8n)', /\/(@n8n\/tournament|luxon)\/|\.js _?getNodeParameter$/],
	['reading the credential (n8n)', /[cC]redentialStore|n8n-core\/.* _?getCredentials/],
	['opening a connection for every call (n8n)', /^node:(net|dns|internal\/dns|internal\/net)/],
	['opening a connection for every call (n8n)', /^node:_http_agent (createSocket|Agent\b)/],
	['preparing the request (n8n)', /\/(@n8n\/backend-network|n8n-core|proxy-from-env)\//],
	['HTTP client', /\/(axios|follow-redirects|form-data)\/|^node:(_http|http|url|internal\/url)/],
];
const OTHER = 'the rest of Node';
const COLLECTING = 'collecting garbage';
const NOT_WORK = ['(idle)', '(program)', '(root)'];

type Node = Profiler.ProfileNode;

/** Time (ms) by cause. */
export type Times = Map<string, number>;

/** Does `work` under the CPU profiler of Node. */
export async function profiled(work: () => Promise<unknown>): Promise<Times> {
	const session = new Session();
	session.connect();
	try {
		await session.post('Profiler.enable');
		await session.post('Profiler.setSamplingInterval', { interval: INTERVAL_US });
		await session.post('Profiler.start');
		await work();
		const { profile } = await session.post('Profiler.stop');
		return timesOf(profile);
	} finally {
		session.disconnect();
	}
}

function timesOf({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile): Times {
	const byId = new Map(nodes.map((node) => [node.id, node]));
	const parents = new Map<number, Node>();
	for (const node of nodes) {
		for (const child of node.children ?? []) parents.set(child, node);
	}
	const times: Times = new Map();
	samples.forEach((id, index) => {
		const cause = causeOf(byId.get(id), parents);
		if (cause === undefined) return;
		times.set(cause, (times.get(cause) ?? 0) + timeDeltas[index] / 1000);
	});
	return times;
}

function causeOf(leaf: Node | undefined, parents: Map<number, Node>): string | undefined {
	const name = leaf?.callFrame.functionName ?? '';
	if (NOT_WORK.includes(name)) return undefined;
	if (name === '(garbage collector)') return COLLECTING;
	for (let node = leaf; node !== undefined; node = parents.get(node.id)) {
		const { url, functionName } = node.callFrame;
		// What the profiler itself takes.
		if (url === 'node:inspector') return undefined;
		const known = CAUSES.find(([, knows]) => knows.test(`${url} ${functionName}`));
		if (known !== undefined) return known[0];
	}
	return OTHER;
}
