import type { IDataObject } from 'n8n-workflow';

import { isObject } from '../../../../approval/json';
import type { ItemClient } from '../../../../feishu/client/itemClient';
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
		Object.keys(data).every((key) => /^(has_more|page_token|total|count)$/.test(key))
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

/**
 * All entries of a list that comes in pages: `page_token` is followed as long as `has_more` says so.
 * A token that comes a second time ends it, so that no answer can keep it going for ever.
 */
export async function readPages(
	feishu: ItemClient,
	call: Call,
	itemsField: string,
): Promise<IDataObject[]> {
	const entries: unknown[] = [];
	const seen = new Set<string>();
	let qs = call.qs;
	for (;;) {
		const data = await feishu.readContent({ ...call, qs });
		entries.push(...listIn(data, itemsField));
		const token = data.page_token;
		if (data.has_more !== true || typeof token !== 'string' || token === '' || seen.has(token)) {
			return entries.map((entry) => (isObject(entry) ? entry : ({ value: entry } as IDataObject)));
		}
		seen.add(token);
		qs = { ...call.qs, page_token: token };
	}
}
