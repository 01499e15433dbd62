import { headerOf, type Frame } from './frames';

/** Parts that nothing was heard of for so long belong to an event that will be sent anew. */
const FORGOTTEN_MS = 10_000;
/** So many events may be incomplete at once, and so many bytes of them be kept. */
const MOST_EVENTS = 100;
const MOST_BYTES = 16 * 1_048_576;

const NOTHING = new Uint8Array();

interface Incomplete {
	sum: number;
	parts: Map<number, Uint8Array>;
	bytes: number;
	/** Epoch ms. */
	heardOf: number;
}

function countIn(frame: Frame, name: string): number | undefined {
	const text = headerOf(frame, name) ?? '';
	return /^\d{1,6}$/.test(text) ? Number(text) : undefined;
}

/** Joins events that come in several frames, in whatever order. One for each connection. */
export class Parts {
	private readonly events = new Map<string, Incomplete>();
	private bytes = 0;

	/** How many events wait for the rest of their parts. */
	get waiting(): number {
		return this.events.size;
	}

	/**
	 * Takes a data frame and gives the event's bytes once all of its parts are there; nothing before,
	 * and nothing for a part that cannot belong to an event.
	 *
	 * @param now epoch ms
	 */
	join(frame: Frame, now: number): Uint8Array | undefined {
		this.forget(now);
		const payload = frame.payload ?? NOTHING;
		// A frame that speaks of no parts is the whole.
		if (headerOf(frame, 'sum') === undefined) return payload;
		const [sum, seq] = [countIn(frame, 'sum'), countIn(frame, 'seq')];
		if (sum === undefined || seq === undefined || seq >= sum) return undefined;
		if (sum === 1) return payload;

		const id = headerOf(frame, 'message_id');
		if (id === undefined) return undefined;
		const event = this.events.get(id) ?? { sum, parts: new Map(), bytes: 0, heardOf: now };
		if (event.sum !== sum) return undefined;
		this.drop(id);
		event.bytes += payload.length - (event.parts.get(seq)?.length ?? 0);
		event.parts.set(seq, payload);
		event.heardOf = now;
		if (event.parts.size === sum) {
			return Buffer.concat(Array.from({ length: sum }, (_, at) => event.parts.get(at) ?? NOTHING));
		}
		this.keep(id, event);
		return undefined;
	}

	/** Kept at the end: those of which nothing was heard for longest stand first. */
	private keep(id: string, event: Incomplete): void {
		this.events.set(id, event);
		this.bytes += event.bytes;
		for (const oldest of this.events.keys()) {
			if (this.events.size <= MOST_EVENTS && this.bytes <= MOST_BYTES) break;
			this.drop(oldest);
		}
	}

	private drop(id: string): void {
		this.bytes -= this.events.get(id)?.bytes ?? 0;
		this.events.delete(id);
	}

	private forget(now: number): void {
		for (const [id, { heardOf }] of this.events) {
			if (now - heardOf < FORGOTTEN_MS) break;
			this.drop(id);
		}
	}
}
