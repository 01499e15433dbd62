/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { setImmediate as turn } from 'node:timers/promises';

/** What is alive between two batches. */
export interface Sample {
	/** Since the beginning (ms). */
	at: number;
	/** Bytes on the heap and beside it, after a forced collection. */
	bytes: number;
	sockets: number;
	timers: number;
}

const MB = 1024 * 1024;
/** After this time (ms) everything is compiled, cached and pooled; in a short run, after half of it. */
const WARM_UP_MS = 300_000;
/** More than this may not be added from the first quarter after the warm-up to the last. */
const GROWTH_BYTES = 2 * MB;
/** Connections that are kept for the next call, not more of them at the end than this many. */
const SOCKETS = 20;

/** What keeps the process alive, by kind. */
export function alive(kind: RegExp): string[] {
	return process.getActiveResourcesInfo().filter((resource) => kind.test(resource));
}

export async function sample(since: number): Promise<Sample> {
	const { gc } = globalThis as { gc?: () => void };
	if (gc === undefined) throw new Error('Run it with --expose-gc');
	for (let round = 0; round < 3; round++) {
		await turn();
		gc();
	}
	const { heapUsed, external } = process.memoryUsage();
	return {
		at: performance.now() - since,
		bytes: heapUsed + external,
		sockets: alive(/^TCPSocketWrap$/).length,
		timers: alive(/^(Timeout|Immediate)$/).length,
	};
}

export function inMb(bytes: number): string {
	return `${(bytes / MB).toFixed(1)} MB`;
}

function median(numbers: number[]): number {
	return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
}

/** How the heap went on after the warm-up, and whether that is flat. */
export function flatness(samples: Sample[]): { text: string; flat: boolean } {
	const end = samples[samples.length - 1]?.at ?? 0;
	const warm = samples.filter(({ at }) => at > Math.min(WARM_UP_MS, end / 2));
	const quarter = Math.max(1, Math.floor(warm.length / 4));
	const before = median(warm.slice(0, quarter).map(({ bytes }) => bytes));
	const after = median(warm.slice(-quarter).map(({ bytes }) => bytes));
	const sockets = median(warm.slice(-quarter).map((each) => each.sockets));
	const text = [
		`Memory after the warm-up: ${inMb(before)}, at the end ${inMb(after)}`,
		`(medians of ${quarter} of ${warm.length} samples; may grow by ${inMb(GROWTH_BYTES)})`,
	].join(' ');
	return { text, flat: after - before <= GROWTH_BYTES && sockets <= SOCKETS };
}
