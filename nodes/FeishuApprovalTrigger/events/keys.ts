import { kindOf } from './catalogue';
import { fieldsOf, hashOf, nameIn, type FeishuEvent } from './envelope';

/** How long events are remembered: retries come for some seven hours (API sheet 6.8). */
export const REMEMBERED_MS = 8 * 60 * 60 * 1000;
const MOST = 10_000;

/** Events of different types that tell the same change. */
interface Group {
	key: string;
	types: Set<string>;
	at: number;
}

/**
 * Whether Feishu tells what happened in two events at once, every time: an approved leave is pushed
 * as `leave_approval` and as `leave_approvalV2` (API sheet 6.2).
 */
function isToldTwice(type: string): boolean {
	const kind = kindOf(type);
	return kind === 'attendanceCorrection' || kind === 'businessTrip' || kind === 'leave';
}

/** What changed, in words that all types of events for it have; nothing if no other type tells it. */
function changeOf({ type, event, instanceCode, status }: FeishuEvent): string | undefined {
	const kind = kindOf(type);
	if (instanceCode === undefined) return undefined;
	if (isToldTwice(type)) return hashOf(kind, instanceCode, status);
	if (status === undefined) return undefined;
	if (kind === 'instanceStatusChanged') return hashOf(kind, instanceCode, status);
	const task = nameIn(fieldsOf(event).task_id);
	if (kind !== 'taskStatusChanged' || task === undefined) return undefined;
	return hashOf(kind, instanceCode, task, status);
}

/**
 * Gives events the key by which one event makes one run. That is Feishu's ID of the event, but the
 * same change can be told by events of several types, each with an ID of its own: the old event
 * `approval` beside `approval_instance`, or those that a user has subscribed to beside those of the
 * app (API sheet 6.2). All of them get one key. Two events of the same type stay two.
 */
export class EventKeys {
	private readonly keys = new Map<string, { key: string; at: number }>();
	private readonly groups = new Map<string, Group>();

	/**
	 * The key of an event: at most 64 characters, the same for every retry.
	 *
	 * @param now epoch ms
	 */
	keyOf(event: FeishuEvent, now: number): string {
		const change = changeOf(event);
		if (change === undefined) return event.id;
		this.forget(now);
		const name = `${change}/${event.id}`;
		const known = this.keys.get(name);
		if (known !== undefined) return known.key;
		const key = this.join(change, event, now);
		this.keys.set(name, { key, at: now });
		return key;
	}

	private join(change: string, { id, type }: FeishuEvent, now: number): string {
		const group = this.groups.get(change);
		if (group !== undefined && !group.types.has(type)) {
			group.types.add(type);
			return group.key;
		}
		// What is told twice every time has one key in all processes, unless it happens once more.
		const key = group === undefined && isToldTwice(type) ? change : id;
		// Set anew at the end: the oldest stand first.
		this.groups.delete(change);
		this.groups.set(change, { key, types: new Set([type]), at: now });
		return key;
	}

	private forget(now: number): void {
		for (const map of [this.keys, this.groups]) {
			for (const [name, { at }] of map) {
				if (map.size < MOST && now - at < REMEMBERED_MS) break;
				map.delete(name);
			}
		}
	}
}
