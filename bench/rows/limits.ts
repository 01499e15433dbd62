/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a program for a terminal */
import { setTimeout as wait } from 'node:timers/promises';

import type { Contender, Done } from '../contenders/contender';
import { IN_ENGINE, Ours } from '../contenders/ours';
import { sdk } from '../contenders/sdk';
import { copies } from '../copies';
import { atMost, exactly, type Figure } from '../figures';
import { earliest, type Window } from '../ideal';
import { PUBLISHED } from '../pace';
import { codes, type Seen } from '../platform';
import type { Bench } from './bench';

const ANSWER_MS = 30;
const GETS = 2_000;
const CCS = 150;
/** What the other client takes of the 100 copies a minute. */
const HALF = 50;
/** Copies are few and far between: so many runs do not disturb each other. */
const AT_ONCE = 3;

interface Task {
	name: string;
	count: number;
	windows: Window[];
	/** How far apart calls are at least (ms): copies go one by one. */
	apartMs: number;
	run(contender: Contender): Promise<Done>;
}

interface Result {
	ms: number;
	failed: number;
	seen: Seen;
}

const GET: Task = {
	name: `${GETS} Gets, 1000 a minute and 50 a second`,
	count: GETS,
	windows: PUBLISHED.getInstance,
	apartMs: 0,
	run: async (contender) => await contender.get(codes(GETS)),
};
const CC: Task = {
	name: `${CCS} CCs, 100 a minute`,
	count: CCS,
	windows: PUBLISHED.ccInstance,
	apartMs: ANSWER_MS,
	run: async (contender) => await contender.cc(copies(contender.name, CCS)),
};
const SHARED: Task = { ...CC, name: `${CCS} CCs, half of the limit eaten by another client` };

/** This package in engines of their own, each with an app of its own: limits count for each app. */
async function engines({ platform }: Bench, task: Task, count: number): Promise<Ours[]> {
	return await Promise.all(
		Array.from({ length: count }, async (_, index) => {
			return await Ours.load(platform.url, `${task.name} (${index})`);
		}),
	);
}

async function resultsOf({ platform }: Bench, task: Task, contenders: Contender[]) {
	return await Promise.all(
		contenders.map(async (contender): Promise<Result> => {
			const { ms, failed } = await task.run(contender);
			return { ms, failed, seen: await platform.seen(contender.name) };
		}),
	);
}

/** A figure that counts something in each result. */
function counted(
	task: Task,
	who: string,
	results: Result[],
	[what, count]: [string, (result: Result) => number],
	target?: Figure['target'],
): Figure {
	return { what: `${task.name}: ${what}`, who, values: results.map(count), unit: 'count', target };
}

const FAILED: [string, (result: Result) => number] = ['failed items', ({ failed }) => failed];
const REFUSED: typeof FAILED = ['calls refused for the limit', ({ seen }) => seen.limited];
const COPIED: typeof FAILED = ['people copied', ({ seen }) => seen.copies];
const TWICE: typeof FAILED = ['people copied twice', ({ seen }) => seen.copiedTwice];

/** How long it took, by the time that the windows and the last answer need. */
function duration(task: Task, who: string, results: Result[]): Figure {
	const { count, windows, apartMs } = task;
	const idealMs = earliest(count, windows, apartMs)[count - 1] + ANSWER_MS;
	const values = results.map(({ ms }) => ms / idealMs);
	const note = `ideal: ${(idealMs / 1000).toFixed(1)} s`;
	return { what: `${task.name}: time / ideal`, who, values, target: atMost(1.05), note };
}

/** From the first copy to the last, by the time that the windows and the other client's calls need. */
function waiting(task: Task, who: string, results: Result[]): Figure {
	const { count, windows, apartMs } = task;
	const values = results.map(({ seen: { admitted, others } }) => {
		const [first] = admitted;
		const calls = others.map((at) => at - first);
		const neededMs = earliest(count, windows, apartMs, calls)[count - 1];
		return (admitted[admitted.length - 1] - first) / neededMs;
	});
	return { what: `${task.name}: waiting / needed`, who, values, target: atMost(1.2) };
}

/** Everybody was copied, and nobody twice. */
function notified(task: Task, who: string, results: Result[]): Figure[] {
	return [
		counted(task, who, results, COPIED, exactly(CCS)),
		counted(task, who, results, TWICE, exactly(0)),
	];
}

/** What a run alone has to show. */
function alone(task: Task, who: string, results: Result[]): Figure[] {
	return [
		duration(task, who, results),
		counted(task, who, results, FAILED, exactly(0)),
		counted(task, who, results, REFUSED, exactly(0)),
		...(task === CC ? notified(task, who, results) : []),
	];
}

/**
 * What the published limits cost. In real time: nothing is scaled, but all wait side by side. They
 * begin one after another, because a beginning is the one time when they have much to do.
 */
export async function limits(bench: Bench): Promise<Figure[]> {
	const { platform, n8n, say } = bench;
	const reading = await engines(bench, GET, 1);
	const copying = await engines(bench, CC, AT_ONCE);
	const sharing = await engines(bench, SHARED, AT_ONCE);
	const [http, inN8n] = n8n?.contenders ?? [];
	const unpaced = [sdk(platform.url), ...(http === undefined ? [] : [http])];
	const paced = inN8n === undefined ? [] : [inN8n];
	const batched = n8n === undefined ? [] : [n8n.batched];
	const everybody = [...reading, ...copying, ...sharing, ...unpaced, ...paced, ...batched];
	await platform.setUp({
		contenders: everybody.map(({ name }) => name),
		instances: GETS,
		limits: true,
		answerMs: ANSWER_MS,
	});

	const others: Figure[] = [];
	for (const task of [GET, CC]) {
		for (const contender of unpaced) {
			say(`${task.name}: ${contender.name}`);
			const results = await resultsOf(bench, task, [contender]);
			others.push(counted(task, contender.name, results, FAILED));
		}
	}

	say('this package, all at once; the longest takes more than two minutes');
	await platform.startOthers(
		sharing.map(({ name }) => name),
		HALF,
	);
	const later = async (ms: number, task: Task, contenders: Contender[]) => {
		await wait(ms);
		return await resultsOf(bench, task, contenders);
	};
	const [gets, ccs, shared, realGets, realCcs, batchedGets, batchedCcs] = await Promise.all([
		later(0, GET, reading),
		later(25_000, CC, copying),
		later(35_000, SHARED, sharing),
		later(0, GET, paced),
		later(25_000, CC, paced),
		later(0, GET, batched),
		later(25_000, CC, batched),
	]);
	for (const { name } of batched) {
		for (const [task, results] of [
			[GET, batchedGets],
			[CC, batchedCcs],
		] as const) {
			const took = duration(task, name, results);
			others.push({ ...took, target: undefined }, counted(task, name, results, FAILED));
		}
	}
	const ofOthers = (task: Task) => others.filter(({ what }) => what.startsWith(task.name));
	return [
		...alone(GET, IN_ENGINE, gets),
		...paced.flatMap(({ name }) => alone(GET, name, realGets)),
		...ofOthers(GET),
		...alone(CC, IN_ENGINE, ccs),
		...paced.flatMap(({ name }) => alone(CC, name, realCcs)),
		...ofOthers(CC),
		waiting(SHARED, IN_ENGINE, shared),
		counted(SHARED, IN_ENGINE, shared, FAILED, exactly(0)),
		...notified(SHARED, IN_ENGINE, shared),
	];
}
