import type { Sending } from '../longConnection/connection';
import { LongConnectionHost } from '../longConnection/host';
import { newEventId } from './envelope';
import { encrypt, type Keys } from './keys';
import type { Attempt, Delivery, Envelope, Way } from './model';
import { JSON_BODY, pushRequest } from './pushRequest';
import { WebhookSender } from './webhook';

/** What came of checking a request URL, as the console does it. */
export interface UrlCheck {
	isAccepted: boolean;
	ms: number;
	status?: number;
	answer?: string;
	problem?: string;
}

const CHALLENGE_WITHIN_MS = 1000;

/** Where each app gets its events, and how one is brought there. */
export class Receivers {
	readonly longConnection = new LongConnectionHost();
	private readonly requestUrls = new Map<string, Keys & { url: string }>();
	private readonly sender = new WebhookSender();

	/** @param answerWithinMs how long a receiver has for its answer */
	constructor(public answerWithinMs: number) {}

	/** Sets the one request URL of an app; undefined takes it away. */
	setRequestUrl(appId: string, url: string | undefined, keys: Keys): void {
		if (url === undefined) this.requestUrls.delete(appId);
		else this.requestUrls.set(appId, { url, ...keys });
	}

	/** The request URL if the app has one, else its connections, if it ever had some. */
	wayOf(appId: string): Way | undefined {
		if (this.requestUrls.has(appId)) return 'webhook';
		return this.longConnection.isUsedBy(appId) ? 'longConnection' : undefined;
	}

	/** The verification token that goes with the app's events; none over the long connection. */
	tokenOf(appId: string, way: Way): string {
		return (way === 'webhook' && this.requestUrls.get(appId)?.verificationToken) || '';
	}

	/** Sends a challenge (API sheet 6.4): encrypted if there is a key, never signed. */
	async checkUrl(
		url: string,
		{ encryptKey, verificationToken: token = '' }: Keys,
		alter: (body: Envelope) => unknown = (body) => body,
	): Promise<UrlCheck> {
		const challenge = newEventId();
		const text = JSON.stringify(alter({ challenge, token, type: 'url_verification' }));
		const body = encryptKey ? JSON.stringify({ encrypt: encrypt(encryptKey, text) }) : text;
		const request = { body, headers: JSON_BODY };
		const check = await this.sender.post(url, request, CHALLENGE_WITHIN_MS);
		return { ...check, isAccepted: !check.problem && echoOf(check.answer) === challenge };
	}

	/** Tries once to bring an event to its app; `at` is the platform's time, epoch ms. */
	async send(delivery: Delivery, at: number, sending: Sending): Promise<Attempt> {
		const { appId, way, envelope, forged } = delivery;
		// A text is sent as it is, whether it is JSON or not.
		const text = typeof envelope === 'string' ? envelope : JSON.stringify(envelope);
		if (way === 'longConnection') {
			const sent = await this.longConnection.send(appId, text, this.answerWithinMs, sending);
			return { at, ...sent };
		}
		const receiver = this.requestUrls.get(appId);
		if (receiver === undefined) return { at, ms: 0, problem: 'the app has no request URL' };
		const request = pushRequest(text, receiver, Math.floor(at / 1000), forged);
		return { at, ...(await this.sender.post(receiver.url, request, this.answerWithinMs)) };
	}

	/** Breaks off what is under way to request URLs. */
	abort(): void {
		this.sender.abort();
	}
}

function echoOf(answer = ''): unknown {
	try {
		return (JSON.parse(answer) as { challenge?: unknown } | null)?.challenge;
	} catch {
		return undefined;
	}
}
