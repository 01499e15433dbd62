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

const nothing = () => undefined;

interface Known {
	lane: string;
	/** Resolves when it was handed to n8n, or could not be; holds nothing of it, for it is kept long. */
	handedOver: Promise<void>;
	outcome: Promise<Outcome>;
	/** What is acknowledged without its outcome does not come again; `paused`: it is begun anew soon. */
	state: 'waiting' | 'begun' | 'acknowledged' | 'paused' | 'ended';
	/** Process ms. */
	at: number;
}

/**
 * Makes one run of one event, however often it comes: the memory of one node. n8n's own key does the
 * same over restarts, but forgets events whose run has not begun yet.
 */
export class Deliveries {
	private readonly known = new Map<string, Known>();
	/** The last event of each. */
	private readonly lanes = new Map<string, Known>();

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
			case 'begun':
				known.state = 'acknowledged';
		}
		return 'unknown';
	}

	private start<T>(delivery: Delivery<T>, until: number): Known {
		this.forget();
		const { key, lane, prepare } = delivery;
		const before = this.lanes.get(lane);
		const turn = Promise.all([prepare(), before && freeAfter(before, until - TIMES.orderMs)]);
		const known: Known = {
			lane,
			outcome: turn
				.then(async ([prepared]) => {
					// What is begun anew is not to be overtaken.
					const isTooEarly = before?.state === 'paused';
					if (isTooEarly || performance.now() >= until) return 'failed';
					return await this.begin(known, delivery, prepared);
				})
				.catch((): Outcome => 'failed'),
			// After what stands above has begun it.
			handedOver: turn.then(nothing, nothing),
			state: 'waiting',
			at: performance.now(),
		};
		this.known.set(key, known);
		this.lanes.set(lane, known);
		void known.outcome.then((outcome) => {
			known.state = 'ended';
			// What failed is sent again, and is to be tried again then.
			if (outcome === 'failed') this.known.delete(key);
			this.leaveLane(known, before);
		});
		return known;
	}

	/** What fails after it was acknowledged is begun anew for a while, since nobody sends it again. */
	private async begin<T>(known: Known, delivery: Delivery<T>, prepared: T): Promise<Outcome> {
		const { begin, giveUp } = delivery;
		known.state = 'begun';
		for (const pauseMs of [...TIMES.beginAgainMs, undefined]) {
			const outcome = await begin(prepared).catch((): Outcome => 'failed');
			if (outcome !== 'failed' || known.state === 'begun') return outcome;
			if (pauseMs === undefined) break;
			known.state = 'paused';
			await waitUntil(performance.now() + pauseMs, new Cancellation());
			known.state = 'acknowledged';
		}
		giveUp();
		return 'failed';
	}

	/** Leaves the lane to the one before, if it may still be on its way. */
	private leaveLane(known: Known, before?: Known): void {
		const { lane } = known;
		if (this.lanes.get(lane) !== known) return;
		if (before === undefined || before.state === 'ended') this.lanes.delete(lane);
		else this.lanes.set(lane, before);
	}

	private forget(): void {
		const now = performance.now();
		for (const [key, known] of this.known) {
			if (this.known.size < MOST && now - known.at < REMEMBERED_MS) break;
			this.known.delete(key);
			this.leaveLane(known);
		}
	}
}

/** When the next event of the lane may begin: what became of this one is known, or `latest` (process ms). */
async function freeAfter({ handedOver, outcome }: Known, latest: number): Promise<void> {
	await handedOver;
	await withTimeout(latest - performance.now(), undefined, async () => await outcome);
}
