import type { Endpoint, JournalEntry } from './model';

/**
 * What goes wrong with one request. `before`/`after` say whether the platform does the work
 * first: a client cannot tell the two apart, and must not guess.
 */
export type Fault =
	/** Sends this instead. A header of null is left out, `x-tt-logid` included. */
	| {
			kind: 'answer';
			status: number;
			body: string | object;
			headers?: Record<string, string | null>;
			after?: boolean;
	  }
	/** The connection is reset. */
	| { kind: 'reset'; when: 'before' | 'after' }
	/** No answer ever. */
	| { kind: 'hang'; when?: 'before' | 'after' }
	/** The right answer, `ms` late; with `after` the work is done before the pause. */
	| { kind: 'slow'; ms: number; after?: boolean }
	/** The right answer's body, one byte every `everyMs`. */
	| { kind: 'drip'; everyMs: number }
	/**
	 * Half a body: `connection` (default) announces the full length and breaks off, `json` is a
	 * complete HTTP 200 whose JSON text ends in the middle.
	 */
	| { kind: 'cut'; how?: 'connection' | 'json'; after?: boolean }
	| { kind: 'redirect'; to: string; status?: 302 | 307 }
	/** Runs a callback when the request arrives, then behaves normally. */
	| { kind: 'run'; do: () => void | Promise<void> };

export interface FaultRule {
	on: Endpoint | ((entry: JournalEntry) => boolean);
	/** How many requests meet the fault; default 1, Infinity allowed. */
	times?: number;
	/** How many matching requests pass unharmed first; default 0. */
	skip?: number;
	fault: Fault;
}

/** The faults to come; of several rules that match, the one added first goes first. */
export class Faults {
	private rules: Array<Required<FaultRule>> = [];

	add(rule: FaultRule): void {
		this.rules.push({ times: 1, skip: 0, ...rule });
	}

	clear(): void {
		this.rules = [];
	}

	/** The fault that this request meets; uses up one of the rule's times. */
	next(entry: JournalEntry): Fault | undefined {
		for (const rule of this.rules) {
			const { on } = rule;
			if (rule.times <= 0) continue;
			if (typeof on === 'function' ? !on(entry) : on !== entry.endpoint) continue;
			if (rule.skip > 0) {
				rule.skip--;
				continue;
			}
			rule.times--;
			return rule.fault;
		}
		return undefined;
	}
}
