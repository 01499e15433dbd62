/** How long the trigger waits for what (ms). */
export const TIMES = {
	/** Until a push by webhook is answered in any case: the platform waits for three seconds. */
	webhookMs: 1_500,
	/** How long the keys of a credential are taken as they were read. */
	keysMs: 60_000,
	/** How soon they are read again where a request does not fit them. */
	keysAgainMs: 1_000,
	/** Until an event goes on without its instance. */
	instanceMs: 800,
	/** So long before it has to be answered, an event no longer waits for the one before of the same instance. */
	orderMs: 500,
	/** Before what was acknowledged, and n8n then did not take, is begun anew: five minutes in all. */
	beginAgainMs: [1_000, 2_000, 4_000, 8_000, 15_000, 30_000, 60_000, 60_000, 60_000, 60_000],
	/** After its start, or after a workflow came or left, others of this n8n may be about to listen. */
	settlingMs: 30_000,
	/** How long activation waits for the subscriptions; what is open then goes on by itself. */
	subscribeMs: 10_000,
	/** The first pause before what could not be subscribed is tried again; it doubles each time. */
	subscribeAgainMs: 5_000,
	/** The longest of these pauses. */
	subscribeLongestMs: 300_000,
	/** Until a workflow that stopped listening counts as unpublished: published anew, it listens again. */
	unpublishedMs: 10_000,
};
