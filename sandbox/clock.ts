/** The platform's clock, epoch ms: it runs with the real one and can be moved ahead of it. */
export class Clock {
	private ahead: number;

	/** @param offsetMs ms by which the platform's clock differs from this machine's at the start */
	constructor(private readonly offsetMs = 0) {
		this.ahead = offsetMs;
	}

	now(): number {
		return Date.now() + this.ahead;
	}

	advance(ms: number): void {
		this.ahead += ms;
	}

	reset(): void {
		this.ahead = this.offsetMs;
	}
}
