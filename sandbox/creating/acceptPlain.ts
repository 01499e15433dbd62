import type { FormField } from './definition';
import { badWidget, type Accept, type Context, type Sent } from './widgets';

interface Choice {
	value: string;
	text: string;
}

const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/** Whether this is a time as the platform wants it. */
export function isTime(value: unknown): value is string {
	return typeof value === 'string' && RFC_3339.test(value) && !Number.isNaN(Date.parse(value));
}

/** Texts, numbers, amounts, times, choices and tables (API sheet 5.2). */
export const acceptPlain: Accept = (context, field, sent) => {
	const accept = PLAIN[field.type];
	return accept?.(context, field, sent);
};

function acceptText(_context: Context, { id }: FormField, { value }: Sent): Sent {
	if (typeof value !== 'string') throw badWidget(id, 'value is not a string');
	return { value };
}

/** A number, or a text that is one. */
function readNumber(id: unknown, value: unknown): number {
	const isText = typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value);
	if (typeof value === 'number' || isText) return Number(value);
	throw badWidget(id, 'value is not a number');
}

function acceptNumber(_context: Context, { id }: FormField, { value }: Sent): Sent {
	return { value: readNumber(id, value) };
}

/** The currency is one of the definition's, if that names some. */
function acceptAmount(_context: Context, { id, option }: FormField, sent: Sent): Sent {
	const { currencyRange: range } = (option ?? {}) as { currencyRange?: string[] };
	const { currency } = sent;
	const isWrong = range !== undefined && !range.includes(String(currency));
	if (isWrong) throw badWidget(id, 'currency is invalid');
	const value = readNumber(id, sent.value);
	if (currency === undefined) return { value };
	const ext = {
		capitalValue: '',
		currency,
		currencyRange: range ?? [],
		maxValue: '',
		minValue: '',
	};
	return { value, ext };
}

function acceptDate(_context: Context, { id }: FormField, { value }: Sent): Sent {
	if (!isTime(value)) throw badWidget(id, 'value is not RFC3339');
	return { value, timezoneOffset: offsetOf(value) };
}

/** Minutes that local time is behind UTC, as JavaScript counts them. */
function offsetOf(time: string): number {
	const [, sign, hours, minutes] = /([+-])(\d\d):(\d\d)$/.exec(time) ?? [];
	if (sign === undefined) return 0;
	return (sign === '+' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) || 0;
}

function acceptInterval(_context: Context, { id }: FormField, { value }: Sent): Sent {
	const { start, end, interval } = (value ?? {}) as Record<string, unknown>;
	if (!isTime(start) || !isTime(end)) throw badWidget(id, 'value is not RFC3339');
	if (typeof interval !== 'number') throw badWidget(id, 'interval is missing');
	if (Date.parse(start) > Date.parse(end)) throw badWidget(id, 'start is after end');
	return { value: { start, end, interval } };
}

/** External options are taken and shown by their IDs, all others taken by key and shown by text. */
function findChoice({ definition }: Context, field: FormField, key: unknown): Choice {
	const external = definition.externalOptions[String(field.id)];
	const own = Array.isArray(field.option) ? (field.option as Choice[]) : [];
	const found = [...(external ?? own)].find((choice) => choice.value === key);
	if (found === undefined) throw badWidget(field.id, `option ${JSON.stringify(key)} not found`);
	return external === undefined ? found : { ...found, text: found.value };
}

const shown = ({ value: key, text }: Choice) => ({ key, text });

function acceptChoice(context: Context, field: FormField, { value }: Sent): Sent {
	const choice = findChoice(context, field, value);
	return { value: choice.text, option: shown(choice) };
}

function acceptChoices(context: Context, field: FormField, { value }: Sent): Sent {
	if (!Array.isArray(value)) throw badWidget(field.id, 'value is not a list');
	const choices = value.map((key: unknown) => findChoice(context, field, key));
	return { value: choices.map(({ text }) => text), option: choices.map(shown) };
}

/** Rows of widgets: one list per row. */
function acceptTable(context: Context, field: FormField, { value }: Sent): Sent {
	if (!Array.isArray(value)) throw badWidget(field.id, 'value is not a list of rows');
	const columns = columnsOf(field);
	return { value: value.map((row: unknown) => context.acceptAll(columns, row)) };
}

/** The columns of a table, in any of the places where definitions have them (API sheet 11.11). */
export function columnsOf({ children, value, option, ext }: FormField): FormField[] {
	const lists = [children, value, option, ext].map((place): unknown =>
		typeof place === 'string' && place.startsWith('[') ? JSON.parse(place) : place,
	);
	const isField = (one: unknown) => typeof (one as FormField | null)?.type === 'string';
	return (lists.find((list) => Array.isArray(list) && list.some(isField)) ?? []) as FormField[];
}

const PLAIN: Record<string, (context: Context, field: FormField, sent: Sent) => Sent> = {
	input: acceptText,
	textarea: acceptText,
	number: acceptNumber,
	formula: acceptNumber,
	amount: acceptAmount,
	date: acceptDate,
	dateInterval: acceptInterval,
	radio: acceptChoice,
	radioV2: acceptChoice,
	checkbox: acceptChoices,
	checkboxV2: acceptChoices,
	fieldList: acceptTable,
};
