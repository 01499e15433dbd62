/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- tests, not nodes */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** What keeps the process busy, by kind. */
export function busyWith(): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const kind of process.getActiveResourcesInfo()) counts[kind] = (counts[kind] ?? 0) + 1;
	return counts;
}

/** How much memory (bytes) is in use once what nobody holds is gone. */
export function memoryInUse(): number {
	setFlagsFromString('--expose_gc');
	const collect = runInNewContext('gc') as () => void;
	for (let time = 0; time < 3; time++) collect();
	return process.memoryUsage().heapUsed;
}
