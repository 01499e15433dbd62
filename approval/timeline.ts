import type { IDataObject } from 'n8n-workflow';

import { isObject, objectsIn, readJson } from './json';
import { SECONDS_UNTIL } from './times';
import type { UserIdType } from './userIds';

/** The kinds of user ID that a timeline carries; union IDs are not among them. */
const TIMELINE_ID_TYPES = ['open_id', 'user_id'] as const satisfies UserIdType[];

export type TimelineIdType = (typeof TIMELINE_ID_TYPES)[number];

/** An entry of a timeline that names people as copied. */
export interface CopyEntry {
	people: Set<string>;
	/** Somebody is recorded without an ID of the kind asked for: a person may be missing in `people`. */
	incomplete: boolean;
	/** Who made the copy; empty if the entry does not tell. */
	by: string;
	comment: string;
	/** Epoch ms on Feishu's clock; nothing if it cannot be read: then it may be of any time. */
	at: number | undefined;
}

/** Who was copied, as far as a timeline tells. */
export interface CopiedPeople {
	ids: Set<string>;
	/** Somebody is recorded without an ID of the kind asked for: a person may be missing in `ids`. */
	incomplete: boolean;
}

function list(value: unknown): unknown[] {
	return Array.isArray(value) ? value : [];
}

function ext(entry: IDataObject): IDataObject {
	// Only for a copy does `ext` name the one copied; elsewhere it names new approvers.
	return entry.type === 'CC' ? parseExt(entry) : {};
}

function parseExt({ ext: text }: IDataObject): IDataObject {
	const parsed = readJson(text);
	return isObject(parsed) ? parsed : {};
}

/** The people whom `ext` of an entry names: new approvers, or to whom a task went. */
export function peopleInExt(entry: IDataObject, kind: TimelineIdType): string[] {
	const { [kind]: one, [`${kind}_list`]: several } = parseExt(entry);
	return [...list(several), one].filter((id): id is string => typeof id === 'string' && id !== '');
}

/**
 * What each place of an entry that names the people copied holds as their IDs of one kind; empty
 * where a person has none.
 */
function places(entry: IDataObject, kind: TimelineIdType): string[][] {
	const inExt = ext(entry);
	const people = objectsIn(entry.cc_user_list);
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

/** How many people an entry names at least, whatever the kind of their IDs. */
function namedBy(entry: IDataObject): number {
	const counts = TIMELINE_ID_TYPES.flatMap((kind) => [
		copiedBy(entry, kind).size,
		...places(entry, kind).map((ids) => new Set(ids).size),
	]);
	return Math.max(entry.type === 'CC' ? 1 : 0, ...counts);
}

/** When an entry was made (epoch ms); nothing if it cannot be read. */
export function timeOf({ create_time: entered }: IDataObject): number | undefined {
	if (typeof entered !== 'string' && typeof entered !== 'number') return undefined;
	// Empty text is zero as well, and zero stands for "not yet".
	const time = Number(entered);
	if (Number.isNaN(time) || time <= 0) return undefined;
	return time < SECONDS_UNTIL ? time * 1000 : time;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The entries of an instance's timeline that name people as copied (API sheet 4.1). */
export function copyEntries(timeline: unknown, kind: TimelineIdType): CopyEntry[] {
	return objectsIn(timeline)
		.filter((entry) => namedBy(entry) > 0)
		.map((entry) => {
			const people = copiedBy(entry, kind);
			return {
				people,
				incomplete: people.size < namedBy(entry),
				by: text(entry[kind]),
				comment: text(entry.comment),
				at: timeOf(entry),
			};
		});
}

/** The people whom these entries name as copied. */
export function copiedPeople(entries: CopyEntry[]): CopiedPeople {
	return {
		ids: new Set(entries.flatMap(({ people }) => [...people])),
		incomplete: entries.some(({ incomplete }) => incomplete),
	};
}
