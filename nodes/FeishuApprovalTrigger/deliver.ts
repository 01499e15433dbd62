import { Cancellation, waitUntil, withTimeout } from '../../feishu/timing';
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
	/** Hands it to n8n; equal keys make one run there, too, so that it may be called again. */
	begin(prepared: T): Promise<Outcome>;
	/** Says that it is lost: it was acknowledged, and n8n would not take it afterwards. */
	giveUp(): void;
}

const MOST = 10_000;

interface Known {
	outcome: Promise<Outcome>;
	/** What is acknowledged without its outcome does not come again. */
	state: 'waiting' | 'begun' | 'acknowledged' | 'ended';
	/** Process ms. */
	at: number;
}

/**
 * Makes one run of one event, however often it comes: the memory of one node. n8n's own key does the
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
		if (outcome !== undefined) return outcome;
		switch (known.state) {
			case 'waiting':
				return 'failed';
			case 'ended':
				return await known.outcome;
			default:
				known.state = 'acknowledged';
				return 'unknown';
		}
	}

	private start<T>(delivery: Delivery<T>, until: number): Known {
		this.forget();
		const { key, lane, prepare } = delivery;
		const turn = Promise.all([prepare(), this.lanes.get(lane)]);
		const known: Known = {
			outcome: turn
				.then(async ([prepared]) => {
					if (performance.now() >= until) return 'failed';
					return await this.begin(known, delivery, prepared);
				})
				.catch((): Outcome => 'failed'),
			state: 'waiting',
			at: performance.now(),
		};
		this.known.set(key, known);
		void known.outcome.then((outcome) => {
			known.state = 'ended';
			// What failed is sent again, and is to be tried again then.
			if (outcome === 'failed') this.known.delete(key);
		});
		this.occupy(lane, this.freeAfter(turn, known));
		return known;
	}

	/** When the next event of the lane may begin: this one was handed over, and a little later. */
	private async freeAfter(handedOver: Promise<unknown>, { outcome }: Known): Promise<void> {
		await handedOver.catch(() => undefined);
		await withTimeout(TIMES.orderMs, undefined, async () => await outcome);
	}

	/** What fails after it was acknowledged is begun anew for a while, since nobody sends it again. */
	private async begin<T>(known: Known, delivery: Delivery<T>, prepared: T): Promise<Outcome> {
		const { lane, begin, giveUp } = delivery;
		known.state = 'begun';
		for (const pauseMs of [...TIMES.beginAgainMs, undefined]) {
			const outcome = await begin(prepared).catch((): Outcome => 'failed');
			if (outcome !== 'failed' || known.state === 'begun') return outcome;
			if (pauseMs === undefined) break;
			const again = waitUntil(performance.now() + pauseMs, new Cancellation());
			// Events that come meanwhile are not to overtake it.
			this.occupy(lane, Promise.all([this.lanes.get(lane), this.freeAfter(again, known)]));
			await again;
		}
		giveUp();
		return 'failed';
	}

	private occupy(lane: string, free: Promise<unknown>): void {
		const taken: Promise<unknown> = free.then(
			() => this.lanes.get(lane) === taken && this.lanes.delete(lane),
		);
		this.lanes.set(lane, taken);
	}

	private forget(): void {
		const now = performance.now();
		for (const [key, { at }] of this.known) {
			if (this.known.size < MOST && now - at < REMEMBERED_MS) break;
			this.known.delete(key);
		}
	}
}
