/** How long the long connection waits for things (ms). */
export const CONNECTION_TIMES = {
	/** An event is acknowledged by then, whatever became of it: the platform waits for 3 s. */
	acknowledgeMs: 2_000,
	/** So much earlier those who take an event have to say what became of it. */
	marginMs: 200,
	/** How long after n8n has started an event counts as not taken by all: others may still join. */
	startMs: 10_000,
	/** How long an event waits for a workflow that is just being published again. */
	adoptMs: 1_500,
	/** How long a connection is kept after the last workflow has left it. */
	keepMs: 5_000,
	/** From the start of the handshake until the connection is open. */
	openMs: 20_000,
	/** The first pause while the platform has not said yet how long it should be. */
	firstPauseMs: 5_000,
	/** The shortest pause, so that a platform that ends every connection at once is not flooded. */
	shortestPauseMs: 1_000,
	/** The longest pause, unless the platform asks for a longer one. */
	longestPauseMs: 300_000,
	/** Between two tries after a refusal that time does not cure. */
	refusedPauseMs: 600_000,
	/** After the opening, until the platform is asked how many connections the app has. */
	countAfterMs: 5_000,
	/** Until it is asked again: a connection that broke is counted for a while. */
	countAgainMs: 180_000,
	/** Until they are counted anew: rarely, since each call counts for the month's quota. */
	countEveryMs: 21_600_000,
};

/**
 * Waits for `ms`, or until `ended`. Holds nothing but itself: the timer lets the process end, and is
 * gone when nobody listens to it any more.
 */
export async function pause(ms: number, ended: AbortSignal): Promise<void> {
	if (ended.aborted) return;
	const timer = AbortSignal.timeout(Math.ceil(ms));
	await new Promise<void>((resolve) => {
		const end = () => {
			timer.removeEventListener('abort', end);
			ended.removeEventListener('abort', end);
			resolve();
		};
		timer.addEventListener('abort', end);
		ended.addEventListener('abort', end);
	});
}
