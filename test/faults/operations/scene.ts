/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { isDeepStrictEqual } from 'node:util';

import type { Fault, JournalEntry, Sandbox } from '../../../sandbox';
import type { FilePart } from '../../../sandbox/journal';
import type { Variant } from '../../contract/row';
import { bare, wireOf, type Trial } from '../../contract/trial';

/** A call that was lost and is carried out after all carries this. */
const LATE = 'x-carried-out-late';

/** The body of a request, to be sent again; a file in it goes as such. */
function bodyOf({ rawBody, body }: JournalEntry): string | FormData | undefined {
	if (rawBody !== '') return rawBody;
	if (typeof body !== 'object' || body === null) return undefined;
	const form = new FormData();
	for (const [name, part] of Object.entries(body as Record<string, string | FilePart>)) {
		if (typeof part === 'string') form.append(name, part);
		else form.append(name, new Blob([new Uint8Array(part.bytes)]), part.name);
	}
	return form;
}

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

	private isOwn({ path, rawQuery, rawBody, body, headers }: JournalEntry): boolean {
		const text = `${path} ${rawQuery} ${rawBody || JSON.stringify(body)}`;
		const words = this.trial.ownWords(this.target);
		return !(LATE in headers) && words.some((word) => text.includes(word));
	}

	private async carryOut(): Promise<void> {
		const { method, path, rawQuery, token } = this.lost!;
		const query = rawQuery === '' ? '' : `?${rawQuery}`;
		const body = bodyOf(this.lost!);
		const headers: Record<string, string> = {
			authorization: `Bearer ${token}`,
			[LATE]: 'yes',
		};
		// The boundary of a form is named by who sends it.
		if (typeof body === 'string') headers['content-type'] = 'application/json; charset=utf-8';
		const answer = await fetch(`${this.sandbox.url}${path}${query}`, {
			method,
			headers,
			body,
		});
		await answer.text();
	}
}
