import type { Step } from '../engine/engine';
import {
	ACCOUNTANT,
	APPROVER,
	COLLEAGUE,
	INITIATOR,
	type Instance,
	type JournalEntry,
	type Sandbox,
} from '../../sandbox';

/**
 * What is run: Get Instance, CC Instance, the latter with Skip Already Copied or Combine, and CC
 * Instance once more, tried again by n8n and then by hand.
 */
export type Operation = 'get' | 'cc' | 'skip' | 'combine' | 'retried';

/** An approval that is read or copied. */
export interface Subject {
	instance: Instance;
	/** Entries that the timeline had before the run: an old copy to one of the people. */
	before: number;
}

/** An input item. */
export interface Item {
	index: number;
	subject: Subject;
	/** Whom it wants notified. */
	people: string[];
}

/** Was copied an hour ago; only Skip Already Copied may leave this person out. */
const COPIED_BEFORE = COLLEAGUE.open_id;
const OTHERS = [ACCOUNTANT.open_id, INITIATOR.open_id];
const PEOPLE = [COPIED_BEFORE, ...OTHERS];

/** The items that each approval has: what one asks for may be part of what another does. */
const ASKED: Record<Operation, string[][]> = {
	// The second is for the very same data, so one call serves both.
	get: [[], []],
	cc: [PEOPLE],
	skip: [PEOPLE],
	combine: [PEOPLE.slice(0, 2), PEOPLE.slice(1)],
	retried: [PEOPLE],
};

const HOUR_MS = 3_600_000;

/** An approval with an old copy in its timeline. */
export function addSubject(sandbox: Sandbox): Subject {
	const create_time = String(sandbox.clock.now() - HOUR_MS);
	const timeline = [{ type: 'CC', create_time, open_id_list: [COPIED_BEFORE], ext: '' }];
	const value = `Travel at ${create_time}`;
	const form = JSON.stringify([{ id: 'widget1', name: 'Reason', type: 'textarea', value }]);
	return { instance: sandbox.addInstance({ timeline, form }), before: timeline.length };
}

/** All items of a run; the second ones for each approval come after all first ones. */
export function itemsAbout(subjects: Subject[], operation: Operation): Item[] {
	return ASKED[operation]
		.flatMap((people) => subjects.map((subject) => ({ subject, people })))
		.map((item, index) => ({ index, ...item }));
}

/** Whom a run has to notify about each approval, once. */
export function recipientsOf(operation: Operation): string[] {
	if (operation === 'get') return [];
	return operation === 'skip' ? OTHERS : PEOPLE;
}

/** The node as a builder would set it up, going on after an item that does not succeed. */
export function stepOf(operation: Operation): Step {
	const copying = {
		approvalCode: '={{ $json.a }}',
		userId: APPROVER.open_id,
		ccUserIds: '={{ $json.p }}',
		options: { skipAlreadyCopied: operation === 'skip', combine: operation === 'combine' },
	};
	const atAnError: Partial<Step> =
		operation === 'retried'
			? { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 }
			: { onError: 'continueRegularOutput' };
	return {
		name: 'Node',
		...atAnError,
		parameters: {
			operation: operation === 'get' ? 'get' : 'cc',
			instanceCode: '={{ $json.i }}',
			...(operation === 'get' ? {} : copying),
		},
	};
}

/** Whether a call is about the approval. */
export function isAbout({ endpoint, path, body }: JournalEntry, { instance }: Subject): boolean {
	const code = instance.instance_code;
	if (endpoint === 'get') return path.endsWith(`/${code}`);
	return endpoint === 'cc' && (body as { instance_code?: unknown }).instance_code === code;
}
