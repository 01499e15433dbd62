import { addressAmongIds } from '../addresses';
import { isName } from '../formWidget';
import { stripInvisible, wordsOf } from '../inputText';
import { isObject, readJson } from '../json';
import { Problem } from '../problem';
import { isEmpty, misfit, type Fill } from './filling';

const WHO =
	'Enter IDs, email addresses or mobile numbers that begin with "+", separated by commas.';

/** The names in a list, a text, or the cell of a Base; nothing for what names nobody. */
function namesIn(value: unknown, keys: readonly string[]): string[] | undefined {
	const read = typeof value === 'string' ? (readJson(value) ?? value) : value;
	if (isName(read)) return wordsOf(stripInvisible(String(read))).map(String);
	if (isEmpty(read)) return [];
	if (Array.isArray(read)) {
		const names = (read as unknown[]).map((one) => namesIn(one, keys));
		return names.every((one) => one !== undefined) ? names.flat() : undefined;
	}
	if (!isObject(read)) return undefined;
	const found = keys.map((key) => read[key]).find((one) => !isEmpty(one));
	return found === undefined ? undefined : namesIn(found, keys);
}

/** Whether an expression gave nobody for one of several: that person would be missing without a word. */
const hasGap = (value: unknown): boolean => Array.isArray(value) && value.some(isEmpty);

/** People: their open IDs, and beside them the user IDs that were entered as such. */
export const fillContact: Fill = ({ value, openIds }, _field, { addresses }) => {
	const keys = ['open_ids', 'open_id', 'id', 'user_ids', 'user_id', 'email', 'mobile'];
	// Get Instance gives the same people twice.
	const entered = isEmpty(openIds) ? value : openIds;
	const names = namesIn(entered, keys);
	if (names === undefined) return misfit(value, 'a list of people', WHO);
	if (hasGap(entered)) {
		return new Problem('has an empty entry in its list of people', `Remove it. ${WHO}`);
	}
	const [open, user]: [string[], string[]] = [[], []];
	for (const name of new Set(names)) {
		const address = addressAmongIds(name);
		if (/^on_[\da-f]{32}$/.test(name))
			return misfit(
				name,
				'an ID that forms take',
				'Forms take open IDs and user IDs, no union IDs.',
			);
		if (address !== undefined) addresses.push(address);
		if (address !== undefined || name.startsWith('ou_')) open.push(name);
		else user.push(name);
	}
	if (user.length === 0) return { value: [], open_ids: open };
	return open.length === 0 ? { value: user } : { value: user, open_ids: open };
};

/** Departments by their open IDs. */
export const fillDepartment: Fill = ({ value, openIds }) => {
	const names = namesIn(isEmpty(openIds) ? value : openIds, [
		'open_ids',
		'open_id',
		'open_department_id',
		'id',
	]);
	const odd = names?.find((name) => !name.startsWith('od-'));
	if (names === undefined || odd !== undefined) {
		return misfit(
			odd ?? value,
			'a department',
			'Enter open department IDs, which begin with od-, separated by commas.',
		);
	}
	return { value: [...new Set(names)].map((open_id) => ({ open_id })) };
};
