import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { isObject } from '../../../../approval/json';
import type { UserIdType } from '../../../../approval/userIds';
import { windowsOf, type Period } from '../../../../approval/windows';
import type { ItemClient } from '../../../../feishu/client/itemClient';
import { readLists } from '../../../../feishu/client/pages';
import { callOf, type Endpoint } from '../../../../feishu/endpoints';
import { countOf } from '../fields/lists';
import { periodOf } from '../fields/periods';
import { collect, type Batches } from '../parallel';
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
	/** An entry without what few need. */
	simplify(entry: IDataObject): IDataObject;
}

/** What is searched for. */
export interface Wanted {
	userIdType: UserIdType;
	filters: Filters;
	options: { locale?: string; withRevoked?: boolean };
	returnAll: boolean;
	limit: number;
	simplify: boolean;
	isOldestFirst?: boolean;
	/** Puts the entries into an order that is not that of the windows. */
	compare?(one: IDataObject, other: IDataObject): number;
	/** What the body holds besides. */
	more?: IDataObject;
}

/**
 * What an item asks for of a search. A period that is longer than Feishu allows is searched in windows
 * (API sheet 4.3, 4.4, 11.5 to 11.7). Throws as ItemClient.readContent.
 */
export async function search(
	feishu: ItemClient,
	searched: SearchedBy,
	wanted: Wanted,
): Promise<INodeExecutionData[]> {
	const { filters, compare } = wanted;
	const { startTime, endTime } = filters;
	const windows = startTime === undefined ? [] : windowsOf(periodOf(startTime, endTime), WINDOW_MS);
	const most = countOf(wanted);
	// Windows are in the order of their beginnings, in which only some are wanted.
	const isSorted = compare !== undefined && windows.length > 1;
	const asked = isSorted ? Infinity : most;
	const found = searchWindows(feishu, searched, wanted, windows, asked);
	const entries = await collect(found, { atOnce: 1, most: asked }, async (entry) => entry);
	const inOrder = isSorted ? entries.sort(compare).slice(0, most) : entries;
	return inOrder.map((entry) => ({ json: wanted.simplify ? searched.simplify(entry) : entry }));
}

/** Everything that is found, each entry once, a page at a time; without windows at any time. */
async function* searchWindows(
	feishu: ItemClient,
	{ endpoint, list, time, title, keyOf }: SearchedBy,
	{ userIdType, filters, options, isOldestFirst = false, more = {} }: Wanted,
	windows: Period[],
	most: number,
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
