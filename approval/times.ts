import { kindOfValue, leftOver } from './inputText';
import { Problem } from './problem';

/**
 * A time of the Approval API (text or number of milliseconds since 1970) as ISO 8601 in UTC.
 * Nothing for "0", which stands for "not yet"; what is not such a time comes back as it is.
 */
export function toIso(milliseconds: unknown): unknown {
	if (milliseconds === undefined) return null;
	if (typeof milliseconds !== 'string' && typeof milliseconds !== 'number') return milliseconds;
	// Empty text is zero as well.
	const time = Number(milliseconds);
	if (time === 0) return null;
	const date = new Date(time);
	return Number.isNaN(date.getTime()) ? milliseconds : date.toISOString();
}

/** Times (epoch) below this are seconds: in milliseconds they would be of the seventies. */
const SECONDS_UNTIL = 100_000_000_000;
/** Too few digits even for seconds of this century: a year, or a date without dashes. */
const NO_TIME_UNTIL = 100_000_000;
/** Too many digits for milliseconds: microseconds. */
const MILLISECONDS_UNTIL = 100_000_000_000_000;

const ISO =
	/^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?))?\s*(Z|[+-]\d{2}(?::?\d{2})?)?$/i;

/** By how much (ms) the clocks of a time zone are ahead of UTC. */
function offsetOf(zone: string, at: number): number {
	const parts = new Intl.DateTimeFormat('en-US', {
		timeZone: zone,
		hourCycle: 'h23',
		year: 'numeric',
		month: 'numeric',
		day: 'numeric',
		hour: 'numeric',
		minute: 'numeric',
		second: 'numeric',
	}).formatToParts(at);
	const of = (type: string) => Number(parts.find((part) => part.type === type)?.value);
	const shown = Date.UTC(
		of('year'),
		of('month') - 1,
		of('day'),
		of('hour'),
		of('minute'),
		of('second'),
	);
	return shown - Math.floor(at / 1000) * 1000;
}

/** A day as many people write it: 2026/10/1 9:00, 2026.10.1, 2026年10月1日. */
const LOOSE =
	/^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T ]\s*(\d{1,2}):(\d{2})(?::(\d{2}))?)?$/;

function asIso(text: string): string {
	const [, year, ...rest] = LOOSE.exec(text) ?? [];
	if (year === undefined) return text;
	const [month, day, hour = '0', minute = '0', second = '0'] = rest.map(
		(part) => part && part.padStart(2, '0'),
	);
	return `${year}-${month}-${day}T${hour.padStart(2, '0')}:${minute.padStart(2, '0')}:${second.padStart(2, '0')}`;
}

/** ISO 8601 as epoch ms; a text without an offset is meant in the time zone. Not a number: no time. */
function parseIso(text: string, zone: string): number {
	const [, day, clock = '00:00', offset] = ISO.exec(asIso(text)) ?? [];
	if (day === undefined) return NaN;
	const asUtc = Date.parse(`${day}T${clock.replace(',', '.')}Z`);
	// The 31st of February would be taken for a day in March.
	if (Number.isNaN(asUtc) || !new Date(asUtc).toISOString().startsWith(day)) return NaN;
	if (offset === undefined) {
		// Around a change of the clocks the first guess is off by an hour.
		return asUtc - offsetOf(zone, asUtc - offsetOf(zone, asUtc));
	}
	if (/z/i.test(offset)) return asUtc;
	const [hours, minutes = '0'] = [offset.slice(1, 3), offset.slice(3).replace(':', '') || '0'];
	const ms = (Number(hours) * 60 + Number(minutes)) * 60_000;
	return offset.startsWith('-') ? asUtc + ms : asUtc - ms;
}

/** A date of JavaScript, or one of Luxon's, as expressions give them. */
function ofObject(value: unknown): number {
	const date = value as { toMillis?: unknown } | null;
	if (typeof date?.toMillis === 'function') return Number(date.toMillis());
	return Object.prototype.toString.call(value) === '[object Date]' ? Number(value) : NaN;
}

const HINT =
	'Enter a time such as 2026-09-01T08:00:00+08:00 or 2026-09-01, or the milliseconds since 1970. If it is an expression, check what it gives.';

/**
 * A time that somebody entered, as epoch ms: ISO 8601 (without an offset it is meant in `zone`), a
 * date of JavaScript or Luxon, or a number of milliseconds or seconds since 1970, also as text.
 */
export function readTime(value: unknown, zone: string): number | Problem {
	const text = typeof value === 'string' ? value.trim() : value;
	if (text === '' || text === null || text === undefined) return new Problem('is empty', HINT);
	const left = typeof text === 'string' ? leftOver(text) : undefined;
	if (left !== undefined) return new Problem(`is ${left.message}`, left.hint);
	const isNumber = typeof text === 'number' || (typeof text === 'string' && /^\d+$/.test(text));
	if (isNumber) {
		const time = Number(text);
		if (!(time >= NO_TIME_UNTIL && time < MILLISECONDS_UNTIL)) {
			return new Problem(`is not a time: ${String(text).slice(0, 30)}`, HINT);
		}
		return Math.floor(time < SECONDS_UNTIL ? time * 1000 : time);
	}
	const time = typeof text === 'string' ? parseIso(text, zone) : ofObject(text);
	if (!Number.isNaN(time)) return Math.floor(time);
	const found = typeof text === 'string' ? `"${text.slice(0, 30)}"` : kindOfValue(text);
	return new Problem(`is not a time: ${found}`, HINT);
}

/** A moment (epoch ms) in RFC 3339, as the clocks of a time zone show it: 2026-10-01T09:00:00+08:00. */
export function toZoned(ms: number, zone: string): string {
	const offset = offsetOf(zone, ms);
	const shown = new Date(ms + offset).toISOString().slice(0, 19);
	const minutes = Math.abs(offset) / 60_000;
	const pad = (value: number) => String(Math.floor(value)).padStart(2, '0');
	return `${shown}${offset < 0 ? '-' : '+'}${pad(minutes / 60)}:${pad(minutes % 60)}`;
}

/** Seconds or milliseconds since 1970, also as text, as epoch ms; nothing for what is no such time. */
export function epochMs(value: unknown): number | undefined {
	if (typeof value !== 'string' && typeof value !== 'number') return undefined;
	// Empty text is zero as well, and zero stands for "not yet".
	const time = Number(value);
	const ms = Math.floor(time < SECONDS_UNTIL ? time * 1000 : time);
	return ms > 0 && ms < MILLISECONDS_UNTIL ? ms : undefined;
}
