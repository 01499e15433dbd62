/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import type { IDataObject } from 'n8n-workflow';
import { setTimeout as wait } from 'node:timers/promises';

import { COLLEAGUE } from '../../sandbox';
import { openCluster, type Cluster } from './cluster';
import { leaks, saysSecret } from './secrets';
import { feishu, workflow } from './workflows';

/** What a caller of the webhook got. */
interface Called {
	code: string;
	/** Missing: no answer. */
	status?: number;
	body?: IDataObject;
}

/** A copy that the platform made. */
interface Made {
	code: string;
	execution: number;
	/** The one who asked for it still waits for the answer. */
	open: boolean;
	/** The one who asked for it went away before the answer came. */
	abandoned: boolean;
}

const AT_ONCE = 20;
/** n8n finds the jobs of a dead worker when their lock of a minute is over, on a round each 30 s. */
const PATIENCE_MS = 240_000;
/** A call may have to wait for the limit of a minute as often as there are minutes in all of them. */
const CALL_MS = 600_000;
const OVER = ['success', 'error', 'crashed', 'canceled'];
const LOOK_UP_AND_COPY = workflow('copy', [
	{
		name: 'Webhook',
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2,
		parameters: { httpMethod: 'POST', path: 'copy', responseMode: 'lastNode', options: {} },
		webhookId: 'copy',
	},
	feishu('Get', { instanceCode: '={{ $json.body.instance_code }}' }),
	feishu('CC', {
		operation: 'cc',
		ccUserIds: COLLEAGUE.open_id,
		// So that the platform's journal tells which execution made a copy.
		options: { comment: '={{ $execution.id }}' },
	}),
]);

let cluster: Cluster;

async function call(code: string): Promise<Called> {
	try {
		const answer = await fetch(`${cluster.n8n.url}/webhook/copy`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ instance_code: code }),
			signal: AbortSignal.timeout(CALL_MS),
		});
		return { code, status: answer.status, body: (await answer.json()) as IDataObject };
	} catch {
		return { code };
	}
}

/** Calls the webhook once for each of `count` new instances, some at a time. */
async function callAll(count: number): Promise<Called[]> {
	const { sandbox } = cluster;
	const codes = Array.from(
		{ length: count },
		() => sandbox.addInstance({ timeline: [] }).instance_code,
	);
	const results: Called[] = [];
	const caller = async () => {
		for (let code = codes.pop(); code !== undefined; code = codes.pop())
			results.push(await call(code));
	};
	await Promise.all(Array.from({ length: AT_ONCE }, caller));
	return results;
}

/** The copies that the platform carried out since its journal was emptied. */
function copies(): Made[] {
	return cluster.sandbox
		.calls('cc')
		.filter(({ copied }) => copied.length > 0)
		.map(({ body, status, aborted }) => {
			const { instance_code, comment } = body as { instance_code: string; comment: string };
			const open = status === undefined && !aborted;
			return { code: instance_code, execution: Number(comment), open, abandoned: aborted };
		});
}

function twice<T>(values: T[]): T[] {
	return values.filter((value, index) => values.indexOf(value) !== index);
}

function counts(values: string[]): string {
	const result: Record<string, number> = {};
	for (const value of values) result[value] = (result[value] ?? 0) + 1;
	return Object.entries(result)
		.map(([value, count]) => `${count} x ${value}`)
		.join('; ');
}

function answerOf({ status, body }: Called): string {
	if (status === undefined) return 'none';
	return status === 200 ? '200' : `${status} (${String(body?.message)})`;
}

const seconds = (since: number) => ((Date.now() - since) / 1000).toFixed(0);
const report = (text: string) => process.stderr.write(text);

const right = ({ code, status, body }: Called) =>
	status === 200 && body?.success === true && body.instance_code === code;

beforeAll(async () => {
	cluster = await openCluster(2, [LOOK_UP_AND_COPY]);
}, 1_200_000);

afterAll(async () => await cluster?.close(), 120_000);

