import type { IDataObject } from 'n8n-workflow';

import { isObject } from '../../../../approval/json';
import type { UserIdType } from '../../../../approval/userIds';
import { windowsOf, type Period } from '../../../../approval/windows';
import type { ItemClient } from '../../../../feishu/client/itemClient';
import { readLists } from '../../../../feishu/client/pages';
import { callOf, type Endpoint } from '../../../../feishu/endpoints';
import { periodOf } from '../fields/periods';
import type { Batches } from '../parallel';
import type { Filters } from './filters';

/** The longest period of one search (API sheet 4.3, 11.7). */
const WINDOW_MS = 30 * 86_400_000;
const SMALLEST_PAGE = 5;
const LARGEST_PAGE = 200;

/** How one of the searches is called, and what it answers. */
export interface SearchedBy {
	endpoint: Endpoint;
	/** The name of the list in the answer. */
	list: string;
	/** What stands before `_from` and `_to`. */
	time: string;
	/** The name of the filter by title. */
	title: string;
	/** What tells an entry from all others, since it may come in two windows. */
	keyOf(entry: IDataObject): unknown;
}

/** What is searched for. */
export interface Wanted {
	userIdType: UserIdType;
	filters: Filters;
	options: { locale?: string; withRevoked?: boolean };
	/** How many entries will do. */
	most: number;
	isOldestFirst?: boolean;
	/** What the body holds besides. */
	more?: IDataObject;
}

/** The windows of a search, the newest first; none where it has no period. */
export function windowsOfSearch({ startTime, endTime }: Filters): Period[] {
	return startTime === undefined ? [] : windowsOf(periodOf(startTime, endTime), WINDOW_MS);
}

/**
 * Everything that a search finds, each once, a page at a time; a period that is longer than Feishu
 * allows is searched in windows (API sheet 4.3, 4.4, 11.5 to 11.7). Throws as ItemClient.readContent.
 */
export async function* search(
	feishu: ItemClient,
	{ endpoint, list, time, title, keyOf }: SearchedBy,
	{ userIdType, filters, options, most, isOldestFirst = false, more = {} }: Wanted,
): Batches<IDataObject> {
	const qs = {
		page_size: Math.min(Math.max(most, SMALLEST_PAGE), LARGEST_PAGE),
		user_id_type: userIdType,
	};
	const body: IDataObject = {
		approval_code: filters.approvalCode,
		group_external_id: filters.groupExternalId,
		instance_code: filters.instanceCode,
		instance_external_id: filters.instanceExternalId,
		user_id: filters.userId,
		[title]: filters.title,
		locale: options.locale,
		with_revoked_instance: options.withRevoked,
		...more,
	};
	const windows = windowsOfSearch(filters);
	const inOrder: Array<Period | undefined> = isOldestFirst ? windows.toReversed() : windows;
	let before = new Set<unknown>();
	for (const window of inOrder.length === 0 ? [undefined] : inOrder) {
		const period =
			window === undefined
				? {}
				: { [`${time}_from`]: String(window.start), [`${time}_to`]: String(window.end) };
		const here = new Set<unknown>();
		const call = callOf(endpoint, { qs, body: { ...body, ...period } });
		for await (const entries of readLists(feishu, call, list)) {
			for (const entry of entries) here.add(keyOf(entry));
			yield entries.filter((entry) => !before.has(keyOf(entry)));
		}
		before = here;
	}
}

/** A text of the values that tell an entry from all others, each by its part and its name. */
export function keyBy(...places: Array<[string, string]>): SearchedBy['keyOf'] {
	return (entry) =>
		JSON.stringify(
			places.map(([part, name]) => {
				const values = entry[part];
				return isObject(values) ? (values[name] ?? null) : null;
			}),
		);
}
