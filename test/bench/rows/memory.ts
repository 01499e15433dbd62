/* eslint-disable @n8n/community-nodes/no-restricted-globals -- a program for a terminal */
import { Ours } from '../contenders/ours';
import { atMost, type Figure } from '../figures';
import { held, type Held } from '../heap';
import { unpaced } from '../pace';
import { codes } from '../platform';
import type { Bench } from './bench';

const FEW = 100;
const SOME = 2_500;
const MANY = 10_000;
/** How many short runs stand for one: the shorter, the more chance is in them. */
const REPEATED = 20;
const WHO = "this package, n8n's engine";

/** Memory above the items, and growth of time, up to many items. */
export async function memory(bench: Bench): Promise<Figure[]> {
	return await unpaced(async () => await measured(bench));
}

async function measured({ platform }: Bench): Promise<Figure[]> {
	const ours = await Ours.load(platform.url, 'memory');
	await platform.setUp({ contenders: [ours.name], instances: MANY, limits: false });
	const read = async (count: number, concurrency = 10) => {
		const done = await ours.get(codes(count), { concurrency });
		if (done.failed > 0) throw new Error(`${done.failed} of ${count} items could not be read`);
		return done;
	};
	/** CPU (ms) per item since `before`. */
	const perItem = (before: NodeJS.CpuUsage, count: number) => {
		const { user, system } = process.cpuUsage(before);
		return (user + system) / 1000 / count;
	};
	const live = async (count: number, concurrency?: number): Promise<Held> =>
		await held(count, true, async () => await read(count, concurrency));

	await read(SOME);
	await read(SOME);
	const begun = process.cpuUsage();
	for (let time = 0; time < REPEATED; time++) await read(FEW);
	const few = perItem(begun, REPEATED * FEW);
	let many = 0;
	const peak = await held(MANY, false, async () => {
		const before = process.cpuUsage();
		const done = await read(MANY);
		many = perItem(before, MANY);
		return done;
	});
	const some = await live(SOME);
	const wide = await live(SOME, 50);
	const most = await live(MANY);
	const bytes = (what: string, value: number): Figure => ({
		what,
		who: WHO,
		values: [value],
		unit: 'bytes',
	});
	return [
		bytes(`Memory of ${MANY} items themselves`, most.items),
		bytes(`Memory above the items, ${SOME} items, 10 at once`, some.above),
		bytes(`Memory above the items, ${SOME} items, 50 at once`, wide.above),
		bytes(`Memory above the items, ${MANY} items, 10 at once`, most.above),
		bytes(`The same, garbage included`, peak.above),
		{
			what: `Memory above the items, ${MANY} items / ${SOME} items`,
			who: WHO,
			values: [most.above / some.above],
			target: atMost(1.5),
		},
		{
			what: `CPU per item, ${MANY} items / ${FEW} items`,
			who: WHO,
			values: [many / few],
			target: atMost(1.1),
		},
	];
}
