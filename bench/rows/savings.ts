import type { Contender } from '../contenders/contender';
import { IN_ENGINE, Ours } from '../contenders/ours';
import { copiesOver } from '../copies';
import { exactly, type Figure } from '../figures';
import { unpaced } from '../pace';
import { codes } from '../platform';
import type { Bench } from './bench';

const ROWS = 1_000;
const INSTANCES = 100;

/** Calls that need not be made: the same instance read twice, one instance copied in many rows. */
export async function savings({ platform }: Bench): Promise<Figure[]> {
	const ours = await Ours.load(platform.url, 'savings');
	const setUp = async (contender: Contender) =>
		await platform.setUp({
			contenders: [contender.name],
			instances: INSTANCES,
			limits: false,
		});

	await setUp(ours);
	const same = Array.from({ length: ROWS }, (_, row) => codes(INSTANCES)[row % INSTANCES]);
	const read = await unpaced(async () => await ours.get(same));
	const { gets } = await platform.seen(ours.name);
	const items = read.outcome.items('Feishu');
	const right = items.filter(
		({ json, pairedItem }, row) =>
			json.instance_code === same[row] && (pairedItem as { item: number }).item === row,
	);
	const own = new Set(items.map(({ json }) => json.form_values));

	await setUp(ours);
	const rows = copiesOver(ours.name, ROWS, INSTANCES);
	const copied = await unpaced(async () => await ours.cc(rows, { combine: true }));
	const seen = await platform.seen(ours.name);
	const results = copied.outcome.items('Feishu');
	const paired = results.filter(
		({ json, pairedItem }, row) =>
			json.success === true && (pairedItem as { item: number }).item === row,
	);

	const get = `Get, ${ROWS} items of ${INSTANCES} instances`;
	const cc = `CC with Combine, ${ROWS} rows of ${INSTANCES} instances`;
	const count = (what: string, value: number, wanted: number): Figure => ({
		what,
		who: IN_ENGINE,
		values: [value],
		unit: 'count',
		target: exactly(wanted),
	});
	return [
		count(`${get}: calls`, gets, INSTANCES),
		count(`${get}: items right, paired and on their own`, Math.min(right.length, own.size), ROWS),
		count(`${cc}: calls`, seen.ccs, INSTANCES),
		count(`${cc}: rows done and paired`, paired.length, ROWS),
		count(`${cc}: people copied`, seen.copies, ROWS),
		count(`${cc}: people copied twice`, seen.copiedTwice, 0),
	];
}
