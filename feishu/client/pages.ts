import type { IDataObject } from 'n8n-workflow';

import { isObject } from '../../approval/json';
import type { Call } from '../endpoints';
import { FeishuCallError } from '../errors/callError';

/** Who can read the answer to a call, such as ItemClient. */
interface Reader {
	readContent(call: Call): Promise<IDataObject>;
	log?(text: string): void;
}

/** Why a list that goes on cannot be read on. */
type Unfinished = 'noToken' | 'sameToken';

/** Nobody should take a part for the whole; a token that is merely repeated may mark the end. */
function refuse(reader: Reader, { endpoint }: Call, why: Unfinished): void {
	if (why === 'sameToken') {
		reader.log?.(
			`The list of ${endpoint.path} was taken as finished: Feishu says that it goes on, but gave the same page token twice.`,
		);
		return;
	}
	throw new FeishuCallError({
		ok: false,
		carriedOut: 'no',
		transient: true,
		message: 'The list could not be read to its end',
		hint: 'Feishu says that there is more, but not where it goes on (`has_more` without `page_token`). Nothing was given out, because a part could be taken for the whole. Try again later, or set a Limit or a shorter period.',
	});
}

/**
 * The answers to a call that reads a list in pages: `page_token` is followed as long as `has_more`
 * says so, however short a page is. A token that comes a second time ends it, so that no answer can
 * keep it going for ever.
 *
 * @param onUnfinished called if the list goes on, but no new token leads there; by default that is an
 * error without a token, and a line in the log with the same one
 * @throws FeishuCallError if the list goes on without a token; else as the reader does
 */
export async function* readPages(
	reader: Reader,
	call: Call,
	onUnfinished: (why: Unfinished) => void = (why) => refuse(reader, call, why),
): AsyncGenerator<IDataObject, void, undefined> {
	const seen = new Set<string>();
	let qs = call.qs;
	for (;;) {
		const page = await reader.readContent({ ...call, qs });
		yield page;
		if (page.has_more !== true) return;
		const token = page.page_token;
		if (typeof token !== 'string' || token === '') return onUnfinished('noToken');
		if (seen.has(token)) return onUnfinished('sameToken');
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
