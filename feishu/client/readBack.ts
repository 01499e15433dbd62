import type { IDataObject } from 'n8n-workflow';

import { Problem } from '../../approval/problem';
import type { Failure } from '../answer';
import { CODES } from '../codes/codes';
import type { Call } from '../endpoints';
import { FeishuCallError } from '../errors/callError';
import { escapeHtml } from '../errors/html';
import type { Elapsed } from '../timing';
import type { WriteRecord } from './journal';

/** What became of a write whose answer was lost, as far as Feishu tells. */
export type Found =
	| { state: 'applied'; note: string; data?: IDataObject }
	/** It was not done, or not wholly: `call` is what is still to be sent; `problem` says what is missing. */
	| { state: 'missing'; call: Call; note: string; problem?: Problem }
	/** Nobody knows; `isTemporary` if Feishu may tell a little later. */
	| { state: 'unknown'; problem: Problem; isTemporary?: boolean };

/** How to find out about a lost write, and what to say where that cannot be found out. */
export interface ReadBack {
	/** Looks once; what is older than `elapsed` is not this write. */
	look(elapsed: Elapsed): Promise<Found>;
	/** It can be done once alone: a second attempt that is refused may mean that the first came late. */
	isOnce?: true;
	/** "It is not known whether …" */
	unknown: string;
	/** What to do before it is tried again. */
	hint: string;
}

/** What came of a write. */
export interface Written {
	data: IDataObject;
	/** What was found out because an answer was lost. */
	note?: string;
}

/** The note of what an earlier try of the execution has done. */
export const DONE_BEFORE =
	'This was done in an earlier try of this execution; nothing was sent again.';

const NOT_KEPT = 'What was given out then was not kept.';

/** The output of what an earlier try has done; `true` where its own output was not kept. */
export function resultBefore(done: IDataObject | true): IDataObject {
	const result: IDataObject = done === true ? { success: true } : done;
	const more = done === true ? NOT_KEPT : result.note;
	return { ...result, note: typeof more === 'string' ? `${DONE_BEFORE} ${more}` : DONE_BEFORE };
}

/** For endpoints that do not show what they have done. */
export const UNREADABLE: ReadBack = {
	look: async () => ({
		state: 'unknown',
		problem: new Problem('Feishu does not show what became of it', ''),
	}),
	unknown: 'It is not known whether this was carried out',
	hint: 'Look in Feishu before you run this again.',
};

/** Why an instance does not tell who did something. */
export const NO_UNION_IDS = new Problem(
	'No instance carries union IDs',
	'With open IDs or user IDs this node finds out by itself.',
);

export const NOT_SHOWN = new Problem('Feishu does not show it so far', '');

/** Where one would look could not be read: "The instance" names it. */
export function untold(where: string, failure: Failure): Found {
	const problem = new Problem(`${where} does not tell (${escapeHtml(inWords(failure))})`, '');
	return { state: 'unknown', problem, isTemporary: failure.transient };
}

/** What was found out about a write, as a part of an output. */
export function noteOf({ note }: { note?: string }): { note?: string } {
	return note === undefined ? {} : { note };
}

/** A failure in a few words, for a sentence about something else. */
export function inWords({ message, code, msg }: Failure): string {
	const explained = code === undefined ? undefined : CODES[code]?.message;
	return message ?? explained ?? msg ?? 'Feishu refused the call';
}

/** The error about a write of which nobody knows what became of it. */
export function unclearError(
	unanswered: Failure,
	readBack: ReadBack,
	problem: Problem,
	records: WriteRecord[],
): FeishuCallError {
	const message = readBack.unknown;
	const hint = [
		`${escapeHtml(inWords(unanswered))}.`,
		`${problem.message}.`,
		readBack.hint,
		problem.hint,
	]
		.filter(Boolean)
		.join(' ');
	for (const record of records) record.unclear = [message, hint];
	return new FeishuCallError({ ...unanswered, message, hint });
}
