/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a program for a terminal */
import { setTimeout as wait } from 'node:timers/promises';

import { inTurn } from '../contenders/contender';
import {
	ALIKE,
	OURS_BY_CONNECTION,
	OURS_BY_WEBHOOK,
	WEBHOOK_NODE,
	WHEN_ENDED,
	type Receiver,
} from '../contenders/receivers';
import { atMost, median, type Figure } from '../figures';
import type { Platform } from '../platform';
import type { Bench } from './bench';

/** How many events a round has, and how many of them are under way at once. */
const LOADS = [
	{ count: 20, atOnce: 1 },
	{ count: 50, atOnce: 50 },
];
const WARM_UP = 2;
/** After a round, until n8n has written all that it has to write (ms). */
const SETTLING_MS = 2_000;

async function pushTo(platform: Platform, { name, keys, url }: Receiver, load: (typeof LOADS)[0]) {
	const webhook = url === undefined ? undefined : { url, ...keys };
	const times = await platform.push({ contender: name, webhook, ...load });
	await wait(SETTLING_MS);
	return times;
}

/** Time from push to acknowledgement, beside n8n's own Webhook node in three ways; it verifies nothing. */
export async function events({ platform, n8n, rounds, say }: Bench): Promise<Figure[]> {
	if (n8n === undefined) return [];
	const setup = { instances: 1, limits: true };
	const everybody = n8n.receivers;
	await platform.setUp({ contenders: everybody.map(({ name }) => name), ...setup });
	await n8n.startReceiving();
	const figures: Figure[] = [];
	for (const load of LOADS) {
		const medians = new Map<string, number[]>(everybody.map(({ name }) => [name, []]));
		const worst = new Map<string, number>(everybody.map(({ name }) => [name, 0]));
		for (let round = -WARM_UP; round < rounds; round++) {
			for (const receiver of inTurn(everybody, round)) {
				const times = await pushTo(platform, receiver, load);
				if (round < 0) continue;
				medians.get(receiver.name)!.push(median(times));
				worst.set(receiver.name, Math.max(worst.get(receiver.name)!, ...times));
			}
		}
		const took = (name: string) =>
			`median ${median(medians.get(name)!).toFixed(0)} ms, worst ${worst.get(name)!.toFixed(0)} ms`;
		for (const name of medians.keys()) say(`${name}, ${load.atOnce} at once: ${took(name)}`);
		for (const other of [ALIKE, WEBHOOK_NODE, WHEN_ENDED]) {
			const least = medians.get(other)!;
			for (const who of [OURS_BY_WEBHOOK, OURS_BY_CONNECTION]) {
				figures.push({
					what: `Event, ${load.atOnce} at once: time to acknowledgement / ${other}`,
					who,
					values: medians.get(who)!.map((value, index) => value / least[index]),
					target: who === OURS_BY_WEBHOOK && other === ALIKE ? atMost(1.1) : undefined,
					note: `${took(who)}; the other: ${took(other)}`,
				});
			}
		}
	}
	return figures;
}
