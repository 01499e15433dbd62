import { isObject, readJson } from '../json';
import { Problem } from '../problem';
import { readTime, toZoned } from '../times';
import { numberOf } from './numbers';
import { misfit, type Entered, type Fill } from './filling';

const DAY_MS = 86_400_000;
const RFC_3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:Z|[+-]\d{2}:\d{2})$/;

/** A moment in RFC 3339, in the time zone of the workflow unless it says another. */
export function momentOf(value: unknown, zone: string): string | Problem {
	const time = readTime(value, zone);
	if (time instanceof Problem) return time;
	// What already has the right form says in which zone it is meant.
	return typeof value === 'string' && RFC_3339.test(value.trim())
		? value.trim()
		: toZoned(time, zone);
}

/** A day, or a day with a time. */
export const fillDate: Fill = ({ value }, _field, { zone }) => {
	const moment = momentOf(value, zone);
	return moment instanceof Problem ? moment : { value: moment };
};

const HINT =
	'Enter two times, for example 2026-10-01 ~ 2026-10-03, or an object with start and end.';

function ends({ value }: Entered): { start: unknown; end: unknown; interval?: unknown } | Problem {
	const read = typeof value === 'string' ? (readJson(value) ?? value) : value;
	if (isObject(read)) return { start: read.start, end: read.end, interval: read.interval };
	const list: unknown[] = Array.isArray(read)
		? (read as unknown[])
		: String(read).split(/\s*(?:~|～|\||;|,|，|至|\bto\b|\/(?=\d{4}-))\s*/);
	return list.length === 2 ? { start: list[0], end: list[1] } : misfit(value, 'two times', HINT);
}

/** A period: its two ends, and how many days it has, both of them counted. */
export const fillInterval: Fill = (entered, _field, { zone }) => {
	const given = ends(entered);
	if (given instanceof Problem) return given;
	const [start, end] = [momentOf(given.start, zone), momentOf(given.end, zone)];
	if (start instanceof Problem) return new Problem(`has a start that ${start.message}`, HINT);
	if (end instanceof Problem) return new Problem(`has an end that ${end.message}`, HINT);
	const ms = Date.parse(end) - Date.parse(start);
	if (ms < 0) return new Problem('ends before it begins', HINT);
	const days =
		given.interval === undefined ? Math.floor(ms / DAY_MS) + 1 : numberOf(given.interval);
	return days instanceof Problem ? days : { value: { start, end, interval: days } };
};
