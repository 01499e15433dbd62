import { Problem } from './problem';

/** From when to when (epoch ms). */
export interface Period {
	start: number;
	end: number;
}

const LONGEST_YEARS = 10;
const YEAR_MS = 365.25 * 86_400_000;

/** What a period is called in the panel. */
export interface PeriodNames {
	start: string;
	end: string;
}

/** Why nothing can be found in a period, if so; `now` (epoch ms) is when it is asked for. */
export function periodProblem(
	{ start, end }: Period,
	names: PeriodNames,
	now: number,
): Problem | undefined {
	if (start > now) {
		return new Problem(
			`${names.start} lies in the future`,
			`Enter a time in the past for ${names.start}. If it is an expression, check what it gives.`,
		);
	}
	if (end < start) {
		return new Problem(
			`${names.end} lies before ${names.start}`,
			`Enter the earlier time in ${names.start} and the later one in ${names.end}.`,
		);
	}
	if (end - start <= LONGEST_YEARS * YEAR_MS) return undefined;
	return new Problem(
		`${names.start} lies more than ${LONGEST_YEARS} years before ${names.end}`,
		'Choose a shorter period, or several one after another.',
	);
}

/**
 * Cuts a period into windows of at most `longestMs`, the newest first. Whether the platform counts
 * the first and the last millisecond of a window is not documented, so that neighbours overlap by
 * one: what happened at a seam is within one of them in any case, and may be in both.
 */
export function windowsOf({ start, end }: Period, longestMs: number): Period[] {
	const windows: Period[] = [];
	for (let last = end; ;) {
		const first = Math.max(start, last - longestMs);
		windows.push({ start: first, end: last });
		if (first === start) return windows;
		last = first + 1;
	}
}
