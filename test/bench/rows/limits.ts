/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a program for a terminal */
import { setTimeout as wait } from 'node:timers/promises';

import type { Contender, Done } from '../contenders/contender';
import { Ours } from '../contenders/ours';
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
	run: async (contender) => await contender.get(codes(GETS)),
};
const CC: Task = {
	name: `${CCS} CCs, 100 a minute`,
	count: CCS,
	windows: PUBLISHED.ccInstance,
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

const NOTHING_LOST = exactly(0);

function failures(task: Task, who: string, results: Result[], target?: Figure['target']): Figure {
	const values = results.map(({ failed }) => failed);
	return { what: `${task.name}: failed items`, who, values, unit: 'count', target };
}

function twice(task: Task, who: string, results: Result[]): Figure {
	const values = results.map(({ seen }) => seen.copiedTwice);
	const what = `${task.name}: people copied twice`;
	return { what, who, values, unit: 'count', target: NOTHING_LOST };
}

/** How long it took, by the time that the windows and one answer need. */
function duration(task: Task, who: string, results: Result[]): Figure {
	const idealMs = earliest(task.count, task.windows).slice(-1)[0] + ANSWER_MS;
	const values = results.map(({ ms }) => ms / idealMs);
	return { what: `${task.name}: time / ideal`, who, values, target: atMost(1.05) };
}

/** From the first copy to the last, by the time that the windows and the other client's calls need. */
function waiting(task: Task, who: string, results: Result[]): Figure {
	const values = results.map(({ seen: { admitted, others } }) => {
		const [first] = admitted;
		const calls = others.map((at) => at - first);
		return (
			(admitted[admitted.length - 1] - first) /
			earliest(task.count, task.windows, calls).slice(-1)[0]
		);
	});
	return { what: `${task.name}: waiting / needed`, who, values, target: atMost(1.2) };
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
	const everybody = [...reading, ...copying, ...sharing, ...unpaced, ...paced];
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
			others.push(failures(task, contender.name, results));
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
	const [gets, ccs, shared, realGets, realCcs] = await Promise.all([
		later(0, GET, reading),
		later(25_000, CC, copying),
		later(35_000, SHARED, sharing),
		later(0, GET, paced),
		later(25_000, CC, paced),
	]);
	const who = "this package, n8n's engine";
	const real: Figure[] = paced.flatMap(({ name }) => [
		duration(GET, name, realGets),
		failures(GET, name, realGets, NOTHING_LOST),
		duration(CC, name, realCcs),
		failures(CC, name, realCcs, NOTHING_LOST),
		twice(CC, name, realCcs),
	]);
	const [forGet, forCc] = [GET, CC].map((task) =>
		[...real, ...others].filter(({ what }) => what.startsWith(task.name)),
	);
	return [
		duration(GET, who, gets),
		failures(GET, who, gets, NOTHING_LOST),
		...forGet,
		duration(CC, who, ccs),
		failures(CC, who, ccs, NOTHING_LOST),
		twice(CC, who, ccs),
		...forCc,
		waiting(SHARED, who, shared),
		failures(SHARED, who, shared, NOTHING_LOST),
		twice(SHARED, who, shared),
	];
}
