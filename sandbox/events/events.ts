import type { Sending } from '../longConnection/connection';
import type { LongConnectionHost } from '../longConnection/host';
import { newEventId, wrap } from './envelope';
import type { Keys } from './keys';
import { Delivery, type Envelope, type Forgery, type PlatformEvent, type Way } from './model';
import { DeliveryQueue } from './queue';
import { Receivers, type UrlCheck } from './receivers';

/** How long the platform waits, and how fast its time goes. */
export interface EventsOptions {
	/** What the pauses between tries (15 s, 5 min, 1 h, 6 h) are multiplied with; default 1. */
	retryScale?: number;
	/** An event is accepted if it is answered within so many ms; default 3000. */
	answerWithinMs?: number;
	/** Called after each try to push. */
	onAttempt?: (delivery: Delivery) => void;
}

/** How one event is pushed. */
export interface PushOptions extends Sending {
	/** Default: every app that wants the event. */
	appId?: string;
	/** Default: the request URL if the app has one, else its connections. */
	to?: Way;
	/** Default: a new one for each app. */
	id?: string;
	/** So many more of the same, at the same moment. */
	duplicate?: number;
	/** A request that does not come from the platform: pushed once, at once. Webhook only. */
	forge?: Forgery;
	/** Changes the envelope before it is sent, or puts something else in its place; a text is sent raw. */
	alter?: (envelope: Envelope) => unknown;
	/** Also to apps that have not subscribed to the event's definition. */
	evenUnsubscribed?: boolean;
}

/** What of the platform the events need to know. */
interface Surroundings {
	clock: { now(): number };
	apps: ReadonlyMap<string, unknown>;
	isSubscribed(appId: string, approvalCode: string): boolean;
}

/** Pushes events to apps, and remembers what became of them (API sheet 6). */
export class Events {
	/** Everything that was pushed, in order. */
	readonly deliveries: Delivery[] = [];
	/** Where clients connect: their connections, and what they are told. */
	readonly longConnection: LongConnectionHost;
	private readonly receivers: Receivers;
	private readonly queue: DeliveryQueue;
	private readonly sendings = new WeakMap<Delivery, Sending>();

	constructor(
		private readonly platform: Surroundings,
		{ retryScale = 1, answerWithinMs = 3000, onAttempt }: EventsOptions = {},
	) {
		this.receivers = new Receivers(answerWithinMs);
		this.longConnection = this.receivers.longConnection;
		this.queue = new DeliveryQueue(
			async (delivery) =>
				await this.receivers.send(
					delivery,
					platform.clock.now(),
					this.sendings.get(delivery) ?? {},
				),
			retryScale,
			onAttempt,
		);
	}

	/** How long (ms) receivers have for their answer, from the next try on. */
	set answerWithinMs(ms: number) {
		this.receivers.answerWithinMs = ms;
	}

	/** Sets the one request URL of an app, unchecked; undefined takes it away. */
	setRequestUrl(url: string | undefined, keys: Keys = {}, appId = this.firstApp()): void {
		this.receivers.setRequestUrl(appId, url, keys);
	}

	/**
	 * Checks a request URL and saves it if it answers with the challenge within 1 s, as the console
	 * does (API sheet 6.4).
	 *
	 * @param alter changes what is sent, such as the challenge without its `type`
	 */
	async saveRequestUrl(
		url: string,
		keys: Keys = {},
		{ appId = this.firstApp(), alter }: Pick<PushOptions, 'appId' | 'alter'> = {},
	): Promise<UrlCheck> {
		const check = await this.receivers.checkUrl(url, keys, alter);
		if (check.isAccepted) this.setRequestUrl(url, keys, appId);
		return check;
	}

	/**
	 * Pushes an event to the apps that want it: they can be reached and, where the event names a
	 * definition, have subscribed to it. Returns at once with what was sent out: nothing if no app
	 * wants it.
	 */
	push(event: PlatformEvent, options: PushOptions = {}): Delivery[] {
		return this.appsFor(event, options).flatMap(([appId, way]) => {
			const made = this.makeDeliveries(event, appId, options.to ?? way, options);
			if (options.forge) for (const delivery of made) this.queue.addForgery(delivery);
			else this.queue.add(made);
			return made;
		});
	}

	/** Pushes the same event once more, with the same ID, whatever became of it. */
	repeat(delivery: Delivery): Delivery {
		const { id, event, appId, way, envelope } = delivery;
		const again = this.remember(
			new Delivery(id, event, appId, way, envelope),
			this.sendings.get(delivery) ?? {},
		);
		this.queue.add([again]);
		return again;
	}

	/** Pushes at once what waits for another try. */
	retryNow(): void {
		this.queue.retryNow();
	}

	/** Resolves when every event is accepted, refused or given up. */
	async settled(): Promise<void> {
		await this.queue.settled();
	}

	/** Forgets all deliveries; request URLs and open connections stay. */
	reset(): void {
		this.queue.clear();
		this.receivers.abort();
		this.deliveries.length = 0;
		this.longConnection.reset();
	}

	/** Gives up all deliveries and ends all connections; no timer is left. */
	async close(): Promise<void> {
		this.queue.clear();
		this.receivers.abort();
		await this.longConnection.close();
		await this.settled();
	}

	private firstApp(): string {
		const [first] = this.platform.apps.keys();
		return first;
	}

	private appsFor({ fields }: PlatformEvent, options: PushOptions): Array<[string, Way]> {
		const named = (fields.object ?? fields) as Record<string, unknown>;
		const code = named.approval_code ?? named.definition_code;
		const apps = options.appId === undefined ? this.platform.apps.keys() : [options.appId];
		return [...apps].flatMap((appId): Array<[string, Way]> => {
			const way = this.receivers.wayOf(appId);
			const isWanted =
				options.evenUnsubscribed === true ||
				typeof code !== 'string' ||
				this.platform.isSubscribed(appId, code);
			return way !== undefined && isWanted ? [[appId, way]] : [];
		});
	}

	private makeDeliveries(
		event: PlatformEvent,
		appId: string,
		way: Way,
		{ id = newEventId(), duplicate = 0, forge, alter, parts, order }: PushOptions,
	): Delivery[] {
		if (forge && way !== 'webhook') throw new Error('Only requests to a request URL can be forged');
		const token = forge === 'token' ? 'somebody-elses-token' : this.receivers.tokenOf(appId, way);
		const wrapped = wrap(event, { id, appId, token, at: this.platform.clock.now() });
		const envelope = alter === undefined ? wrapped : alter(wrapped);
		return Array.from({ length: 1 + duplicate }, () =>
			this.remember(new Delivery(id, event, appId, way, envelope, forge), { parts, order }),
		);
	}

	private remember(delivery: Delivery, sending: Sending): Delivery {
		this.sendings.set(delivery, sending);
		this.deliveries.push(delivery);
		return delivery;
	}
}
