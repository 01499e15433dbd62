/** How long things may take before the node goes on without them (ms). */
export const TIMEOUTS = {
	/** One answer, from sending to its last byte. */
	answerMs: 30_000,
	/** The exchange of app ID and secret for a token. */
	exchangeMs: 20_000,
	/**
	 * How long one exchange answers everybody in this process who asks for the same app. Calls that
	 * read the credential just before the new token was saved come a little late.
	 */
	sharedMs: 10_000,
	/** The download of one file, from asking for it to its last byte. */
	fileMs: 600_000,
	/** The upload of one file, until it is answered. */
	uploadMs: 300_000,
	/** The first pause before a repeat; every further one is three times as long. */
	pauseMs: 400,
	/** The longest single pause for a rate limit: the longest window that Feishu publishes. */
	limitMs: 60_000,
	/** How long one call may keep meeting the limit: longer than any limit that time hints. */
	limitedMs: 20 * 60_000,
	/** After a write whose answer was lost, until Feishu is expected to show it. */
	settleMs: 1_500,
	/** And if Feishu does not show it then, until the write counts as not done. */
	lateMs: 10_000,
	/** How often a long search says in n8n's log how far it is; a shorter one says nothing. */
	progressMs: 60_000,
};
