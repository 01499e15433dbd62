import type { Outcome } from '../engine/engine';
import { bestOf, CANCELLED, isDone, READ, wordOf, type Expected } from './outcomes';
import type { Row } from './row';
import type { Item, World } from './world';

/** What became of one cell. */
export interface Measured {
	/** What became of the items that met the fault. */
	word: string;
	/** Items that did not come out in their place, or say that something was done that was not. */
	lost: number;
	/** People who were notified more than once by the run. */
	twice: number;
	/** Everything that is not as the row has it. */
	problems: string[];
}

/** A limit that is not waited for in vain: no single pause may be longer (ms). */
const LONGEST_PAUSE_MS = 10_000;

function twice(world: World): number {
	return world.items.reduce((sum, item) => {
		const copied = world.copied(item);
		const once = new Set(copied.filter((id) => world.recipients.includes(id)));
		return sum + copied.length - once.size;
	}, 0);
}

/** Whether the item stands in its place and says nothing but the truth. */
function isKept(world: World, item: Item, { items }: Outcome): boolean {
	const out = items('Node');
	const own = out.filter(
		({ pairedItem }) => (pairedItem as { item?: number })?.item === item.index,
	);
	if (own.length !== 1 || out[item.index] !== own[0]) return false;
	const { json } = own[0];
	const word = wordOf(json);
	if (!isDone(word)) return word.startsWith('error');
	if (json.instance_code !== item.instance.instance_code) return false;
	if (word === READ) return json.serial_number === item.instance.serial_number;
	const copied = world.copied(item);
	return (
		world.recipients.every((id) => copied.includes(id)) &&
		JSON.stringify(json.cc_user_ids) === JSON.stringify(world.recipients)
	);
}

function complaintsAboutError(item: Item, expected: Expected, { json }: Outcome): string[] {
	const { cure, data } = expected;
	const { description, code, http_status } = json('Node')[item.index] ?? {};
	const complaints: string[] = [];
	if (cure !== undefined && !cure.test(String(description))) {
		complaints.push(`the description lacks ${String(cure)}: ${String(description)}`);
	}
	if (data !== undefined && (data.code !== code || data.http_status !== http_status)) {
		complaints.push(`the error carries ${JSON.stringify({ code, http_status })}`);
	}
	return complaints;
}

function complaintsAboutCalls(world: World, item: Item, { calls = {} }: Expected): string[] {
	return Object.entries(calls).flatMap(([endpoint, wanted]) => {
		const made = world.calls(item, endpoint as 'get' | 'cc').length;
		return made === wanted ? [] : [`${made} calls to ${endpoint}, not ${wanted}`];
	});
}

function complaintsAboutPauses(world: World, item: Item, leastMs: number): string[] {
	const arrivals = world.calls(item, world.endpoint).map(({ at }) => at);
	const pauses = arrivals.slice(1).map((at, index) => at - arrivals[index]);
	if (pauses.length === 0) return ['the item was not asked for again'];
	return pauses
		.filter((pause) => pause < leastMs || pause > LONGEST_PAUSE_MS)
		.map((pause) => `a pause of ${pause} ms`);
}

function complaintsAboutItem(world: World, row: Row, item: Item, outcome: Outcome): string[] {
	const meetsIt = row.meets === 'every item' || item === world.target;
	const expected = meetsIt ? row[world.operation] : { word: bestOf(world.operation) };
	const json = outcome.json('Node')[item.index];
	const word = json === undefined ? 'nothing' : wordOf(json);
	const wrong = word === expected.word ? [] : [`${word}, not ${expected.word}`];
	if (!isDone(word) && /not known whether/.test(word) === false && world.copied(item).length > 0) {
		wrong.push('it does not say that people were copied');
	}
	if (!meetsIt) return wrong;
	return [
		...wrong,
		...complaintsAboutError(item, expected, outcome),
		...complaintsAboutCalls(world, item, expected),
		...(row.pauseMs === undefined ? [] : complaintsAboutPauses(world, item, row.pauseMs)),
	];
}

function complaintsAboutRun(world: World, row: Row): string[] {
	const exchanges = world.sandbox.calls('exchange').length;
	const allowed = row.exchanges ?? (row.cold ? 'any' : 0);
	const complaints: string[] = [];
	if (world.hits === 0) complaints.push('nothing met the fault');
	if (allowed !== 'any' && exchanges !== allowed) {
		complaints.push(`${exchanges} exchanges, not ${allowed}`);
	}
	if (world.strangers.some(({ requests }) => requests.length > 0)) {
		complaints.push('a request reached another host');
	}
	return complaints;
}

/** Compares what a run gave out with what the platform wrote down, and both with the row. */
export function judge(world: World, row: Row, outcome: Outcome): Measured {
	const common = { twice: twice(world), problems: complaintsAboutRun(world, row) };
	if (row.cancelled) {
		const { status } = outcome.run;
		const none = outcome.items('Sink').length === 0 && status === 'canceled';
		const word = none ? CANCELLED : `status ${status}`;
		if (word !== row[world.operation].word) common.problems.push(word);
		return { ...common, word, lost: 0 };
	}
	const { message } = outcome.error ?? {};
	if (message !== undefined) common.problems.push(`the run ended: ${message}`);
	const wrong = new Map<string, number[]>();
	for (const { index } of world.items) {
		for (const complaint of complaintsAboutItem(world, row, world.items[index], outcome)) {
			wrong.set(complaint, [...(wrong.get(complaint) ?? []), index]);
		}
	}
	for (const [complaint, items] of wrong)
		common.problems.push(`item ${items.join()}: ${complaint}`);
	const json = outcome.json('Node')[world.target.index];
	return {
		...common,
		word: json === undefined ? 'nothing' : wordOf(json),
		lost: world.items.filter((item) => !isKept(world, item, outcome)).length,
	};
}
