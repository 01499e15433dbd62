type Entry = [key: string, value: unknown];

type Widget = Record<string, unknown>;

/** The values of a form under readable keys, and the form itself where it could not be read. */
export interface FormValues {
	values: Record<string, unknown>;
	unread?: unknown;
}

function isWidget(value: unknown): value is Widget {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isName(value: unknown): value is string | number {
	return (typeof value === 'string' && value !== '') || typeof value === 'number';
}

function telephone(value: unknown): unknown {
	if (!isWidget(value)) return value;
	const country = value.country_code ?? value.countryCode ?? '';
	const national = value.national_number ?? value.nationalNumber ?? '';
	const isNumber = typeof country === 'string' && typeof national === 'string';
	return isNumber ? `${country}${national}` || value : value;
}

function rows(value: unknown): unknown {
	if (!Array.isArray(value)) return value;
	return value.map((row: unknown) =>
		Array.isArray(row) && row.every(isWidget) ? valuesOf(row) : row,
	);
}

function links(value: unknown): unknown {
	// A link that was decoded once too few still holds the escape itself (API sheet 5.4).
	const decoded = (link: unknown) =>
		typeof link === 'string' ? link.replaceAll('\\u0026', '&') : link;
	return Array.isArray(value) ? value.map(decoded) : decoded(value);
}

/** So many digits go through a number as they are. */
const SAFE_DIGITS = 15;

/** An amount that comes as text becomes a number, unless that would change it. */
function amount(value: unknown): unknown {
	if (typeof value !== 'string' || !/^\s*[+-]?\d+(\.\d*)?\s*$/.test(value)) return value;
	return value.replace(/\D/g, '').length > SAFE_DIGITS ? value : Number(value);
}

function currencyOf({ currency, option, ext }: Widget): unknown {
	if (isName(currency)) return currency;
	if (typeof ext === 'string' && /^[A-Z]{3}$/.test(ext)) return ext;
	return [option, ext].filter(isWidget).find((part) => isName(part.currency))?.currency;
}

/** A widget's entries: its value made plain, and what belongs to it under a key of its own. */
function entriesOf(widget: Widget): Entry[] {
	const key = String([widget.custom_id, widget.name, widget.id].find(isName) ?? 'widget');
	const value = widget.value ?? null;
	switch (widget.type) {
		case 'telephone':
			return [[key, telephone(value)]];
		case 'fieldList':
			return [[key, rows(value)]];
		case 'attachment':
		case 'attachmentV2':
		case 'image':
		case 'imageV2':
			return [[key, links(value)]];
		case 'contact': {
			const openIds = widget.open_ids;
			const hasValue = Array.isArray(value) ? value.length > 0 : value !== null;
			const entries: Entry[] = [[key, hasValue ? value : (openIds ?? value)]];
			return openIds === undefined ? entries : [...entries, [`${key} open_ids`, openIds]];
		}
		case 'amount': {
			const currency = currencyOf(widget);
			const entries: Entry[] = [[key, amount(value)]];
			return currency === undefined ? entries : [...entries, [`${key} currency`, currency]];
		}
		default:
			return [[key, value]];
	}
}

function valuesOf(widgets: unknown[]): Record<string, unknown> {
	const values = new Map<string, unknown>();
	// Plain loops without a list for each step: a long form's time is spent here.
	for (const widget of widgets) {
		if (!isWidget(widget)) continue;
		for (const [key, value] of entriesOf(widget)) {
			let free = key;
			for (let count = 2; values.has(free); count++) free = `${key} (${count})`;
			values.set(free, value);
		}
	}
	return Object.fromEntries(values);
}

/**
 * The form of an instance (API sheet section 5) as one object: the key is the widget's custom id,
 * else its name, else its id; a key met twice gets " (2)", " (3)". Values of unknown widget types
 * pass through as they are. A form that is not a list of widgets, or is nested too deeply to be
 * walked through, comes back under `unread`.
 */
export function readForm(form: unknown): FormValues {
	if (form === undefined || form === null || form === '') return { values: {} };
	let widgets: unknown = form;
	if (typeof form === 'string') {
		try {
			widgets = JSON.parse(form);
		} catch {
			return { values: {}, unread: form };
		}
	}
	if (!Array.isArray(widgets)) return { values: {}, unread: form };
	try {
		const values = valuesOf(widgets);
		return widgets.every(isWidget) ? { values } : { values, unread: form };
	} catch {
		return { values: {}, unread: form };
	}
}
