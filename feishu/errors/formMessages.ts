import type { Failure } from '../answer';
import { ENDPOINTS } from '../endpoints';

const TYPES_OF_LEAVE =
	'The type of leave is none of this company. Definition: Get with With External Choices lists them: enter the label or the ID of one.';
const AWAY =
	'The person is away at this time already. Enter another time, or withdraw the other approval first.';

/** What Feishu says of a form in words alone, under whatever code (API sheet 5.3), and the cure. */
const CURES: ReadonlyArray<[RegExp, string]> = [
	[/leave type (not found|id parse error)/i, TYPES_OF_LEAVE],
	[
		/balance is not enough/i,
		'The person has not enough of this leave left: shorten it, or enter another type.',
	],
	[/(leave is|out time is) conflict/i, AWAY],
	[
		/certification is required/i,
		'This type of leave asks for a proof: enter a picture in the field for it.',
	],
	[/work time range is required/i, 'Enter the start and the end of the overtime.'],
	[
		/overtime duration is over 2 days/i,
		'A period of overtime can have up to two days: part it into several.',
	],
	[
		/prohibited by the workforce rules/i,
		'The attendance rules of the company do not allow it. Ask your Feishu administrator which do.',
	],
	[
		/group value is invalid/i,
		'A part of leave, overtime or out of office is missing or does not fit. Enter its type, start, end and reason field by field.',
	],
	[
		/not RFC ?3339/i,
		'A time is not as Feishu wants it. Enter it such as 2026-10-01T09:00:00+08:00.',
	],
];

/** How to put right what Feishu's own words about a form say; nothing for other words. */
export function cureOf({ msg = '' }: Failure): string | undefined {
	return CURES.find(([words]) => words.test(msg))?.[1];
}

/** Codes with which a preview is refused whatever is wrong with it (API sheet 4.3, 7.18). */
const OF_PREVIEW = new Set([1390001, 1390006, 1395001]);

/** What a preview lacks most often. */
export function aboutPreview({ endpoint, code = 0 }: Failure): string[] {
	if (endpoint !== ENDPOINTS.previewInstance || !OF_PREVIEW.has(code)) return [];
	return [
		'A person with several departments needs a department under Options; an open task has to be that of Person; a process without fixed nodes has no preview.',
	];
}
