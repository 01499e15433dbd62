/* eslint-disable @n8n/community-nodes/no-restricted-globals */

/** How often (ms) a command looks whether who started it is still there. */
const LOOK_MS = 500;

/**
 * Calls `end` once the process that started this one is gone: npm passes no signal on to commands
 * that it has started through a shell.
 */
export function whenOrphaned(end: () => void): void {
	const parent = process.ppid;
	const watch = setInterval(() => {
		if (process.ppid === parent) return;
		clearInterval(watch);
		end();
	}, LOOK_MS);
	watch.unref();
}
