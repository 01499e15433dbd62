import { Refusal, success } from './answers';
import type { Answer } from './answers';
import { readText } from './bodies';
import type { Instance, JournalEntry } from './model';
import { pageOf } from './paging';
import type { Platform } from './platform';
import { foundInstance, idOf, readSearch } from './searching';

/** How the filter calls what Get Instance calls otherwise. */
const STATUSES: Record<string, string> = { RECALL: 'CANCELED', REJECT: 'REJECTED' };
const KNOWN = ['PENDING', 'RECALL', 'REJECT', 'DELETED', 'APPROVED', 'ALL'];

function choiceOf(fields: Record<string, unknown>, name: string, known: string[]): string {
	const chosen = readText(fields, name) || 'ALL';
	if (!known.includes(chosen)) throw new Refusal(1390001, `param is invalid: ${name}`);
	return chosen;
}

const newestFirst = (one: string, other: string) => Number(other) - Number(one);

/** `POST …/instances/query` (API sheet 4.3): instances by many filters, the newest first. */
export function queryInstances(platform: Platform, entry: JournalEntry): Answer {
	const search = readSearch(platform, entry, 'instance_start_time');
	const chosen = choiceOf(search.fields, 'instance_status', KNOWN);
	const status = STATUSES[chosen] ?? chosen;
	const all = [...platform.instances.values()]
		.filter((instance) => search.isOf(instance) && search.isAt(instance.start_time))
		.filter(({ open_id: by }) => search.person === undefined || by === search.person)
		.filter((instance) => status === 'ALL' || instance.status === status)
		.sort((one, other) => newestFirst(one.start_time, other.start_time))
		.map((instance) => ({ instance }));
	const { entries, ...page } = pageOf(entry, all, search.sizes, search.isShown);
	const list = entries.map(({ instance }) => foundInstance(platform, instance, search.kind));
	return success({ count: all.length, instance_list: list, ...page });
}

/** That somebody was copied, as the timeline of an instance tells. */
interface Copy {
	instance: Instance;
	id: string;
	at: string;
	by?: string;
	/** open_id */
	to: string;
}

/** All copies of an instance, one for each person. */
export function copiesOf(instance: Instance): Copy[] {
	return instance.timeline
		.filter(({ type }) => type === 'CC')
		.flatMap(({ cc_user_list: people = [], create_time: at, open_id: by }) =>
			people.map(({ cc_id: id, open_id: to }) => ({ instance, id, at, by, to })),
		);
}

/** `POST …/instances/search_cc` (API sheet 4.3, 11.9): copies; `cc.user_id` is who made them. */
export function searchCc(platform: Platform, entry: JournalEntry): Answer {
	const search = readSearch(platform, entry, 'cc_create_time');
	const wanted = choiceOf(search.fields, 'read_status', ['READ', 'UNREAD', 'ALL']);
	const statusOf = ({ id }: Copy) => (platform.readCopies.has(id) ? 'READ' : 'UNREAD');
	const all = [...platform.instances.values()]
		.filter(search.isOf)
		.flatMap(copiesOf)
		.filter(({ at, to }) => search.isAt(at) && (search.person ?? to) === to)
		.filter((copy) => wanted === 'ALL' || statusOf(copy) === wanted)
		.sort((one, other) => newestFirst(one.at, other.at));
	const { entries, ...page } = pageOf(entry, all, search.sizes, search.isShown);
	const list = entries.map((copy) => ({
		...foundInstance(platform, copy.instance, search.kind),
		cc: {
			user_id: idOf(platform, copy.by, search.kind),
			create_time: copy.at,
			read_status: statusOf(copy).toLowerCase(),
			title: '',
			extra: '',
			link: { pc_link: '', mobile_link: '' },
		},
	}));
	return success({ count: all.length, cc_list: list, ...page });
}
