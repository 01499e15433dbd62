/* eslint-disable @n8n/community-nodes/no-restricted-globals -- another client */
import type { Sandbox } from '../../sandbox';

const MINUTE_MS = 60_000;

/** Other clients, one for each of some apps: they copy evenly, whatever the contenders do. */
export class Others {
	/** When they called (epoch ms on the platform's clock), the minute before the start included. */
	readonly arrivals: number[] = [];
	private timer: NodeJS.Timeout | undefined;

	constructor(
		private readonly sandbox: Sandbox,
		private readonly appIds: string[],
	) {}

	/** @param perMinute how many copies each makes in a minute; so each did in the last one */
	start(perMinute: number): void {
		const everyMs = MINUTE_MS / perMinute;
		for (let past = 0; past < perMinute; past++) {
			this.call();
			this.sandbox.clock.advance(everyMs);
		}
		const begun = Date.now();
		let made = 0;
		const next = () => {
			this.call();
			made++;
			this.timer = setTimeout(next, begun + made * everyMs - Date.now());
		};
		next();
	}

	stop(): void {
		clearTimeout(this.timer);
	}

	private call(): void {
		for (const appId of this.appIds) this.sandbox.limits.consume('cc', 1, appId);
		this.arrivals.push(this.sandbox.clock.now());
	}
}