describe('n8n with two workers', () => {
	// Under the real limits: no execution knows of the others, so that many are refused and wait.
	it('copies 300 approvals, 20 at a time, each once and with a token per worker at most', async () => {
		const { sandbox, workers } = cluster;
		const begun = Date.now();
		const called = await callAll(300);
		report(`
300 calls, ${AT_ONCE} at a time: ${seconds(begun)} s, ${sandbox.tokens.exchanges()} token exchanges, executions per worker ${workers.map((worker) => worker.started().length).join(' and ')}, ${sandbox.calls('cc').filter(({ code }) => code === 99991400).length} calls refused for the limit.
`);
		expect(called.filter((one) => !right(one))).toEqual([]);
		expect(sandbox.calls('cc').some(({ code }) => code === 99991400)).toBe(true);
		const made = copies();
		expect(made).toHaveLength(300);
		expect(twice(made.map(({ code }) => code))).toEqual([]);
		expect(sandbox.tokens.exchanges()).toBeLessThanOrEqual(workers.length);
		expect(workers.map((worker) => worker.started().length)).not.toContain(0);
		const stored = await cluster.executionsAfter(0);
		expect(counts(stored.map(({ status }) => status))).toBe('300 x success');
	}, 900_000);

	it('copies nothing twice when a worker is killed, and n8n knows the fate of each copy', async () => {
		const { sandbox, workers } = cluster;
		// Here it is the death of a worker that holds executions up, and nothing else.
		sandbox.limits.enabled = false;
		const last = Math.max(0, ...(await cluster.executionsAfter(0)).map(({ id }) => id));
		sandbox.journal.length = 0;
		// The copy is made at once and its answer takes its time: a worker that dies leaves some open.
		sandbox.faults.add({
			on: 'cc',
			times: Infinity,
			fault: { kind: 'slow', ms: 800, after: true },
		});
		const begun = Date.now();
		const [victim] = workers;
		const midway = () => {
			const made = copies();
			const mine = new Set(victim.started());
			return (
				made.length >= 40 && made.filter((one) => one.open && mine.has(one.execution)).length > 2
			);
		};
		const calling = callAll(100);
		while (!midway() && Date.now() - begun < 60_000) await wait(20);
		victim.child.kill('SIGKILL');
		const before = copies().length;
		const called = await calling;

		let stored = await cluster.executionsAfter(last);
		const deadline = Date.now() + PATIENCE_MS;
		while (stored.some(({ status }) => !OVER.includes(status)) && Date.now() < deadline) {
			await wait(1_000);
			stored = await cluster.executionsAfter(last);
		}
		const made = copies();
		const begunTwice = twice(workers.flatMap((worker) => worker.started()));
		const finished = new Set(stored.filter((one) => one.status === 'success').map(({ id }) => id));
		const lost = new Set(stored.filter((one) => one.lost).map(({ id }) => id));
		const abandoned = made.filter((one) => one.abandoned);
		report(`
A worker was killed when ${before} of 100 copies had been made. All was over ${seconds(begun)} s after the first call.
  Answers to the callers       ${counts(called.map(answerOf))}
  Executions in n8n            ${counts(stored.map(({ status, lost }) => `${status}${lost ? ', given up' : ''}`))}
  Copies made                  ${made.length}, in executions that finished: ${made.filter((one) => finished.has(one.execution)).length}, that n8n gave up: ${made.filter((one) => lost.has(one.execution)).length}
  Copies whose asker was dead  ${abandoned.length}
  Executions begun twice       ${begunTwice.length}
`);
		expect(victim.child.signalCode).toBe('SIGKILL');
		expect(abandoned.length).toBeGreaterThan(0);
		expect(twice(made.map(({ code }) => code))).toEqual([]);
		expect(begunTwice).toEqual([]);
		expect(made.filter(({ execution: id }) => !finished.has(id) && !lost.has(id))).toEqual([]);
		expect(abandoned.filter(({ execution }) => !lost.has(execution))).toEqual([]);
		expect(stored).toHaveLength(100);
		// "crashed" is a word that n8n keeps for a main process that died.
		expect([...new Set(stored.filter((one) => one.lost).map(({ status }) => status))]).toEqual([
			'error',
		]);
		expect(finished.size + lost.size).toBe(100);
		expect(called.filter((one) => one.status === 200 && !right(one))).toEqual([]);
		expect(called.filter(right).length).toBeLessThanOrEqual(finished.size);
	}, 900_000);

	it('leaves no secret and no token in the database, in logs and in files', async () => {
		const tables = await cluster.database();
		expect(tables.filter((table) => table.includes(COLLEAGUE.open_id)).length).toBeGreaterThan(0);
		expect(tables.filter(saysSecret)).toEqual([]);
		expect(cluster.n8n.log).toContain('Worker started execution');
		expect(await leaks(cluster)).toBe(0);
	});
});
