/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import type { IDataObject } from 'n8n-workflow';

import {
	ACCOUNTANT,
	APPROVER,
	businessError,
	COLLEAGUE,
	INITIATOR,
	type Fault,
	type Instance,
	type JournalEntry,
	type User,
} from '../../../../../sandbox';
import { startHarness, type Harness } from '../../../../engine/harness';
import { tunable } from '../../../../engine/tunable';
import { Random } from '../../../../faults/random';

const { LIMITS, TIMEOUTS } = tunable();
const SEED = Number(process.env.COPY_SEED ?? 20261126);
const RUNS = Number(process.env.COPY_RUNS ?? 200);

const PEOPLE = [ACCOUNTANT, COLLEAGUE, INITIATOR];
const SENDERS = [APPROVER, COLLEAGUE];
const COMMENTS = ['', 'please pay', 'deadline moved'];
const MINUTE_MS = 60_000;
/** What happens to a copy's call; most of them go well. */
const EVENTS = [
	'lost before',
	'lost after',
	'half done and lost',
	'half done and refused',
	'somebody else',
	'refused',
	'fine',
];

let harness: Harness;
beforeAll(async () => {
	harness = await startHarness({ limits: false });
});
afterAll(async () => await harness.close());

interface Row extends IDataObject {
	to: string[];
	by: string;
	say: string;
}

interface Body {
	user_id: string;
	cc_user_ids: string[];
	comment?: string;
}

/** One generated run, and what the platform knows of it. */
interface Played {
	rows: Row[];
	combine: boolean;
	skip: boolean;
	results: IDataObject[];
	/** What our calls have copied: person, sender and comment. */
	copied: string[];
	/** Entries by others, or from before, that look like ours and are not older than five minutes. */
	alike: string[];
	/** The run in words, for who has to understand a failure. */
	story: string[];
}

const wish = (person: string, by: string, say: string) => `${person} by ${by} "${say}"`;

function entryOf(person: User, by: User, comment: string, at: number) {
	return {
		type: 'CC',
		create_time: String(at),
		ext: '',
		open_id: by.open_id,
		user_id: by.user_id,
		open_id_list: [person.open_id],
		user_id_list: [person.user_id],
		comment,
	};
}

/** Makes things happen to the calls of a run. */
function disturb(random: Random, instance: Instance, played: Played): void {
	const { sandbox } = harness;
	const byId = (id: string) => [...sandbox.users.values()].find(({ open_id }) => open_id === id)!;
	const lost: Fault = { kind: 'reset', when: 'before' };
	for (let call = 0; call < 8; call++) {
		if (random.chance(0.5)) continue;
		const event = random.pick(EVENTS);
		const fault: Fault =
			event === 'lost after'
				? { kind: 'reset', when: 'after' }
				: event === 'refused' || event === 'half done and refused'
					? businessError(1390004, 'user_id or open_id not found')
					: lost;
		if (event === 'fine') continue;
		let isFirst = true;
		const on = (entry: JournalEntry) => {
			if (entry.endpoint !== 'cc' || !isFirst) return false;
			isFirst = false;
			const { user_id: by, cc_user_ids: people, comment = '' } = entry.body as Body;
			played.story.push(`${event}: ${people.join()} by ${by} "${comment}"`);
			const now = sandbox.clock.now();
			// A platform that refuses the only person has not copied to anybody.
			const isPartly = event === 'half done and refused' && people.length > 1;
			if (event === 'half done and lost' || isPartly) {
				instance.timeline.push(entryOf(byId(people[0]), byId(by), comment, now));
				played.copied.push(wish(people[0], by, comment));
			}
			if (event === 'somebody else') {
				const sender = random.pick(SENDERS);
				const said = random.pick(COMMENTS);
				instance.timeline.push(entryOf(byId(people[0]), sender, said, now));
				played.alike.push(wish(people[0], sender.open_id, said));
			}
			return true;
		};
		sandbox.faults.add({ on, fault });
	}
}

/** The timeline is late at one look: it shows what was there before the run. */
function showLate(random: Random, instance: Instance, played: Played): void {
	const data = structuredClone(instance);
	const skip = random.whole(0, 2);
	played.story.push(`late at look ${skip + 1}`);
	const fault: Fault = { kind: 'answer', status: 200, body: { code: 0, msg: 'success', data } };
	harness.sandbox.faults.add({ on: 'get', skip, fault });
}

