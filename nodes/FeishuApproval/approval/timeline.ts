import type { IDataObject } from 'n8n-workflow';

import type { UserIdType } from './userIds';

/** The kinds of user ID that a timeline carries; union IDs are not among them. */
export type TimelineIdType = Exclude<UserIdType, 'union_id'>;

/** Who was copied, as far as a timeline tells. */
export interface CopiedPeople {
	ids: Set<string>;
	/** A copy is recorded without an ID of the kind asked for: somebody may be missing in `ids`. */
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

function copiedBy(entry: IDataObject, kind: TimelineIdType): string[] {
	const inExt = ext(entry);
	const people = list(entry.cc_user_list).filter(isEntry);
	return [
		...list(entry[`${kind}_list`]),
		...people.map((person) => person[kind]),
		inExt[kind],
		...list(inExt[`${kind}_list`]),
	].filter((id): id is string => typeof id === 'string' && id !== '');
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
		if (Number(entry.create_time) < since) continue;
		const copied = copiedBy(entry, kind);
		if (entry.type === 'CC' && copied.length === 0) incomplete = true;
		for (const id of copied) ids.add(id);
	}
	return { ids, incomplete };
}
