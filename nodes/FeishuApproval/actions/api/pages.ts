import type { IDataObject } from 'n8n-workflow';

import { isObject } from '../../../../approval/json';
import type { ItemClient } from '../../../../feishu/client/itemClient';
import { readPages } from '../../../../feishu/client/pages';
import type { Call } from '../../../../feishu/endpoints';
import { FeishuCallError } from '../../../../feishu/errors/callError';

/** The list in an answer: the one that is named, else the only one there is. */
function listIn(data: IDataObject, name: string): unknown[] {
	if (name !== '') {
		const named = data[name];
		if (Array.isArray(named)) return named;
		if (named === undefined || named === null) return [];
		throw notAList(`The field "${name}" of the answer is not a list`, data);
	}
	const lists = Object.values(data).filter((value) => Array.isArray(value));
	if (lists.length === 1) return lists[0];
	if (
		lists.length === 0 &&
		Object.keys(data).every((key) => /^(has_more|(next_)?page_token|total|count)$/.test(key))
	)
		return [];
	throw notAList(
		lists.length === 0 ? 'The answer holds no list' : 'The answer holds several lists',
		data,
	);
}

function notAList(message: string, data: IDataObject): FeishuCallError {
	const names = Object.entries(data).flatMap(([name, value]) =>
		Array.isArray(value) ? [name] : [],
	);
	const choice =
		names.length === 0
			? 'Switch Return All off.'
			: `Set Items Field to one of: ${names.join(', ')}.`;
	return new FeishuCallError({
		ok: false,
		carriedOut: 'no',
		transient: false,
		message,
		hint: choice,
	});
}

/** All entries of a list that comes in pages. */
export async function readEntries(
	feishu: ItemClient,
	call: Call,
	itemsField: string,
): Promise<IDataObject[]> {
	const entries: unknown[] = [];
	for await (const page of readPages(feishu, call)) entries.push(...listIn(page, itemsField));
	return entries.map((entry) => (isObject(entry) ? entry : ({ value: entry } as IDataObject)));
}
