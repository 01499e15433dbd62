import { Refusal } from './answers';
import type { JournalEntry } from './model';

/** What an endpoint allows for `page_size`. */
interface Sizes {
	usual: number;
	least: number;
	most: number;
}

/** One page of a list. */
export interface Page<T> {
	entries: T[];
	/** Stands on the last page, too. */
	page_token: string;
	has_more: boolean;
}

/**
 * The page of a list that a request asks for; 1390001 for a size or token that cannot be.
 *
 * @param isShown what is not is left out of the page afterwards: such a page is short
 */
export function pageOf<T>(
	{ query }: JournalEntry,
	all: T[],
	{ usual, least, most }: Sizes,
	isShown: (entry: T) => boolean = () => true,
): Page<T> {
	const size = Number(query.page_size ?? usual);
	const from = Number(query.page_token ?? 0);
	if (!(size >= least && size <= most)) throw new Refusal(1390001, 'param is invalid: page_size');
	if (!Number.isInteger(from)) throw new Refusal(1390001, 'param is invalid: page_token');
	const next = from + size;
	return {
		entries: all.slice(from, next).filter(isShown),
		page_token: String(next),
		has_more: next < all.length,
	};
}
