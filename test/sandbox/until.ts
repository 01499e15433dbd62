/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { setTimeout as wait } from 'node:timers/promises';

/** Waits until something is so; throws after 10 s. */
export async function until(isSo: () => boolean): Promise<void> {
	const end = Date.now() + 10_000;
	while (!isSo()) {
		if (Date.now() > end) throw new Error(`Still not so after 10 s: ${String(isSo)}`);
		await wait(5);
	}
}
