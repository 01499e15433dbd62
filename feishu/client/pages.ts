import type { IDataObject } from 'n8n-workflow';

import { isObject } from '../../approval/json';
import type { Call } from '../endpoints';
import { FeishuCallError } from '../errors/callError';

/** Who can read the answer to a call, such as ItemClient. */
interface Reader {
	readContent(call: Call): Promise<IDataObject>;
}

/** A reader that can say in n8n's log what a builder should know. */
interface ListReader extends Reader {
	warn(text: string): void;
}

/** How a list ends that goes on by its own word: no token leads on, or one that was followed already. */
type Unfinished = 'no token' | 'same token';

/** Where the next page begins; some endpoints of the platform call it `next_page_token`. */
function tokenOf({ page_token: token, next_page_token: other }: IDataObject): string {
	const found = [token, other].find((one) => one !== '' && one !== undefined && one !== null);
	return ['string', 'number'].includes(typeof found) ? String(found) : '';
}

/**
 * The answers to a call that reads a list in pages: `page_token` is followed as long as `has_more`
 * says so, however short a page is. A token that comes a second time ends it, so that no answer can
 * keep it going for ever. `onUnfinished` hears of a list that ends although it goes on. Throws as the
 * reader does.
 */
export async function* followPages(
	reader: Reader,
	call: Call,
	onUnfinished: (why: Unfinished) => void,
): AsyncGenerator<IDataObject, void, undefined> {
	const seen = new Set<string>();
	let qs = call.qs;
	for (;;) {
		const page = await reader.readContent({ ...call, qs });
		yield page;
		if (page.has_more !== true) return;
		const token = tokenOf(page);
		if (token === '') return onUnfinished('no token');
		if (seen.has(token)) return onUnfinished('same token');
		seen.add(token);
		qs = { ...call.qs, page_token: token };
	}
}

/**
 * The pages of a list to its end, as `followPages` finds them. A token that comes twice is written
 * into n8n's log: it may be the end of the list.
 *
 * @throws FeishuCallError if the list goes on, but no token leads there; or as the reader does
 */
export async function* readPages(
	reader: ListReader,
	call: Call,
): AsyncGenerator<IDataObject, void, undefined> {
	yield* followPages(reader, call, (why) => {
		if (why === 'no token')
			throw new FeishuCallError({ ...LEADS_NOWHERE, endpoint: call.endpoint });
		reader.warn(`Feishu Approval: ${call.path} ${CAME_TWICE}`);
	});
}

const CAME_TWICE =
	'gave a page token a second time, so the list was taken to end there; entries may be missing';

const LEADS_NOWHERE = {
	ok: false,
	carriedOut: 'no',
	transient: false,
	message: 'Feishu says that there is more, but does not say where it goes on',
	hint: 'A part of the list would be missing, so nothing of it is given out. Try again later, or ask for less: a shorter period, a Limit, or Return All off.',
} as const;

/** The entries of the list that stands under a name in each page; throws as `readPages` does. */
export async function* readLists(
	reader: ListReader,
	call: Call,
	name: string,
): AsyncGenerator<IDataObject[], void, undefined> {
	for await (const page of readPages(reader, call)) {
		const list = page[name];
		yield Array.isArray(list) ? (list as unknown[]).filter(isObject) : [];
	}
}
