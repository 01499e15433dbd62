import { fetchAddress, type Account, type Post } from './endpoint';
import type { Refusal } from './refusal';
import type { Address } from './socket';

/** Somebody who wants the connection of an app. */
export interface Applicant {
	/** As it was read last. */
	account: Account;
	/** Reads it again: the App Secret may have been changed meanwhile. Never rejects. */
	refresh(): Promise<void>;
	/** See `postWith`. */
	post: Post;
}

/** Whether nothing but a change by a person helps. */
export function isRefusedForGood(outcome: Address | Refusal): outcome is Refusal {
	return 'isLasting' in outcome && outcome.isLasting;
}

/**
 * Which App Secrets the platform accepts. Those who share a connection know one each, usually the
 * same; who knows a wrong one gets no events of the app, whatever others know.
 */
export class Secrets {
	/** Whether it is accepted. */
	private readonly judged = new Map<string, boolean>();

	/** @param onVerdict told each time that the platform accepts a secret, or refuses it for good */
	constructor(private readonly onVerdict: (secret: string, refusal?: Refusal) => void) {}

	accepts({ appSecret }: Account): boolean {
		return this.judged.get(appSecret) === true;
	}

	hasJudged({ appSecret }: Account): boolean {
		return this.judged.has(appSecret);
	}

	/** Asks for an address with the secret of one. Never throws. */
	async ask({ account, post }: Applicant): Promise<Address | Refusal> {
		const outcome = await fetchAddress(account, post);
		if ('url' in outcome) {
			this.judged.set(account.appSecret, true);
			this.onVerdict(account.appSecret);
		} else if (outcome.isLasting) {
			this.judged.set(account.appSecret, false);
			this.onVerdict(account.appSecret, outcome);
		}
		return outcome;
	}

	/** Asks once with each secret of today; a refusal that time cures counts for more than one that it does not. */
	async askAll(applicants: Applicant[]): Promise<Address | Refusal> {
		await Promise.all(applicants.map(async (one) => await one.refresh()));
		const bySecret = new Map(applicants.map((one) => [one.account.appSecret, one]));
		const outcomes: Array<Address | Refusal> = [];
		for (const applicant of bySecret.values()) outcomes.push(await this.ask(applicant));
		const address = outcomes.findLast((outcome) => 'url' in outcome);
		return address ?? outcomes.find((outcome) => !isRefusedForGood(outcome)) ?? outcomes[0];
	}
}