async function play(random: Random): Promise<Played> {
	const { sandbox } = harness;
	sandbox.faults.clear();
	sandbox.journal.length = 0;
	const instance = sandbox.addInstance({ timeline: [] });
	const rows = Array.from({ length: random.whole(2, 6) }, (): Row => {
		const people = PEOPLE.filter(() => random.chance(0.5)).map(({ open_id }) => open_id);
		return {
			to: people.length === 0 ? [COLLEAGUE.open_id] : people,
			by: random.pick(SENDERS).open_id,
			say: random.pick(COMMENTS),
		};
	});
	const played: Played = {
		rows,
		combine: random.chance(0.5),
		skip: random.chance(0.3),
		results: [],
		copied: [],
		alike: [],
		story: [],
	};
	for (let earlier = 0; earlier < random.whole(0, 3); earlier++) {
		const [person, sender, said] = [PEOPLE, SENDERS, COMMENTS].map((all) =>
			random.pick<unknown>(all),
		) as [User, User, string];
		const ago = random.pick([MINUTE_MS, 4 * MINUTE_MS, 20 * MINUTE_MS]);
		instance.timeline.push(entryOf(person, sender, said, sandbox.clock.now() - ago));
		if (ago < 5 * MINUTE_MS) played.alike.push(wish(person.open_id, sender.open_id, said));
		played.story.push(`earlier: ${wish(person.open_id, sender.open_id, said)} ${ago} ms ago`);
	}
	disturb(random, instance, played);
	if (random.chance(0.3)) showLate(random, instance, played);
	const { json } = await harness.cc(
		{
			approvalCode: instance.approval_code,
			instanceCode: instance.instance_code,
			userId: '={{ $json.by }}',
			ccUserIds: '={{ $json.to }}',
			options: {
				combine: played.combine,
				comment: '={{ $json.say }}',
				skipAlreadyCopied: played.skip,
			},
		},
		rows,
		{ onError: 'continueRegularOutput' },
	);
	played.results = json('CC');
	for (const call of sandbox.calls('cc')) {
		const { user_id: by, comment = '' } = call.body as Body;
		for (const person of call.copied) played.copied.push(wish(person, by, comment));
	}
	return played;
}

const count = (list: string[], one: string) => list.filter((entry) => entry === one).length;

/** What is wrong with a run, if anything is. */
function judge({ rows, combine, skip, results, copied, alike }: Played): string[] {
	const wrong: string[] = [];
	if (results.length !== rows.length) wrong.push(`${results.length} results`);
	const wishes = rows.flatMap(({ to, by, say }) => to.map((person) => wish(person, by, say)));
	for (const one of new Set(wishes)) {
		const wanted = combine || skip ? 1 : count(wishes, one);
		if (count(copied, one) > wanted) wrong.push(`copied ${count(copied, one)} times: ${one}`);
	}
	const reported = new Map<string, { silent: number; noted: number }>();
	for (const [index, { to, by, say }] of rows.entries()) {
		const { success, note, error } = results[index];
		if (success !== true) {
			if (typeof error !== 'string' || error === '') wrong.push(`item ${index} says nothing`);
			continue;
		}
		const skipped = results[index].skipped_user_ids as string[];
		for (const person of to.filter((one) => !skipped.includes(one))) {
			// With Skip Already Copied, any copy to the person is what was wanted.
			if (skip && [...copied, ...alike].some((entry) => entry.startsWith(person))) continue;
			const one = wish(person, by, say);
			const known = reported.get(one) ?? { silent: 0, noted: 0 };
			const isShared = combine && known.silent + known.noted > 0;
			if (!isShared) known[typeof note === 'string' ? 'noted' : 'silent']++;
			reported.set(one, known);
		}
	}
	// Only with a note may an entry that looks like a copy be taken for it.
	for (const [one, { silent, noted }] of reported) {
		const done = count(copied, one);
		if (silent > done || silent + noted > done + count(alike, one)) {
			wrong.push(`${silent} + ${noted} reports of ${done} copies: ${one}`);
		}
	}
	return wrong;
}

it(`in ${RUNS} generated runs nobody is copied twice, and no copy is reported that was not made`, async () => {
	Object.assign(TIMEOUTS, { pauseMs: 1, settleMs: 1, lateMs: 1 });
	LIMITS.ccInstance = [];
	LIMITS.getInstance = [];
	const failures: string[] = [];
	for (let run = 0; run < RUNS; run++) {
		const random = new Random(SEED + run);
		const played = await play(random);
		const wrong = judge(played);
		if (wrong.length === 0) continue;
		const { rows, combine, skip, story, results } = played;
		failures.push(
			JSON.stringify(
				{ COPY_SEED: SEED + run, wrong, combine, skip, rows, story, results },
				null,
				1,
			),
		);
	}
	expect(failures.slice(0, 2).join('\n')).toBe('');
	expect(failures).toHaveLength(0);
}, 120_000);
