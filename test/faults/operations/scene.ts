/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { isDeepStrictEqual } from 'node:util';

import type { Fault, JournalEntry, Sandbox } from '../../../sandbox';
import type { Variant } from '../../contract/row';
import { bare, wireOf, type Trial } from '../../contract/trial';

/** A call that was lost and is carried out after all carries this. */
const LATE = 'x-carried-out-late';

/** What may happen to one item of a trial. */
export class Scene {
	/** How often a call of the item met the fault. */
	hits = 0;
	private lost: JournalEntry | undefined;

	constructor(
		readonly sandbox: Sandbox,
		readonly variant: Variant,
		private readonly trial: Trial,
		private readonly target: number,
	) {}

	/** The first call of the item meets the fault, `times` times. */
	readonly meet = (fault: Fault, times = 1): void => {
		const call = bare(this.trial.callOf(this.target));
		const on = (entry: JournalEntry) => {
			if (LATE in entry.headers || !isDeepStrictEqual(wireOf(entry), call)) return false;
			this.hits++;
			this.lost ??= entry;
			return true;
		};
		this.sandbox.faults.add({ on, times, fault });
	};

	/** What is asked about the item after its call has met the fault meets another. */
	readonly thenMeet = (fault: Fault, { skip = 0, times = Infinity } = {}): void => {
		const on = (entry: JournalEntry) =>
			this.lost !== undefined && entry !== this.lost && this.isOwn(entry);
		this.sandbox.faults.add({ on, skip, times, fault });
	};

	/**
	 * The first call of the item is lost, but the platform carries it out after all: at the `n`th
	 * request about the item that comes after it.
	 */
	readonly carryOutLate = (n: number): void => {
		this.meet({ kind: 'reset', when: 'before' });
		this.thenMeet(
			{ kind: 'run', do: async () => await this.carryOut() },
			{ skip: n - 1, times: 1 },
		);
	};

	private isOwn({ path, rawQuery, rawBody, headers }: JournalEntry): boolean {
		const text = `${path} ${rawQuery} ${rawBody}`;
		const words = this.trial.ownWords(this.target);
		return !(LATE in headers) && words.some((word) => text.includes(word));
	}

	private async carryOut(): Promise<void> {
		const { method, path, rawQuery, rawBody, token } = this.lost!;
		const query = rawQuery === '' ? '' : `?${rawQuery}`;
		const answer = await fetch(`${this.sandbox.url}${path}${query}`, {
			method,
			headers: {
				authorization: `Bearer ${token}`,
				'content-type': 'application/json; charset=utf-8',
				[LATE]: 'yes',
			},
			body: rawBody === '' ? undefined : rawBody,
		});
		await answer.text();
	}
}
