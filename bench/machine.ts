/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- a program for a terminal */
import { cpus } from 'node:os';

const WORK_MS = 100;

/**
 * The part of a processor that this process gets while it has something to do. Where others take
 * much of it, all that needs CPU takes longer than it should, and what waits for answers does not.
 */
export function share(): number {
	const begun = performance.now();
	const before = process.cpuUsage();
	let used = 0;
	while (used < WORK_MS) {
		const { user, system } = process.cpuUsage(before);
		used = (user + system) / 1000;
	}
	return Math.min(1, used / (performance.now() - begun));
}

/** What the bench ran on. */
export function machine(shares: number[]) {
	const all = cpus();
	return { node: process.version, processors: all.length, model: all[0]?.model, shares };
}
