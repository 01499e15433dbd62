/** Batches of entries, one after another. */
export type Batches<T> = AsyncGenerator<T[], void, undefined>;

/** Something that was thrown, be it nothing. */
interface Thrown {
	reason: unknown;
}

/**
 * The same batches, asked for before they are wanted as long as fewer than `most` entries wait, so
 * that who makes them and who takes them do not wait for each other.
 */
export async function* readAhead<T>(batches: Batches<T>, most: number): Batches<T> {
	const ready: T[][] = [];
	let waiting = 0;
	let isOver = false;
	let thrown: Thrown | undefined;
	let next: Promise<void> | undefined;

	const take = async () => {
		try {
			const { done, value } = await batches.next();
			if (done === true) isOver = true;
			else waiting += ready[ready.push(value) - 1].length;
		} catch (reason) {
			isOver = true;
			thrown = { reason };
		}
		next = undefined;
		fill();
	};
	const fill = () => {
		if (next === undefined && !isOver && waiting < most) next = take();
	};

	try {
		for (;;) {
			fill();
			if (thrown !== undefined) throw thrown.reason;
			const batch = ready.shift();
			if (batch !== undefined) {
				waiting -= batch.length;
				yield batch;
			} else if (next === undefined) return;
			else await next;
		}
	} finally {
		isOver = true;
	}
}

/**
 * Works on the entries, several at a time, and gives back what comes of them in their order, up to
 * `most`; an entry of which nothing comes does not count. No more entries are begun, and no more
 * batches asked for, than that takes.
 *
 * @throws what the first work that failed has thrown, once those under way have ended
 */
export async function collect<T, R>(
	batches: Batches<T>,
	{ atOnce, most }: { atOnce: number; most: number },
	work: (entry: T) => Promise<R | undefined>,
): Promise<R[]> {
	const results: Array<R | undefined> = [];
	const running = new Set<Promise<void>>();
	let found = 0;
	let thrown: Thrown | undefined;

	const begin = (entry: T) => {
		const place = results.push(undefined) - 1;
		const task = work(entry)
			.then(
				(result) => {
					results[place] = result;
					if (result !== undefined) found++;
				},
				(reason: unknown) => {
					thrown ??= { reason };
				},
			)
			.finally(() => running.delete(task));
		running.add(task);
	};
	const isEnough = () => thrown !== undefined || found >= most;

	for await (const batch of batches) {
		for (const entry of batch) {
			while (!isEnough() && running.size >= Math.min(atOnce, most - found)) {
				await Promise.race(running);
			}
			if (isEnough()) break;
			begin(entry);
		}
		if (most !== Infinity) await Promise.all(running);
		if (isEnough()) break;
	}
	await Promise.all(running);
	if (thrown !== undefined) throw thrown.reason;
	return results.filter((result) => result !== undefined);
}
