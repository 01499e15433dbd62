import { inTurn } from '../contenders/contender';
import { floor } from '../contenders/floor';
import { Ours } from '../contenders/ours';
import { HTTP_IN_N8N } from '../contenders/workflows';
import { sdk } from '../contenders/sdk';
import { atMost, type Figure } from '../figures';
import { codes } from '../platform';
import type { Bench } from './bench';

const ITEMS = 50;
const ANSWER_MS = 30;
/** Code that has run often enough is compiled for speed, as it is in an n8n that has been up a while. */
const WARM_UP = 20;

/** Get, as many items as one second allows: how much longer it takes than the calls alone. */
export async function burst({ platform, n8n, rounds }: Bench): Promise<Figure[]> {
	const least = floor(platform.url);
	const ours = await Ours.load(platform.url);
	const contenders = [ours, sdk(platform.url), ...(n8n?.contenders ?? [])];
	const everybody = [least, ...contenders];
	const ratios = new Map<string, number[]>(contenders.map(({ name }) => [name, []]));

	for (let round = -WARM_UP; round < rounds; round++) {
		await platform.setUp({
			contenders: everybody.map(({ name }) => name),
			instances: ITEMS,
			limits: true,
			answerMs: round < 0 ? 0 : ANSWER_MS,
		});
		const times = new Map<string, number>();
		for (const contender of inTurn(everybody, round)) {
			const { name } = contender;
			const { ms, failed } = await contender.get(codes(ITEMS));
			if (failed > 0) throw new Error(`${name} could not read ${failed} of ${ITEMS}`);
			times.set(name, ms);
		}
		if (round < 0) continue;
		const leastMs = times.get(least.name)!;
		for (const [name, values] of ratios) values.push(times.get(name)! / leastMs);
	}
	return contenders.map(({ name }) => ({
		what: `Get, ${ITEMS} items, answers of ${ANSWER_MS} ms: time / floor`,
		who: name,
		values: ratios.get(name) ?? [],
		target: name === ours.name ? atMost(1.25) : undefined,
		note: name === HTTP_IN_N8N ? 'it sends all at once' : undefined,
	}));
}
