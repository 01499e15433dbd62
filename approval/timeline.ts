import type { IDataObject } from 'n8n-workflow';

import type { UserIdType } from './userIds';

/** The kinds of user ID that a timeline carries; union IDs are not among them. */
const TIMELINE_ID_TYPES = ['open_id', 'user_id'] as const satisfies UserIdType[];

export type TimelineIdType = (typeof TIMELINE_ID_TYPES)[number];

/** Who was copied, as far as a timeline tells. */
export interface CopiedPeople {
	ids: Set<string>;
	/** Somebody is recorded without an ID of the kind asked for: a person may be missing in `ids`. */
	incomplete: boolean;
}

function isEntry(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function list(value: unknown): unknown[] {
	return Array.isArray(value) ? value : [];
}

function ext({ type, ext: text }: IDataObject): IDataObject {
	// Only for a copy does `ext` name the one copied; elsewhere it names new approvers.
	if (type !== 'CC' || typeof text !== 'string') return {};
	try {
		const parsed: unknown = JSON.parse(text);
		return isEntry(parsed) ? parsed : {};
	} catch {
		return {};
	}
}

/**
 * What each place of an entry that names the people copied holds as their IDs of one kind; empty
 * where a person has none.
 */
function places(entry: IDataObject, kind: TimelineIdType): string[][] {
	const inExt = ext(entry);
	const people = list(entry.cc_user_list).filter(isEntry);
	const named = [
		list(entry[`${kind}_list`]),
		people.map((person) => person[kind] ?? ''),
		[inExt[kind]],
		list(inExt[`${kind}_list`]),
	];
	return named.map((ids) => ids.filter((id) => typeof id === 'string'));
}

function copiedBy(entry: IDataObject, kind: TimelineIdType): Set<string> {
	const ids = new Set(places(entry, kind).flat());
	ids.delete('');
	return ids;
}

/** An entry whose time cannot be read may be of any time. */
function isBefore({ create_time: time }: IDataObject, since: number): boolean {
	return (typeof time === 'string' || typeof time === 'number') && Number(time) < since;
}

/** How many people an entry names at least, whatever the kind of their IDs. */
function namedBy(entry: IDataObject): number {
	const counts = TIMELINE_ID_TYPES.flatMap((kind) => [
		copiedBy(entry, kind).size,
		...places(entry, kind).map((ids) => new Set(ids).size),
	]);
	return Math.max(entry.type === 'CC' ? 1 : 0, ...counts);
}

/**
 * The people whom the timeline of an instance names as copied (API sheet 4.1), looking at entries
 * created at or after `since` (epoch ms on Feishu's clock) only.
 */
export function copiedPeople(
	timeline: unknown,
	kind: TimelineIdType,
	since = -Infinity,
): CopiedPeople {
	const ids = new Set<string>();
	let incomplete = false;
	for (const entry of list(timeline).filter(isEntry)) {
		if (isBefore(entry, since)) continue;
		const copied = copiedBy(entry, kind);
		if (copied.size < namedBy(entry)) incomplete = true;
		for (const id of copied) ids.add(id);
	}
	return { ids, incomplete };
}
