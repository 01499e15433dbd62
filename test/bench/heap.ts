/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- a program for a terminal */
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { setTimeout as wait } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Where Node says that one of its HTTP calls begins, and that an answer has come. */
const CALLING = 'http.client.request.start';
const ANSWERED = 'http.client.response.finish';
const SAMPLES = 40;
/** After a run, until what it has left behind for later is gone (ms). */
const SETTLING_MS = 1_000;

const used = () => process.memoryUsage().heapUsed;

function live(): number {
	collect();
	return used();
}

/** What a run holds in memory (bytes of the heap). */
export interface Held {
	/** What stays when it is over: the items that it gave out. */
	items: number;
	/** The most that it held above the items given out so far. */
	above: number;
}

/**
 * Does `work`, which makes `count` calls, and looks at the heap while it does; with `collecting`,
 * garbage is collected before each look. What `work` gives back is kept until the end.
 */
export async function held(
	count: number,
	collecting: boolean,
	work: () => Promise<unknown>,
): Promise<Held> {
	const look = collecting ? live : used;
	const looks: Array<{ answered: number; heap: number }> = [];
	const every = Math.ceil(count / SAMPLES);
	let answered = 0;
	const onAnswer = () => {
		answered++;
		if (answered % every === 0) looks.push({ answered, heap: look() });
	};
	// The items that go in are there when the first call begins.
	let start = 0;
	const onCall = () => {
		unsubscribe(CALLING, onCall);
		start = live();
	};

	await wait(SETTLING_MS);
	const before = live();
	subscribe(CALLING, onCall);
	subscribe(ANSWERED, onAnswer);
	const results = await work();
	unsubscribe(ANSWERED, onAnswer);
	await wait(SETTLING_MS);
	const end = live();
	if (results === undefined) throw new Error('Nothing came of it');
	if (answered < count) throw new Error(`Only ${answered} answers came`);
	const above = looks.map(
		({ answered: done, heap }) => heap - start - ((end - start) * done) / answered,
	);
	return { items: end - before, above: Math.max(...above) };
}
