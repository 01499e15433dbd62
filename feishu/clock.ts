/** Further apart (ms), one of two clocks is simply wrong, and Feishu's own counts. */
const CLOCKS_AGREE_MS = 1_800_000;

/**
 * How much clocks may differ (ms) after what Feishu's answer tells of its own. To take something of
 * some minutes ago for this call does less harm than to do it twice.
 */
export const CLOCKS_DIFFER_MS = 300_000;

/** What Feishu tells of its clock are whole seconds. */
const SECOND_MS = 1000;

/** The latest time (epoch ms) that Feishu's clock may have shown when it answered. */
export function feishusLatest(date?: number): number {
	const now = Date.now();
	if (date === undefined) return now + CLOCKS_DIFFER_MS;
	const latest = date + SECOND_MS;
	return Math.abs(date - now) < CLOCKS_AGREE_MS ? Math.max(latest, now) : latest;
}

/**
 * Feishu's clock (epoch ms), as well as it is known. A gateway may put its own into the answer: of
 * two that are not far apart, the earlier one overlooks nothing.
 */
export function feishusNow(date = Date.now()): number {
	const now = Date.now();
	return Math.abs(date - now) < CLOCKS_AGREE_MS ? Math.min(date, now) : date;
}
