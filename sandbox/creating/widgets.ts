import { Refusal } from '../answers';
import type { Platform } from '../platform';
import type { Definition, FormField } from './definition';

/** A widget as a request sends it; after the check, as Get Instance shows it. */
export type Sent = Record<string, unknown>;

/** What the checks of widgets look things up in. */
export interface Context {
	platform: Platform;
	definition: Definition;
	/** Checks a list of widgets against these fields: the columns of a table, the parts of a group. */
	acceptAll(fields: FormField[], sent: unknown): Sent[];
}

/** Gives the value of a widget as Get Instance shows it, with its siblings; undefined: not its kind. */
export type Accept = (context: Context, field: FormField, sent: Sent) => Sent | undefined;

/** 1390001 that names the widget as the platform does (API sheet 4.0). */
export function badWidget(id: unknown, why: string): Refusal {
	return new Refusal(1390001, `param is invalid, 控件= ${String(id)}: ${why}`);
}
