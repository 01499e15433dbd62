import type { Window } from '../endpoints';
import { waitUntil, type Cancellation } from '../timing';

interface Lane extends Window {
	/** When the calls that took the places were answered (process ms), place by place. */
	answered: Array<Promise<number>>;
}

/**
 * Keeps the calls to one endpoint inside Feishu's windows; without any, calls go out at once. A
 * place in a window is free again a full window after its call was *answered*: Feishu counted that
 * call some time before, so the limit holds however long calls travel.
 */
export class RateLimiter {
	private readonly lanes: Lane[];
	private readonly widest: Window | undefined;
	/** When calls were answered that Feishu counted (process ms), as many as the widest window holds. */
	private readonly counted: number[] = [];
	private turns = 0;

	constructor(windows: Window[]) {
		this.lanes = windows.map((window) => ({ ...window, answered: [] }));
		this.widest = [...windows].sort((one, other) => other.ms - one.ms)[0];
	}

	/** A call was answered that was not over the limit. */
	count(): void {
		if (this.widest === undefined) return;
		this.counted.push(performance.now());
		if (this.counted.length > this.widest.calls) this.counted.shift();
	}

	/** How long (ms) until the first of the calls that count leaves the widest window. */
	get freeInMs(): number {
		const now = performance.now();
		const { ms } = this.widest ?? { ms: 0 };
		const oldest = this.counted.find((at) => at + ms > now);
		return oldest === undefined ? Infinity : oldest + ms - now;
	}

	/**
	 * Runs `call` when it is its turn; turns are taken in the order of asking.
	 *
	 * @throws ExecutionCancelled as soon as the run has ended
	 */
	async run<T>(call: () => Promise<T>, cancellation: Cancellation): Promise<T> {
		const turn = this.turns++;
		let answered!: (at: number) => void;
		const place = new Promise<number>((resolve) => {
			answered = resolve;
		});
		const before = this.lanes.map(({ calls, ms, answered: places }) => {
			const previous = places[turn % calls];
			places[turn % calls] = place;
			return { previous, ms };
		});
		try {
			for (const { previous, ms } of before) {
				if (previous !== undefined) await waitUntil((await previous) + ms, cancellation);
			}
			return await call();
		} finally {
			answered(performance.now());
		}
	}
}
