/** What a contender made of a task. */
export interface Done {
	/** How long it took (ms). */
	ms: number;
	/** Items without a right result. */
	failed: number;
}

/** One copy to make. */
export interface Copy {
	approvalCode: string;
	instanceCode: string;
	userId: string;
	ccUserIds: string[];
}

/** Somebody who reads and copies approvals. */
export interface Contender {
	name: string;
	/** Reads one instance for each of the codes. */
	get(codes: string[]): Promise<Done>;
	/** Makes these copies. */
	cc(copies: Copy[]): Promise<Done>;
}

/** How many calls are under way at once: the node's default for reading; copies go one by one. */
export const CONCURRENCY = 10;

/** All of them in an order that is another one in each round: to be first may help or harm. */
export function inTurn<T>(contenders: T[], round: number): T[] {
	const first = Math.abs(round) % contenders.length;
	return [...contenders.slice(first), ...contenders.slice(0, first)];
}

/** Does `call` for each of `values`, `concurrency` at once. */
export async function inParallel<T>(
	values: T[],
	concurrency: number,
	call: (value: T) => Promise<boolean>,
): Promise<Done> {
	const begun = performance.now();
	let next = 0;
	let failed = 0;
	const worker = async () => {
		while (next < values.length) {
			if (!(await call(values[next++]))) failed++;
		}
	};
	await Promise.all(Array.from({ length: concurrency }, worker));
	return { ms: performance.now() - begun, failed };
}
