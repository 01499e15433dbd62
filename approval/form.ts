import { fileEntries } from './formFiles';
import { amountEntries, telephone } from './formNumbers';
import { contactEntries, departmentEntries } from './formPeople';
import { type Entry, isName, isWidgetList, type Widget } from './formWidget';
import { isObject, parseJson } from './json';

/** The values of a form under readable keys, and the form itself where it could not be read. */
export interface FormValues {
	values: Record<string, unknown>;
	unread?: unknown;
}

/** The cells of a table need no ID: nothing but widgets stands there. */
function isTableRow(row: unknown): row is Widget[] {
	return Array.isArray(row) && row.every(isObject);
}

/** Beside rows of widgets, an empty list is a row that has none. */
function isRow(row: unknown): row is Widget[] {
	return isWidgetList(row) || (Array.isArray(row) && row.length === 0);
}

/** Widgets within a value as an object, and lists of them as rows. */
function plain(value: unknown, type: unknown): unknown {
	if (!Array.isArray(value)) return value;
	if (isWidgetList(value)) return valuesOf(value);
	const isTable = type === 'fieldList';
	if (!isTable && !value.some(isWidgetList)) return value;
	const isOne = isTable ? isTableRow : isRow;
	return value.map((row: unknown) => (isOne(row) ? valuesOf(row) : row));
}

/** A widget's entries: its value made plain, and what belongs to it under a key of its own. */
function entriesOf(widget: Widget): Entry[] {
	const key = String([widget.custom_id, widget.name, widget.id].find(isName) ?? 'widget');
	switch (widget.type) {
		case 'attachment':
		case 'attachmentV2':
		case 'image':
		case 'imageV2':
			return fileEntries(key, widget);
		case 'contact':
			return contactEntries(key, widget);
		case 'department':
			return departmentEntries(key, widget);
	}
	const value = plain(widget.value ?? null, widget.type);
	switch (widget.type) {
		case 'telephone':
			return [[key, telephone(value)]];
		case 'amount':
			return amountEntries(key, value, widget);
		default:
			return [[key, value]];
	}
}

function valuesOf(widgets: unknown[]): Record<string, unknown> {
	const values = new Map<string, unknown>();
	/** Where the numbering of a key went on, lest twenty thousand of one name count from 2 each. */
	let counts: Map<string, number> | undefined;
	// Plain loops without a list for each step: a long form's time is spent here.
	for (const widget of widgets) {
		if (!isObject(widget)) continue;
		for (const [key, value] of entriesOf(widget)) {
			let free = key;
			if (values.has(key)) {
				let count = counts?.get(key) ?? 2;
				while (values.has((free = `${key} (${count})`))) count++;
				counts ??= new Map();
				counts.set(key, count + 1);
			}
			values.set(free, value);
		}
	}
	return Object.fromEntries(values);
}

/**
 * The form of an instance (API sheet section 5) as one object: the key is the widget's custom id,
 * else its name, else its id; a key met twice gets " (2)", " (3)". Widgets within a value become an
 * object by the same rules, lists of them rows. Other values of unknown widget types pass through
 * as they are; a number too long for a double stays text. A form that is not a list of widgets, or
 * is nested too deeply to be walked through, comes back under `unread`.
 */
export function readForm(form: unknown): FormValues {
	if (form === undefined || form === null || form === '') return { values: {} };
	let widgets: unknown = form;
	if (typeof form === 'string') {
		try {
			widgets = parseJson(form);
		} catch {
			return { values: {}, unread: form };
		}
	}
	if (!Array.isArray(widgets)) return { values: {}, unread: form };
	try {
		const values = valuesOf(widgets);
		return widgets.every(isObject) ? { values } : { values, unread: form };
	} catch {
		return { values: {}, unread: form };
	}
}
