import { ENDPOINTS } from '../../../../../feishu/endpoints';
import { TIMEOUTS } from '../../../../../feishu/timeouts';

/** How long (ms) so many calls take that list instances, by the limit of their endpoint. */
function durationOf(calls: number): number {
	return Math.max(
		0,
		...ENDPOINTS.listInstances.windows.map((window) => (calls / window.calls) * window.ms),
	);
}

/** Tells n8n's log of a walk that takes long how long it will take, and again and again how far it is. */
export class Progress {
	private toldAt = performance.now();
	private done = 0;
	private instances = 0;

	constructor(
		private readonly total: number,
		private readonly log: (text: string) => void,
	) {
		const ms = durationOf(total);
		if (ms <= TIMEOUTS.progressMs) return;
		const minutes = Math.ceil(ms / 60_000);
		this.tell(`${total} windows of at most 10 hours, which takes about ${minutes} minutes`);
	}

	/** One more window was read to its end. */
	windowDone(): void {
		this.done++;
		this.tellAgain();
	}

	/** One more instance was read. */
	instanceRead(): void {
		this.instances++;
		this.tellAgain();
	}

	private tellAgain(): void {
		if (performance.now() - this.toldAt < TIMEOUTS.progressMs) return;
		this.tell(`${this.done} of ${this.total} windows done, ${this.instances} instances read`);
	}

	private tell(text: string): void {
		this.toldAt = performance.now();
		this.log(`Feishu Approval, Get Many: ${text}`);
	}
}
