import type { IDataObject } from 'n8n-workflow';

/** Data of the instance came. */
export const READ = 'read';
/** Feishu confirmed the copy. */
export const COPIED = 'copied';
/** Feishu did not; the timeline did. */
export const CONFIRMED = 'copied, as the timeline shows; not sent again';
/** Feishu did not, nor did the timeline: the call was sent once more. */
export const RESENT = 'copied, sent again after a look at the timeline';
/** In the end everybody was copied, each of them once. */
export const EACH_ONCE = 'copied, each once';
/** The run was cancelled: no item comes out, and nothing was sent any more. */
export const CANCELLED = 'cancelled, nothing sent afterwards';

/** What becomes of an item that meets the fault. */
export interface Expected {
	word: string;
	/** What the error's description has to say about the way out. */
	hint?: RegExp;
	/** What the error carries as data. */
	data?: { code: number | null; http_status: number | null };
	/** How many calls are made about its approval. */
	calls?: Partial<Record<'get' | 'cc', number>>;
}

/** The item comes out as an error that says this. */
export function refused(message: string, more: Omit<Expected, 'word'> = {}): Expected {
	return { word: quoted(message), ...more };
}

function quoted(message: string): string {
	return `error: “${message}”`;
}

/** What an output item says that became of it. */
export function wordOf({ error, success, note, instance_code: code }: IDataObject): string {
	if (typeof error === 'string') return quoted(error);
	if (success !== true) return typeof code === 'string' ? READ : 'something else';
	if (note === undefined || /^This was done in an earlier try/.test(String(note))) return COPIED;
	if (/nothing was sent again/.test(String(note))) return CONFIRMED;
	return /the call was sent again/.test(String(note)) ? RESENT : String(note);
}

/** Whether the item is said to have been worked on with success. */
export function isDone(word: string): boolean {
	return [READ, COPIED, CONFIRMED, RESENT].includes(word);
}

/** The best outcome of an operation. */
export function bestOf(operation: string): string {
	return operation === 'get' ? READ : COPIED;
}
