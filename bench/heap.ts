/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- a program for a terminal */
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { setTimeout as wait } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Where Node says that an answer has come. */
const ANSWERED = 'http.client.response.finish';
const SAMPLES = 40;
/** After a run, until what it has left for later is gone (ms). */
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
	/** The most that it held above the items that went in and those given out so far. */
	above: number;
}

/** How often the memory of the whole process is looked at (ms). */
const LOOK_MS = 20;

/** The most memory (bytes of the process, buffers included) that `work` takes above what is idle. */
export async function peak(work: () => Promise<void>): Promise<number> {
	await wait(SETTLING_MS);
	collect();
	const idle = process.memoryUsage.rss();
	let most = idle;
	const timer = setInterval(() => {
		most = Math.max(most, process.memoryUsage.rss());
	}, LOOK_MS);
	try {
		await work();
	} finally {
		clearInterval(timer);
	}
	return most - idle;
}

/**
 * Does `work`, which makes `count` calls, and looks at the heap while it does; with `collecting`,
 * garbage is collected before each look. `work` says when its items are there and nothing was done
 * with them yet; what it gives back is kept until the end.
 */
export async function held(
	count: number,
	collecting: boolean,
	work: (begun: () => void) => Promise<unknown>,
): Promise<Held> {
	const look = collecting ? live : used;
	const looks: Array<{ answered: number; heap: number }> = [];
	const every = Math.ceil(count / SAMPLES);
	let answered = 0;
	const onAnswer = () => {
		answered++;
		if (answered % every === 0) looks.push({ answered, heap: look() });
	};
	let start = 0;

	await wait(SETTLING_MS);
	const before = live();
	subscribe(ANSWERED, onAnswer);
	const results = await work(() => {
		start = live();
	});
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
