import type { IDataObject } from 'n8n-workflow';

import type { Outcome } from '../engine/engine';
import type { Instance } from '../../sandbox';
import type { Item } from './items';
import { bestOf, CANCELLED, EACH_ONCE, isDone, READ, wordOf, type Expected } from './outcomes';
import type { Row } from './row';
import type { World } from './world';

/** What became of one cell. */
export interface Measured {
	/** What became of the items that met the fault. */
	word: string;
	/** How often the call of the item that met the fault was sent, where that is told. */
	sent?: number;
	/** How many went in and have to come out. */
	items: number;
	/** How many went into a run that was cancelled: nothing comes out of it. */
	cutOff: number;
	/** Items that did not come out in their place, or say that something was done that was not. */
	lost: number;
	/** People who were notified more than once by the run. */
	twice: number;
	/** The same where it cannot be helped, as the page says. */
	known?: number;
	/** Everything that is not as the row has it. */
	problems: string[];
}

/** A limit that is not waited for in vain: no single pause may be longer (ms). */
const LONGEST_PAUSE_MS = 10_000;

/** How many notifications were one too many. */
export function twice(world: World): number {
	const subjects = world.extra === undefined ? world.subjects : [...world.subjects, world.extra];
	return subjects.reduce((sum, subject) => {
		const copied = world.copied(subject);
		const once = new Set(copied.filter((id) => world.recipients.includes(id)));
		return sum + copied.length - once.size;
	}, 0);
}

/** Whether every text of the approval's form is there, whole. */
function isRead({ form_values: values }: IDataObject, { form }: Instance): boolean {
	const texts = (JSON.parse(form) as IDataObject[]).filter(
		({ value }) => typeof value === 'string',
	);
	const read = values as IDataObject;
	return texts.length > 0 && texts.every(({ name, value }) => read[String(name)] === value);
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
	const { instance } = item.subject;
	if (json.instance_code !== instance.instance_code) return false;
	if (word === READ) return json.serial_number === instance.serial_number && isRead(json, instance);
	const copied = world.copied(item.subject);
	const wanted = item.people.filter((id) => world.recipients.includes(id));
	return (
		wanted.every((id) => copied.includes(id)) &&
		JSON.stringify(json.cc_user_ids) === JSON.stringify(wanted)
	);
}

/** How many items did not come out in their place, or do not say what was done. */
export function lost(world: World, outcome: Outcome): number {
	return world.items.filter((item) => !isKept(world, item, outcome)).length;
}

function complaintsAboutError(item: Item, expected: Expected, { json }: Outcome): string[] {
	const { hint, data } = expected;
	const { description, code, http_status } = json('Node')[item.index] ?? {};
	const complaints: string[] = [];
	if (hint !== undefined && !hint.test(String(description))) {
		complaints.push(`the description lacks ${String(hint)}: ${String(description)}`);
	}
	if (data !== undefined && (data.code !== code || data.http_status !== http_status)) {
		complaints.push(`the error carries ${JSON.stringify({ code, http_status })}`);
	}
	return complaints;
}

function complaintsAboutCalls(world: World, { subject }: Item, { calls = {} }: Expected): string[] {
	return Object.entries(calls).flatMap(([endpoint, wanted]) => {
		const made = world.calls(subject, endpoint as 'get' | 'cc').length;
		return made === wanted ? [] : [`${made} calls to ${endpoint}, not ${wanted}`];
	});
}

function complaintsAboutPauses(world: World, { subject }: Item, leastMs: number): string[] {
	const arrivals = world.calls(subject, world.endpoint).map(({ at }) => at);
	const pauses = arrivals.slice(1).map((at, index) => at - arrivals[index]);
	if (pauses.length === 0) return ['the item was not asked for again'];
	return pauses
		.filter((pause) => pause < leastMs || pause > LONGEST_PAUSE_MS)
		.map((pause) => `a pause of ${pause} ms`);
}

/** Rows that are combined meet a fault as one of them alone would. */
function expectedOf(row: Row, { operation }: World): Expected {
	return (operation === 'retried' ? undefined : row[operation]) ?? row.cc;
}

function complaintsAboutItem(world: World, row: Row, item: Item, outcome: Outcome): string[] {
	const meetsIt = row.meets === 'all' || item.subject === world.target;
	const expected = meetsIt ? expectedOf(row, world) : { word: bestOf(world.operation) };
	const json = outcome.json('Node')[item.index];
	const word = json === undefined ? 'nothing' : wordOf(json);
	const wrong = word === expected.word ? [] : [`${word}, not ${expected.word}`];
	const isClear = !isDone(word) && !/not known whether/.test(word);
	if (isClear && world.copied(item.subject).length > 0) {
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
	// Each try may get a token anew.
	const isRetried = world.operation === 'retried';
	const allowed = isRetried ? 'any' : (row.exchanges ?? (row.cold ? 'any' : 0));
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

/**
 * A run that stops at the first error, that n8n has tried three times and somebody by hand: nobody
 * may be notified twice, and who is reported has been.
 */
function judgeRetried(
	world: World,
	outcome: Outcome,
): Pick<Measured, 'word' | 'lost'> & { problems: string[] } {
	const { message } = outcome.error ?? {};
	if (message !== undefined) return { word: `error: “${message}”`, lost: 0, problems: [] };
	const tries = world.calls(world.extra!, 'cc').length;
	const problems = tries > 3 ? [] : [`the last item was tried ${tries} times only`];
	return { word: EACH_ONCE, lost: lost(world, outcome), problems };
}

/** Compares what a run gave out with what the platform wrote down, and both with the row. */
export function judge(world: World, row: Row, outcome: Outcome): Measured {
	const { length } = world.items;
	const common = {
		items: row.cancelled ? 0 : length,
		cutOff: row.cancelled ? length : 0,
		twice: twice(world),
		problems: complaintsAboutRun(world, row),
	};
	if (row.cancelled) {
		const { status } = outcome.run;
		const none = outcome.items('Sink').length === 0 && status === 'canceled';
		const word = none ? CANCELLED : `status ${status}`;
		if (word !== expectedOf(row, world).word) common.problems.push(word);
		return { ...common, word, lost: 0 };
	}
	if (world.operation === 'retried') {
		const { problems, ...judged } = judgeRetried(world, outcome);
		return { ...common, ...judged, problems: [...common.problems, ...problems] };
	}
	const { message } = outcome.error ?? {};
	if (message !== undefined) common.problems.push(`the run ended: ${message}`);
	const wrong = new Map<string, number[]>();
	for (const item of world.items) {
		for (const complaint of complaintsAboutItem(world, row, item, outcome)) {
			wrong.set(complaint, [...(wrong.get(complaint) ?? []), item.index]);
		}
	}
	for (const [complaint, items] of wrong) {
		common.problems.push(`item ${items.join()}: ${complaint}`);
	}
	const target = world.items.findIndex(({ subject }) => subject === world.target);
	const json = outcome.json('Node')[target];
	return {
		...common,
		word: json === undefined ? 'nothing' : wordOf(json),
		lost: lost(world, outcome),
	};
}
