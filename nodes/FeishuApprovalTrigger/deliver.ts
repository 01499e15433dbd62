import { withTimeout } from '../../feishu/timing';
import { REMEMBERED_MS } from './events/keys';
import { TIMES } from './times';

/** What became of an event: whether its run was written is not always known in time. */
export type Outcome = 'started' | 'failed' | 'unknown';
/** The same, or that nobody asked for it. */
export type Taken = Outcome | 'unwanted';

/** One event on its way to a run. */
export interface Delivery<T> {
	/** Equal keys are one event. */
	key: string;
	/** Events with the same lane begin in the order in which they came. */
	lane: string;
	/** Makes what is handed over; begins at once. */
	prepare(): Promise<T>;
	/** Hands it to n8n. Never rejects. */
	begin(prepared: T): Promise<Outcome>;
}

const MOST = 10_000;

interface Known {
	outcome: Promise<Outcome>;
	state: { hasBegun: boolean };
	/** Process ms. */
	at: number;
}

/**
 * Makes one run of one event, however often it comes: the memory of one app. n8n's own key does the
 * same over restarts, but forgets events whose run has not begun yet.
 */
export class Deliveries {
	private readonly known = new Map<string, Known>();
	private readonly lanes = new Map<string, Promise<unknown>>();

	/**
	 * What became of an event, as far as it is known after `ms`. One that had not begun by then does
	 * not begin later either: it counts as failed, so that the platform sends it again. Never rejects.
	 */
	async deliver<T>(delivery: Delivery<T>, ms: number): Promise<Outcome> {
		const known = this.known.get(delivery.key) ?? this.start(delivery, performance.now() + ms);
		const outcome = await withTimeout(ms, undefined, async () => await known.outcome);
		return outcome ?? (known.state.hasBegun ? 'unknown' : 'failed');
	}

	private start<T>({ key, lane, prepare, begin }: Delivery<T>, until: number): Known {
		this.forget();
		const turn = Promise.all([prepare(), this.lanes.get(lane)]);
		const state = { hasBegun: false };
		const outcome = turn
			.then(async ([prepared]) => {
				if (performance.now() >= until) return 'failed';
				state.hasBegun = true;
				return await begin(prepared);
			})
			.catch((): Outcome => 'failed');
		const known = { outcome, state, at: performance.now() };
		this.known.set(key, known);
		// What failed is sent again, and is to be tried again then.
		void outcome.then((outcome) => outcome === 'failed' && this.known.delete(key));
		this.take(lane, turn, known);
		return known;
	}

	/** The next event of the lane waits until this one was handed over, and a little for its run. */
	private take(lane: string, turn: Promise<unknown>, { outcome }: Known): void {
		const free: Promise<unknown> = turn
			.catch(() => undefined)
			.then(async () => await withTimeout(TIMES.orderMs, undefined, async () => await outcome))
			.then(() => this.lanes.get(lane) === free && this.lanes.delete(lane));
		this.lanes.set(lane, free);
	}

	private forget(): void {
		const now = performance.now();
		for (const [key, { at }] of this.known) {
			if (this.known.size < MOST && now - at < REMEMBERED_MS) break;
			this.known.delete(key);
		}
	}
}
