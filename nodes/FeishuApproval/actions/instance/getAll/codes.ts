import type { Period } from '../../../../../approval/windows';
import type { ItemClient } from '../../../../../feishu/client/itemClient';
import { readPages } from '../../../../../feishu/client/pages';
import { callOf, ENDPOINTS } from '../../../../../feishu/endpoints';
import type { Progress } from './progress';

/** The longest period of one call (API sheet 4.3). */
export const WINDOW_MS = 10 * 3_600_000;

const PAGE_SIZE = 100;

/** Whose codes are wanted, and in which order. */
export interface Walk {
	approvalCode: string;
	/** The newest first. */
	windows: Period[];
	isOldestFirst: boolean;
}

/**
 * The codes of a definition's instances that were created in the windows, each once, in the order of
 * their creation or against it, a batch at a time (API sheet 4.3). Feishu lists the oldest first, so
 * that for the newest first a window is read to its end before anything of it is given out.
 */
export async function* walkCodes(
	feishu: ItemClient,
	{ approvalCode, windows, isOldestFirst }: Walk,
	progress: Progress,
): AsyncGenerator<string[], void, undefined> {
	const seen = new Set<string>();
	for (const { start, end } of isOldestFirst ? windows.toReversed() : windows) {
		const qs = {
			approval_code: approvalCode,
			start_time: String(start),
			end_time: String(end),
			page_size: PAGE_SIZE,
		};
		const inWindow: string[] = [];
		for await (const page of readPages(feishu, callOf(ENDPOINTS.listInstances, { qs }))) {
			const codes = newOf(page.instance_code_list, seen);
			if (isOldestFirst) yield codes;
			else inWindow.push(...codes);
		}
		progress.windowDone();
		if (!isOldestFirst) yield inWindow.reverse();
	}
}

/** The codes that were not seen before; from now on they were. */
function newOf(list: unknown, seen: Set<string>): string[] {
	const codes = (Array.isArray(list) ? (list as unknown[]) : []).filter(
		(code): code is string => typeof code === 'string' && code !== '' && !seen.has(code),
	);
	for (const code of codes) seen.add(code);
	return [...new Set(codes)];
}
