import { isObject } from './json';

/** A field of a form as Feishu gives it (API sheet 5.1). */
export type Widget = Record<string, unknown>;

/** A widget's value made plain, or what belongs to it, under its key. */
export type Entry = [key: string, value: unknown];

/** Whether `value` can name something: a text that says something, or a number. */
export function isName(value: unknown): value is string | number {
	return (typeof value === 'string' && value !== '') || typeof value === 'number';
}

function isTyped(part: unknown): part is Widget {
	if (!isObject(part) || typeof part.type !== 'string' || part.type === '') return false;
	return isName(part.id) || isName(part.custom_id);
}

/** Folders and people have an ID and a type, too; these have what only a widget has. */
function isCertain(part: Widget): boolean {
	if ('value' in part || 'open_ids' in part || 'custom_id' in part) return true;
	return typeof part.id === 'string' && part.id.startsWith('widget');
}

/**
 * Whether a value is a list of widgets, as control groups have it (API sheet 5.3): each has an ID
 * and a type, and at least one has what nothing but a widget has. So departments
 * (`{ open_id }`), options (`{ key, text }`), and the parts of a trip are none.
 */
export function isWidgetList(value: unknown): value is Widget[] {
	return Array.isArray(value) && value.every(isTyped) && value.some(isCertain);
}
