import { kindOfValue, leftOver, stripInvisible, type Problem } from './notText';
import { userIdComplaint } from './userIds';

const SEPARATORS = /[,，、;；\s]/u;
/** Longer ones would bury the rest of a message. */
const SHOWN = 40;

/** Recipients, or what is wrong with them and how to mend it. */
export type Recipients = { ids: string[] } | Problem;

const NOBODY: Problem = {
	message: 'nobody is named',
	hint: 'Enter at least one ID, several separated by commas. If it is an expression, check that the incoming item has that field and that it is not empty.',
};
const EMPTY: Problem = {
	message: 'one of the IDs is empty',
	hint: 'Somebody in the list has no ID. To leave such people out, add .filter(Boolean) behind the list in the expression.',
};

function shown(id: string): string {
	return id.length > SHOWN ? `${id.slice(0, SHOWN)}…` : id;
}

function notText(entry: unknown, isAlone: boolean): Problem {
	const found = kindOfValue(entry);
	const complaint = `an ID has to be text, but ${isAlone ? 'it' : 'one'} is ${found}`;
	if (Array.isArray(entry)) {
		return {
			message: complaint,
			hint: 'Make one list of the lists: add .flat() in the expression.',
		};
	}
	if (typeof entry !== 'object') {
		return { message: complaint, hint: 'Make text of it with String(…) in the expression.' };
	}
	const hint = isAlone
		? 'Take the ID out of the object: add its field to the expression, for example .open_id.'
		: 'Take the IDs out of the objects: add .map((person) => person.open_id) behind the list in the expression.';
	return { message: complaint, hint };
}

function complaintOf(text: string): Problem | undefined {
	for (const id of [text, ...text.split(SEPARATORS)]) {
		const left = leftOver(id);
		if (left !== undefined) return { ...left, message: `one of the IDs is ${left.message}` };
	}
	for (const id of text.split(SEPARATORS)) {
		const wrong = userIdComplaint(id);
		if (wrong === undefined) continue;
		return {
			message: `"${shown(id)}" cannot be an ID: ${wrong}`,
			hint: 'Enter IDs and nothing else, separated by commas, without quotes or brackets around them.',
		};
	}
	return undefined;
}

/**
 * The people named by an array of IDs, or by text that separates them by commas (also Chinese ones),
 * semicolons, blanks or lines. Trimmed; an ID given twice counts once.
 */
export function readRecipients(value: unknown): Recipients {
	const isList = Array.isArray(value);
	const list: unknown[] = isList ? value : [value];
	const ids = new Set<string>();
	for (const entry of list) {
		if (entry === undefined || entry === null || entry === '') {
			if (isList) return EMPTY;
			continue;
		}
		if (typeof entry !== 'string') return notText(entry, !isList);
		const text = stripInvisible(entry);
		const wrong = complaintOf(text);
		if (wrong !== undefined) return wrong;
		for (const id of text.split(SEPARATORS)) if (id !== '') ids.add(id);
	}
	return ids.size === 0 ? NOBODY : { ids: [...ids] };
}
