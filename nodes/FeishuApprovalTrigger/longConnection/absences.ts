import { CONNECTION_TIMES } from './times';

/** Who shares a connection but is not there for a moment: events of that moment have to come again. */
export class Absences {
	/** Nodes that left, with the time when they did (process ms). */
	private readonly left = new Map<string, number>();
	/** Until then (process ms), somebody may be missing who is about to join. */
	private startsUntil = 0;

	/** n8n has just started, and its workflows join one after the other. */
	noteStart(): void {
		this.startsUntil = performance.now() + CONNECTION_TIMES.startMs;
	}

	/** A node that is being published again comes back under the same name. */
	noteLeave(node: string): void {
		this.left.set(node, performance.now());
	}

	/** Whether somebody is away who may come back; those `present` are not. */
	areLikely(present: Array<string | undefined>): boolean {
		const now = performance.now();
		for (const [node, at] of this.left) {
			if (present.includes(node) || now - at > CONNECTION_TIMES.keepMs) this.left.delete(node);
		}
		return this.left.size > 0 || now < this.startsUntil;
	}
}
