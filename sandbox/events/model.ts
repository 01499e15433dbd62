/** How an event reaches an app: it has a request URL, or it holds connections open. */
export type Way = 'webhook' | 'longConnection';

/** An event before it goes into an envelope (API sheet 6.2, 6.3); `app_id` and the like come there. */
export interface PlatformEvent {
	version: 'v1' | 'v2';
	type: string;
	/** What stands in `event` beside `app_id`, `tenant_key` and, in v1, `type`. */
	fields: Record<string, unknown>;
}

/** An envelope as it is sent, before it is encrypted. */
export type Envelope = Record<string, unknown>;

/**
 * A request that does not come from the platform, by what is wrong with it. Without an encrypt key
 * nothing is signed, so that only `token` makes sense.
 *
 * - `signature`: signed with another key;
 * - `unsigned`: no signature headers;
 * - `stale`: signed rightly, an hour ago;
 * - `key`: encrypted and signed with another key;
 * - `tampered`: the body was changed after it was signed;
 * - `plain`: neither encrypted nor signed;
 * - `token`: another verification token.
 */
export type Forgery = 'signature' | 'unsigned' | 'stale' | 'key' | 'tampered' | 'plain' | 'token';

/** One try to push an event. */
export interface Attempt {
	/** Epoch ms on the platform's clock. */
	at: number;
	/** ms until the answer came, or until it was given up. */
	ms: number;
	/** HTTP status of the answer, or `code` of the acknowledgement. */
	status?: number;
	/** The answer's body, or the acknowledgement's payload. */
	answer?: string;
	/** Why the platform does not take it for accepted. */
	problem?: string;
	/** ID of the connection that got the event. */
	connection?: string;
}

/** One event on its way to one app, and what became of it. */
export class Delivery {
	/**
	 * `held`: an earlier event of the same instance and type is not accepted yet; `underway`;
	 * `waiting` for the next try; `accepted`; `refused`: a forgery that was not accepted; `givenUp`
	 * after the last try; `ended`: the sandbox was reset or closed before.
	 */
	state: 'held' | 'underway' | 'waiting' | 'accepted' | 'refused' | 'givenUp' | 'ended' = 'held';
	readonly attempts: Attempt[] = [];

	constructor(
		/** `uuid` or `event_id`: equal in duplicates. */
		readonly id: string,
		readonly event: PlatformEvent,
		readonly appId: string,
		readonly way: Way,
		/** The envelope of every try; over the long connection its token is empty. */
		readonly envelope: unknown,
		readonly forged?: Forgery,
	) {}

	get type(): string {
		return this.event.type;
	}

	get instanceCode(): string | undefined {
		const { fields } = this.event;
		const { instance_code: code } = (fields.object ?? fields) as { instance_code?: unknown };
		return typeof code === 'string' ? code : undefined;
	}

	/** How often it was pushed after the first time. */
	get retries(): number {
		return Math.max(0, this.attempts.length - 1);
	}

	/** ms from the push to the acknowledgement that was accepted. */
	get acknowledgedAfterMs(): number | undefined {
		return this.state === 'accepted' ? this.attempts.at(-1)?.ms : undefined;
	}
}
