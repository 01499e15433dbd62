import type { IDataObject } from 'n8n-workflow';

import { isObject } from '../../approval/json';
import type { Call } from '../endpoints';

/** Who can read the answer to a call, such as ItemClient. */
interface Reader {
	readContent(call: Call): Promise<IDataObject>;
}

/**
 * The answers to a call that reads a list in pages: `page_token` is followed as long as `has_more`
 * says so, however short a page is. A token that comes a second time ends it, so that no answer can
 * keep it going for ever. `onUnfinished` is called if the list goes on, but no token leads there.
 * Throws as the reader does.
 */
export async function* readPages(
	reader: Reader,
	call: Call,
	onUnfinished: () => void = () => {},
): AsyncGenerator<IDataObject, void, undefined> {
	const seen = new Set<string>();
	let qs = call.qs;
	for (;;) {
		const page = await reader.readContent({ ...call, qs });
		yield page;
		if (page.has_more !== true) return;
		const token = page.page_token;
		if (typeof token !== 'string' || token === '' || seen.has(token)) return onUnfinished();
		seen.add(token);
		qs = { ...call.qs, page_token: token };
	}
}

/** The entries of the list that stands under a name in each page; throws as `readPages` does. */
export async function* readLists(
	reader: Reader,
	call: Call,
	name: string,
): AsyncGenerator<IDataObject[], void, undefined> {
	for await (const page of readPages(reader, call)) {
		const list = page[name];
		yield Array.isArray(list) ? (list as unknown[]).filter(isObject) : [];
	}
}
