/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { LoggerProxy, type Logger } from 'n8n-workflow';
import { inspect } from 'node:util';

import type { Outcome } from '../engine/engine';

/** All that a log, a page or a table could make of a value. */
function text(value: unknown): string {
	if (typeof value === 'string') return value;
	const all = { depth: 10, showHidden: true, maxStringLength: Infinity, maxArrayLength: Infinity };
	return `${inspect(value, all)}\n${json(value)}`;
}

function json(value: unknown): string {
	try {
		return JSON.stringify(value) ?? '';
	} catch (error) {
		return String(error);
	}
}

/**
 * Collects what leaves while something runs: output of the process, n8n's log down to its finest
 * lines, and what it is handed (items, errors, data of runs). Then it can be searched for secrets.
 */
export class Leaks {
	private readonly left: string[] = [];
	private readonly secrets = new Set<string>();

	/** A value that must not be found. */
	guard(secret: string): void {
		this.secrets.add(secret);
	}

	readonly take = (...values: unknown[]): void => {
		this.left.push(...values.map(text));
	};

	/** All that n8n keeps of a run, and the error that ended it with all its causes. */
	takeRun({ run, error }: Outcome): void {
		this.take(run);
		for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) this.take(cause);
	}

	/** Takes what the process prints and n8n logs until `work` ends. */
	async during<T>(work: () => Promise<T>): Promise<T> {
		const streams = [process.stdout, process.stderr];
		const writes = streams.map((stream) => stream.write);
		for (const stream of streams) {
			stream.write = (chunk: unknown) => {
				this.left.push(String(chunk));
				return true;
			};
		}
		const logger: Logger = {
			debug: this.take,
			info: this.take,
			warn: this.take,
			error: this.take,
		};
		LoggerProxy.init(logger);
		try {
			return await work();
		} finally {
			streams.forEach((stream, index) => {
				stream.write = writes[index];
			});
		}
	}

	/**
	 * How many of the secrets were seen, and the beginning of each place.
	 *
	 * @throws an Error if there was nothing to look for, or nothing to look through
	 */
	found(): string[] {
		if (this.secrets.size === 0 || this.left.length === 0) {
			throw new Error('Neither secrets nor texts to search for them: nothing was looked at');
		}
		const places: string[] = [];
		for (const secret of this.secrets) {
			const where = this.left.find((piece) => piece.includes(secret));
			if (where === undefined) continue;
			const at = where.indexOf(secret);
			places.push(where.slice(Math.max(0, at - 60), at + 4).replace(/\s+/g, ' '));
		}
		return places;
	}
}
