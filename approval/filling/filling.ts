import type { Address } from '../addresses';
import type { FormField } from '../definition';
import { kindOfValue } from '../inputText';
import { Problem } from '../problem';

/** The kinds of files that forms tell apart. */
export type FileType = 'attachment' | 'image';

/** A binary field of the item that has to be uploaded, and as what. */
export interface Upload {
	binary: string;
	fileType: FileType;
}

/** What is known about an item when its form is filled in. */
export interface FillHow {
	/** The time zone of the workflow. */
	zone: string;
	/** The names of the item's binary fields. */
	binaries: readonly string[];
}

/** Somebody whom a form names, and the name of the field. */
export type AddressInForm = Address & { field?: string };

/** The same, and what was found in the form so far. */
export interface Filling extends FillHow {
	/** To be looked up before anything is sent. */
	addresses: AddressInForm[];
	uploads: Upload[];
}

/** What somebody entered for a field, and what stands beside it. */
export interface Entered {
	value: unknown;
	currency?: unknown;
	openIds?: unknown;
}

/** The properties of a widget other than its ID and type. */
export type Content = Record<string, unknown>;

/** Makes of what somebody entered what a kind of field wants (API sheet 5.2, 5.3). */
export type Fill = (entered: Entered, field: FormField, filling: Filling) => Content | Problem;

/** Longer texts would bury the rest of an explanation. */
const SHOWN = 40;

/** A value as an explanation shows it. */
export function shown(value: unknown): string {
	if (typeof value === 'object' && value !== null) return kindOfValue(value);
	const text = String(value);
	return `"${text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text}"`;
}

/** Whether nothing was entered: such a field is left out. */
export function isEmpty(value: unknown): boolean {
	if (value === undefined || value === null) return true;
	if (typeof value === 'string') return value.trim() === '';
	return Array.isArray(value) && value.every(isEmpty);
}

/** What is wrong with a value that does not fit a field. */
export function misfit(value: unknown, wanted: string, hint: string): Problem {
	return new Problem(`holds ${shown(value)}, which is not ${wanted}`, hint);
}
