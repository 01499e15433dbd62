import { kindOfValue, leftOver, stripInvisible } from './inputText';
import { Problem } from './problem';
import { userIdComplaint } from './userIds';

const SEPARATORS = /[,，、;；\s]/u;
/** Numbers are often written with a space after the country code: "+86 131 …". */
const COUNTRY_CODE = /(\+\d{1,3})[ \u00a0-]+(?=\d)/g;
/** Longer ones would bury the rest of a message. */
const SHOWN = 40;

const NOBODY = new Problem(
	'cannot be used: nobody is named',
	'Enter at least one ID, several separated by commas. If it is an expression, check that the incoming item has that field and that it is not empty.',
);
const EMPTY = new Problem(
	'cannot be used: one of the IDs is empty',
	'Somebody in the list has no ID. To leave such people out, add .filter(Boolean) after the list in the expression.',
);

function shown(id: string): string {
	return id.length > SHOWN ? `${id.slice(0, SHOWN)}…` : id;
}

function notText(entry: unknown, isAlone: boolean): Problem {
	const found = kindOfValue(entry);
	const message = `cannot be used: an ID has to be text, but ${isAlone ? 'it' : 'one'} is ${found}`;
	if (Array.isArray(entry)) {
		return new Problem(message, 'Make one list of the lists: add .flat() in the expression.');
	}
	if (typeof entry !== 'object') {
		return new Problem(message, 'Make text of it with String(…) in the expression.');
	}
	return new Problem(
		message,
		isAlone
			? 'Take the ID out of the object: add its field to the expression, for example .open_id.'
			: 'Take the IDs out of the objects: add .map((person) => person.open_id) after the list in the expression.',
	);
}

function problemOf(text: string, ids: string[]): Problem | undefined {
	for (const id of [text, ...ids]) {
		const left = leftOver(id);
		if (left === undefined) continue;
		return new Problem(`cannot be used: one of the IDs is ${left.message}`, left.hint);
	}
	for (const id of ids) {
		const wrong = userIdComplaint(id);
		if (wrong === undefined) continue;
		return new Problem(
			`cannot be used: "${shown(id)}" cannot be an ID: ${wrong}`,
			'Enter IDs, email addresses or mobile numbers and nothing else, separated by commas, without quotes or brackets around them.',
		);
	}
	return undefined;
}

/**
 * The people named by a list of IDs, email addresses and mobile numbers, or by text that separates
 * them by commas (also Chinese ones), semicolons, spaces or lines. Trimmed; one named twice counts once.
 */
export function readRecipients(value: unknown): string[] | Problem {
	const isList = Array.isArray(value);
	const list: unknown[] = isList ? value : [value];
	const found = new Set<string>();
	for (const entry of list) {
		const isMissing = entry === undefined || entry === null;
		if (!isMissing && typeof entry !== 'string') return notText(entry, !isList);
		const text = stripInvisible(entry ?? '').replace(COUNTRY_CODE, '$1');
		const ids = text.split(SEPARATORS).filter((id) => id !== '');
		if (isList && ids.length === 0) return EMPTY;
		const wrong = problemOf(text, ids);
		if (wrong !== undefined) return wrong;
		for (const id of ids) found.add(id);
	}
	return found.size === 0 ? NOBODY : [...found];
}
