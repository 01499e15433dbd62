/* eslint-disable @n8n/community-nodes/no-restricted-globals -- a server, not a node */
import type { Attempt, Delivery } from './model';

/** When an event that was not accepted is pushed again (API sheet 6.8), ms after the try before. */
export const RETRY_AFTER_MS: readonly number[] = [15_000, 300_000, 3_600_000, 21_600_000];

/** One try to push. */
export type Push = (delivery: Delivery) => Promise<Attempt>;

/**
 * Pushes events until they are accepted. While one is not, later ones of the same app, instance and
 * type are held back; all others go their own ways.
 */
export class DeliveryQueue {
	private readonly tails = new Map<string, Promise<unknown>>();
	private readonly underway = new Set<Promise<unknown>>();
	private readonly pauses = new Set<() => void>();
	private current = { isOver: false };

	/**
	 * @param scale what the pauses between tries are multiplied with
	 * @param onAttempt called after each try, when its outcome is known
	 */
	constructor(
		private readonly push: Push,
		private readonly scale: number,
		private readonly onAttempt: (delivery: Delivery) => void = () => undefined,
	) {}

	/** Adds deliveries of one event: they are pushed at the same time, once it is their turn. */
	add(deliveries: Delivery[]): void {
		const [{ appId, type, instanceCode, id }] = deliveries;
		const key = [appId, type, instanceCode ?? id].join(' ');
		const { current } = this;
		const before = this.tails.get(key) ?? Promise.resolve();
		const own = before.then(
			async () =>
				await Promise.all(
					deliveries.map(async (delivery) => await this.deliver(delivery, current)),
				),
		);
		this.tails.set(key, own);
		void this.track(own).then(() => {
			if (this.tails.get(key) === own) this.tails.delete(key);
		});
	}

	/** Pushes something once, now, whatever is held back. */
	addForgery(delivery: Delivery): void {
		void this.track(this.deliver(delivery, this.current));
	}

	/** Resolves when nothing is held back, under way or waiting for another try. */
	async settled(): Promise<void> {
		while (this.underway.size > 0) await Promise.all(this.underway);
	}

	/** Ends all pauses: what waits for another try is pushed now. */
	retryNow(): void {
		for (const end of [...this.pauses]) end();
	}

	/** Gives up all deliveries. */
	clear(): void {
		this.current.isOver = true;
		this.current = { isOver: false };
		this.tails.clear();
		this.retryNow();
	}

	private async track(work: Promise<unknown>): Promise<void> {
		this.underway.add(work);
		await work;
		this.underway.delete(work);
	}

	private async deliver(delivery: Delivery, run: { isOver: boolean }): Promise<void> {
		for (const pause of [...RETRY_AFTER_MS, undefined]) {
			if (run.isOver) break;
			delivery.state = 'underway';
			const attempt = await this.push(delivery);
			if (run.isOver) break;
			delivery.attempts.push(attempt);
			delivery.state = stateAfter(attempt, delivery.forged !== undefined, pause === undefined);
			this.onAttempt(delivery);
			if (pause === undefined || delivery.state !== 'waiting') return;
			await this.pause(pause * this.scale);
		}
		delivery.state = 'ended';
	}

	private async pause(ms: number): Promise<void> {
		await new Promise<void>((resolve) => {
			const end = () => {
				clearTimeout(timer);
				this.pauses.delete(end);
				resolve();
			};
			const timer = setTimeout(end, ms);
			this.pauses.add(end);
		});
	}
}

function stateAfter(
	{ problem }: Attempt,
	isForged: boolean,
	isLast: boolean,
): 'accepted' | 'refused' | 'givenUp' | 'waiting' {
	if (problem === undefined) return 'accepted';
	if (isForged) return 'refused';
	return isLast ? 'givenUp' : 'waiting';
}
