import { kindOfValue, leftOver, stripInvisible } from '../../../../approval/inputText';
import { parseJson } from '../../../../approval/json';
import { Problem } from '../../../../approval/problem';

/** Text, or a number as text; an expression that went wrong gives numbers that are none. */
function textOf(value: unknown): string | undefined {
	return typeof value === 'string' || Number.isFinite(value) ? String(value) : undefined;
}

/**
 * A text that is a code or an ID, trimmed and without invisible characters; empty if it is left out.
 * A problem if it is not text, or what an expression left that found nothing.
 */
export function parseText(value: unknown, displayName: string): string | Problem {
	const text = textOf(value ?? '');
	if (text === undefined) {
		const found = typeof value === 'number' ? `"${value}"` : kindOfValue(value);
		return new Problem(
			`is ${found}, not text`,
			`Enter text for ${displayName}. If it is an expression, check what it gives.`,
		);
	}
	const clean = stripInvisible(text).trim();
	const left = leftOver(clean);
	return left === undefined ? clean : new Problem(`is ${left.message}`, left.hint);
}

/** The same for a text that has to be there; `hint` is added where it is empty. */
export function parseRequiredText(
	value: unknown,
	displayName: string,
	hint = '',
): string | Problem {
	const text = parseText(value, displayName);
	if (text !== '') return text;
	return new Problem(
		'is empty',
		`Enter a value for ${displayName}. If it is an expression, check that the incoming item has that field and that it is not empty.${hint}`,
	);
}

/** A text for people, as it is; empty if it is left out. */
export function parseMessage(value: unknown, displayName: string): string | Problem {
	const text = parseText(value, displayName);
	return text instanceof Problem ? text : (textOf(value ?? '') ?? '');
}

/** Yes or no; expressions may also give it as the text "true" or "false". */
export function parseSwitch(value: unknown, displayName: string): boolean | Problem {
	const word = typeof value === 'string' ? value.trim().toLowerCase() : value;
	if (word === true || word === 'true') return true;
	if (word === false || word === 'false') return false;
	return new Problem(
		'is neither true nor false',
		`Switch ${displayName} on or off, or enter an expression that gives true or false.`,
	);
}

/** A whole number from 1 up, also as text. */
export function parseCount(value: unknown, hint: string): number | Problem {
	const count = typeof value === 'string' ? Number(value) : value;
	if (typeof count === 'number' && Number.isInteger(count) && count >= 1) return count;
	return new Problem('is not a whole number from 1 up', hint);
}

/** One of several values. */
export function parseChoice<T extends string>(
	value: unknown,
	choices: readonly T[],
	displayName: string,
): T | Problem {
	const chosen = choices.find((choice) => choice === value);
	return (
		chosen ??
		new Problem(
			'is not one that Feishu knows',
			`Set ${displayName} to one of ${choices.map((choice) => `\`${choice}\``).join(', ')}.`,
		)
	);
}

/** JSON: an object or a list from an expression, or text that holds one; nothing if it is empty. */
export function parseJsonField(value: unknown, displayName: string): unknown {
	if (typeof value !== 'string') return value ?? undefined;
	const text = value.trim();
	if (text === '') return undefined;
	const left = leftOver(text);
	if (left !== undefined && !text.startsWith('{') && !text.startsWith('[')) {
		return new Problem(`is ${left.message}`, left.hint);
	}
	try {
		const parsed = parseJson(text);
		if (JSON.stringify(parsed) === JSON.stringify(JSON.parse(text))) return parsed;
		return new Problem(
			'holds a number with more digits than n8n can keep',
			`Put the number in quotes in ${displayName}, so that it is sent as it is.`,
		);
	} catch (error) {
		return new Problem(
			'is not valid JSON',
			`Check quotes, commas and brackets in ${displayName} (${error instanceof Error ? error.message : ''}), or use an expression that gives an object.`,
		);
	}
}
