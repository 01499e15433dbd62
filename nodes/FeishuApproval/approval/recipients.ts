import { kindOfValue, leftOver, withoutUnseen } from './notText';
import { userIdComplaint } from './userIds';

const SEPARATORS = /[,，、;；\s]/u;

const ENTER =
	'Enter at least one ID, several separated by commas. If it is an expression, check that the incoming item has that field and that it is not empty.';
const OBJECTS =
	'Take the IDs out of the objects, for example with {{ $json.people.map(person => person.open_id) }}.';

/** Recipients, or what is wrong with them and how to mend it. */
export type Recipients = { ids: string[] } | { complaint: string; cure: string };

/**
 * The people named by an array of IDs, or by text that separates them by commas (also Chinese ones),
 * semicolons, blanks or lines. Trimmed; an ID given twice counts once.
 */
export function readRecipients(value: unknown): Recipients {
	const wrong = (complaint: string, cure = ENTER) => ({ complaint, cure });
	const list = Array.isArray(value) ? value : [value];
	const ids = new Set<string>();
	for (const entry of list) {
		if (entry === undefined || entry === null || entry === '') {
			if (Array.isArray(value)) return wrong('one of the IDs is empty');
			continue;
		}
		if (typeof entry !== 'string') {
			const cure = typeof entry === 'object' && !Array.isArray(entry) ? OBJECTS : ENTER;
			return wrong(`an ID has to be text, but one is ${kindOfValue(entry)}`, cure);
		}
		const text = withoutUnseen(entry);
		for (const id of [text.trim(), ...text.split(SEPARATORS)]) {
			const left = leftOver(id);
			if (left !== undefined) return wrong(`one of the IDs is ${left}`);
		}
		for (const id of text.split(SEPARATORS)) {
			const complaint = userIdComplaint(id);
			if (complaint !== undefined) return wrong(`one of the IDs cannot be right: ${complaint}`);
			if (id !== '') ids.add(id);
		}
	}
	return ids.size === 0 ? wrong('nobody is named') : { ids: [...ids] };
}
