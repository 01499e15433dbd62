/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import type { IDataObject } from 'n8n-workflow';
import type { ChildProcess } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';

import { COLLEAGUE } from '../sandbox';
import { CURRENT } from './install';
import { startServices, type Services } from './services';
import { openWorld, type World } from './world';
import { feishu, workflow } from './workflows';

/** What a caller of the webhook got. */
interface Called {
	code: string;
	/** Missing: no answer. */
	status?: number;
	body?: IDataObject;
}

/** An execution in n8n's database. */
interface Stored {
	id: number;
	status: string;
	/** n8n says that its worker went away and that it gave up on it. */
	lost: boolean;
}

interface Worker {
	child: ChildProcess;
	/** The executions that it said it has started. */
	started(): number[];
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
const OVER = ['success', 'error', 'crashed', 'canceled'];
const LOST = 'This execution failed to be processed too many times and will no longer retry.';

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

let services: Services | undefined;
let world: World;
let workers: Worker[] = [];

async function startWorker(): Promise<Worker> {
	const child = await world.n8n.spawn(['worker']);
	let output = '';
	child.stdout?.on('data', (data: Buffer) => (output += data.toString()));
	child.stderr?.on('data', (data: Buffer) => (output += data.toString()));
	const deadline = Date.now() + 180_000;
	while (!output.includes('n8n worker is now ready')) {
		if (child.exitCode !== null || Date.now() > deadline)
			throw new Error(`The worker did not start:\n${output.slice(-3000)}`);
		await wait(250);
	}
	const started = () =>
		[...output.matchAll(/Worker started execution (\d+)/g)].map(([, id]) => Number(id));
	return { child, started };
}

async function call(code: string): Promise<Called> {
	try {
		const answer = await fetch(`${world.n8n.url}/webhook/copy`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ instance_code: code }),
			signal: AbortSignal.timeout(PATIENCE_MS),
		});
		return { code, status: answer.status, body: (await answer.json()) as IDataObject };
	} catch {
		return { code };
	}
}

/** Calls the webhook once for each of `count` new instances, some at a time. */
async function callAll(count: number): Promise<Called[]> {
	const { sandbox } = world;
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

/** The executions of n8n's database after the one called `last`. */
async function executionsAfter(last: number): Promise<Stored[]> {
	const sql = `select id, status, status = 'crashed' or data like '%${LOST}%' as lost
		from execution_entity left join execution_data on "executionId" = id
		where id > ${last} order by id`;
	return (await services?.query<Stored>(sql)) ?? [];
}

/** The copies that the platform carried out since its journal was emptied. */
function copies(): Made[] {
	return world.sandbox
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
	services = await startServices();
	world = await openWorld(CURRENT, 'queue', services.settings);
	world.sandbox.limits.enabled = false;
	await world.n8n.importWorkflows([LOOK_UP_AND_COPY]);
	const published = await world.n8n.run('publish:workflow', `--id=${LOOK_UP_AND_COPY.id}`);
	if (!published.succeeded) throw new Error(published.output);
	await world.credential();
	await world.n8n.start();
	workers = await Promise.all([startWorker(), startWorker()]);
}, 1_200_000);

afterAll(async () => {
	await world?.close();
	await services?.stop();
}, 120_000);

describe('n8n with two workers', () => {
	it('copies 300 approvals, 20 at a time, each once and with a token per worker at most', async () => {
		const begun = Date.now();
		const called = await callAll(300);
		report(`
300 calls, ${AT_ONCE} at a time: ${seconds(begun)} s, ${world.sandbox.tokens.exchanges()} token exchanges, executions per worker ${workers.map((worker) => worker.started().length).join(' and ')}.
`);
		expect(called.filter((one) => !right(one))).toEqual([]);
		const made = copies();
		expect(made).toHaveLength(300);
		expect(twice(made.map(({ code }) => code))).toEqual([]);
		expect(world.sandbox.tokens.exchanges()).toBeLessThanOrEqual(workers.length);
		expect(workers.map((worker) => worker.started().length)).not.toContain(0);
		const stored = await executionsAfter(0);
		expect(counts(stored.map(({ status }) => status))).toBe('300 x success');
	}, 600_000);

	it('copies nothing twice when a worker is killed, and n8n knows the fate of each copy', async () => {
		const { sandbox } = world;
		const last = Math.max(0, ...(await executionsAfter(0)).map(({ id }) => id));
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

		let stored = await executionsAfter(last);
		const deadline = Date.now() + PATIENCE_MS;
		while (stored.some(({ status }) => !OVER.includes(status)) && Date.now() < deadline) {
			await wait(1_000);
			stored = await executionsAfter(last);
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
		expect(finished.size + lost.size).toBe(100);
		expect(called.filter(right)).toHaveLength(finished.size);
	}, 900_000);
});
