import type { Problem } from '../../../../approval/problem';
import { periodProblem, type Period } from '../../../../approval/windows';
import { optionalText, type Field } from './field';
import { timeField } from './times';

/** The two ends of a period: the field for its start, and that for its end, which may be left empty. */
export interface PeriodFields {
	start: Field<number>;
	end: Field<number | undefined>;
}

/** A period in which something happened: "Created" makes "Created After" and "Created Before". */
export function periodFields(what: string, start: string, end: string): PeriodFields {
	const [after, before] = [`${what} After`, `${what} Before`];
	return {
		start: timeField({ displayName: after, description: start }),
		end: optionalText(timeField({ displayName: before, description: end })),
	};
}

/** A period up to now at most: later, there is nothing to be found. */
export function periodOf(start: number, end: number | undefined, now = Date.now()): Period {
	return { start, end: Math.max(start, Math.min(end ?? now, now)) };
}

/** Why nothing can be found in a period, by the names of its fields. */
export function checkPeriod(
	fields: PeriodFields,
	start: number,
	end: number | undefined,
): Problem | undefined {
	const now = Date.now();
	return periodProblem(
		{ start, end: end ?? now },
		{ start: fields.start.property.displayName, end: fields.end.property.displayName },
		now,
	);
}
