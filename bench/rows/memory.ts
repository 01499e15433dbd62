/* eslint-disable @n8n/community-nodes/no-restricted-globals -- a program for a terminal */
import { IN_ENGINE, Ours } from '../contenders/ours';
import { atMost, type Figure } from '../figures';
import { held } from '../heap';
import { unpaced } from '../pace';
import { codes } from '../platform';
import type { Bench } from './bench';

const FEW = 100;
const SOME = 2_500;
const MANY = 10_000;
const CONCURRENCY = 10;
/** How many short runs stand for one: the shorter, the more chance is in them. */
const REPEATED = 20;
/** The long runs take their time. */
const ROUNDS = 3;

/** Memory above the items that are given out, and growth of time, up to many items. */
export async function memory({ platform }: Bench): Promise<Figure[]> {
	const ours = await Ours.load(platform.url, 'memory');
	await platform.setUp({ contenders: [ours.name], instances: MANY, limits: false });
	let begun = () => {};
	ours.onBegin(() => begun());
	const read: Read = async (count, concurrency = CONCURRENCY, onBegin = () => {}) => {
		begun = onBegin;
		const done = await ours.get(codes(count), { concurrency });
		if (done.failed > 0) throw new Error(`${done.failed} of ${count} items could not be read`);
		return done;
	};
	return await unpaced(async () => {
		for (let run = 0; run < REPEATED; run++) await read(FEW);
		return [...(await heap(read)), ...(await growth(read))];
	});
}

type Read = (count: number, concurrency?: number, onBegin?: () => void) => Promise<unknown>;

async function heap(read: Read): Promise<Figure[]> {
	const live = async (count: number, concurrency: number) =>
		await held(count, true, async (begun) => await read(count, concurrency, begun));
	const some = await live(SOME, CONCURRENCY);
	const wide = await live(SOME, 50);
	const most = await live(MANY, CONCURRENCY);
	const peak = await held(MANY, false, async (begun) => await read(MANY, CONCURRENCY, begun));

	const above = (count: number, concurrency: number) =>
		`Memory above the items, ${count} items, ${concurrency} at once`;
	const bytes = (what: string, value: number): Figure => ({
		what,
		who: IN_ENGINE,
		values: [value],
		unit: 'bytes',
	});
	return [
		bytes(`Memory of ${MANY} items themselves`, most.items),
		bytes(above(SOME, CONCURRENCY), some.above),
		bytes(above(SOME, 50), wide.above),
		bytes(above(MANY, CONCURRENCY), most.above),
		bytes('The same before garbage is collected', peak.above),
		{
			what: `Memory above the items, ${SOME} items, 50 at once / ${CONCURRENCY} at once`,
			who: IN_ENGINE,
			values: [wide.above / some.above],
			target: atMost(50 / CONCURRENCY),
		},
		{
			what: 'Memory above the items that every further item costs: part of the item',
			who: IN_ENGINE,
			values: [(most.above - some.above) / (most.items - some.items)],
			unit: 'percent',
			target: { text: '<= 8 %', reached: (part) => part <= 0.08 },
			note: 'that it grows no further; bounded by concurrency alone it is not',
		},
	];
}

/** How time and CPU per item grow with their number. What came out is kept, as n8n keeps it. */
async function growth(read: Read): Promise<Figure[]> {
	const perItem = async (count: number, times: number) => {
		const begun = performance.now();
		const before = process.cpuUsage();
		const kept: unknown[] = [];
		for (let time = 0; time < times; time++) kept.push(await read(count));
		const { user, system } = process.cpuUsage(before);
		const items = count * kept.length;
		return { cpu: (user + system) / items, time: (performance.now() - begun) / items };
	};
	const rounds: Array<{ cpu: number; time: number }> = [];
	for (let round = 0; round < ROUNDS; round++) {
		const few = await perItem(FEW, REPEATED);
		const many = await perItem(MANY, 1);
		rounds.push({ cpu: many.cpu / few.cpu, time: many.time / few.time });
	}
	const figure = (name: string, values: number[]): Figure => ({
		what: `${name} per item, ${MANY} items / ${FEW} items`,
		who: IN_ENGINE,
		values,
		target: atMost(1.25),
	});
	return [
		figure(
			'Time',
			rounds.map(({ time }) => time),
		),
		figure(
			'CPU',
			rounds.map(({ cpu }) => cpu),
		),
	];
}
