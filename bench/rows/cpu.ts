/* eslint-disable @n8n/community-nodes/no-restricted-globals -- a program for a terminal */
import { inTurn, type Contender } from '../contenders/contender';
import { floor } from '../contenders/floor';
import { Ours } from '../contenders/ours';
import { sdk } from '../contenders/sdk';
import { median, type Figure } from '../figures';
import { unpaced } from '../pace';
import { codes, type Platform } from '../platform';
import { profiled } from '../profile';
import type { Bench } from './bench';

const ITEMS = 1_000;
const WARM_UP = 2;
const CAUSES_NAMED = 3;

/** CPU (ms) that this process takes for reading all items. */
async function cpuOf(contender: Contender): Promise<number> {
	const before = process.cpuUsage();
	const { failed } = await contender.get(codes(ITEMS));
	const { user, system } = process.cpuUsage(before);
	if (failed > 0) throw new Error(`${contender.name} could not read ${failed} of ${ITEMS}`);
	return (user + system) / 1000;
}

/** Get without limits: the CPU that it takes above the calls alone, and what for. */
export async function cpu(bench: Bench): Promise<Figure[]> {
	return await unpaced(async () => await measured(bench));
}

async function measured({ platform, rounds }: Bench): Promise<Figure[]> {
	const least = floor(platform.url);
	const ours = await Ours.load(platform.url);
	const contenders = [ours, sdk(platform.url)];
	const everybody = [least, ...contenders];
	const names = everybody.map(({ name }) => name);
	await platform.setUp({ contenders: names, instances: ITEMS, limits: false });

	const above = new Map<string, number[]>(contenders.map(({ name }) => [name, []]));
	for (let round = -WARM_UP; round < rounds; round++) {
		const times = new Map<string, number>();
		for (const contender of inTurn(everybody, round)) {
			times.set(contender.name, await cpuOf(contender));
		}
		if (round < 0) continue;
		const leastMs = times.get(least.name)!;
		for (const [name, values] of above) values.push(times.get(name)! / leastMs - 1);
	}
	const figures: Figure[] = contenders.map(({ name }) => ({
		what: `CPU per item above the floor, ${ITEMS} items: part of the floor's own`,
		who: name,
		values: above.get(name) ?? [],
	}));
	const connections = [
		await connectionsOf(platform, least, names),
		await connectionsOf(platform, ours, names),
	];
	return [...figures, ...connections, ...(await causes(least, ours, rounds))];
}

/** On how many connections the calls come, which n8n's own HTTP client decides. */
async function connectionsOf(
	platform: Platform,
	contender: Contender,
	contenders: string[],
): Promise<Figure> {
	await platform.setUp({ contenders, instances: ITEMS, limits: false });
	await contender.get(codes(ITEMS));
	const { connections } = await platform.seen(contender.name);
	return {
		what: `Connections for ${ITEMS} calls`,
		who: contender.name,
		values: [connections],
		unit: 'count',
	};
}

/** What the CPU above the floor is taken for, as parts of it, the largest ones. */
async function causes(least: Contender, ours: Contender, rounds: number): Promise<Figure[]> {
	const parts = new Map<string, number[]>();
	for (let round = 0; round < rounds; round++) {
		const lower = await profiled(async () => await least.get(codes(ITEMS)));
		const upper = await profiled(async () => await ours.get(codes(ITEMS)));
		const more = [...new Set([...upper.keys(), ...lower.keys()])].map(
			(cause) => [cause, (upper.get(cause) ?? 0) - (lower.get(cause) ?? 0)] as const,
		);
		const all = more.reduce((sum, [, ms]) => sum + ms, 0);
		for (const [cause, ms] of more) {
			parts.set(cause, [...(parts.get(cause) ?? []), ms / all]);
		}
	}
	const ranked = [...parts].sort(([, one], [, other]) => median(other) - median(one));
	return ranked
		.filter(([cause], index) => index < CAUSES_NAMED || cause.includes('(ours)'))
		.map(([cause, values]) => ({
			what: 'CPU above the floor: what for',
			who: cause,
			values,
			unit: 'percent',
		}));
}
