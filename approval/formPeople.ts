import { type Entry, isName, type Widget } from './formWidget';
import { isObject } from './json';

/** `openIds` is there where each of the people came with theirs. */
interface People {
	ids: unknown[];
	openIds?: unknown[];
}

function isListOfNames(value: unknown): value is unknown[] {
	return Array.isArray(value) && value.every(isName);
}

function idsIn(part: unknown): People | undefined {
	if (isName(part)) return { ids: [part] };
	if (!isObject(part)) return undefined;
	const userIds = isListOfNames(part.user_ids) ? part.user_ids : [];
	const openIds = isListOfNames(part.open_ids) ? part.open_ids : undefined;
	if (userIds.length > 0) return { ids: userIds, openIds };
	if (openIds !== undefined) return { ids: openIds, openIds };
	if (Array.isArray(part.user_ids)) return part.user_ids.length === 0 ? { ids: [] } : undefined;
	const id = [part.user_id, part.id, part.open_id, part.union_id].find(isName);
	if (id === undefined) return undefined;
	return { ids: [id], openIds: isName(part.open_id) ? [part.open_id] : undefined };
}

/** The people of a value that is more than a list of IDs; nothing if it is none, or not understood. */
function peopleIn(value: unknown): People | undefined {
	const parts: unknown[] = Array.isArray(value) ? value : [value];
	if (!parts.some(isObject)) return undefined;
	const found: People[] = [];
	for (const part of parts) {
		const people = idsIn(part);
		if (people === undefined) return undefined;
		found.push(people);
	}
	const openIds = found.every((people) => people.openIds !== undefined)
		? found.flatMap((people) => people.openIds)
		: undefined;
	return { ids: found.flatMap(({ ids }) => ids), openIds };
}

function isEmpty(value: unknown): boolean {
	if (typeof value !== 'object' || value === null) return value === null || value === '';
	return Object.keys(value).length === 0;
}

function withOpenIds(key: string, value: unknown, openIds: unknown): Entry[] {
	const entry: Entry = [key, value];
	return openIds === undefined ? [entry] : [entry, [`${key} open_ids`, openIds]];
}

/**
 * The entries of a contact (API sheet 5.2): its people as a list of IDs, whatever shape they came
 * in, and their open IDs beside them under `<key> open_ids`. What is not understood stays as it is.
 */
export function contactEntries(key: string, widget: Widget): Entry[] {
	const value = widget.value ?? null;
	const people = peopleIn(value);
	const ids = people?.ids ?? value;
	const openIds = widget.open_ids ?? people?.openIds ?? widget.open_ids;
	return withOpenIds(key, isEmpty(ids) ? (openIds ?? ids) : ids, openIds);
}

function departmentIds(department: unknown): unknown[] {
	if (!isObject(department)) return [department].filter(isOpenDepartmentId);
	if (isListOfNames(department.open_ids)) return department.open_ids;
	const named = [department.open_id, department.open_department_id].find(isName);
	return named === undefined ? [department.id].filter(isOpenDepartmentId) : [named];
}

function isOpenDepartmentId(value: unknown): boolean {
	return typeof value === 'string' && value.startsWith('od-');
}

/**
 * The entries of a department field (API sheet 5.2): its value as it is, and under `<key> open_ids`
 * the IDs of the departments, where each of them has one.
 */
export function departmentEntries(key: string, widget: Widget): Entry[] {
	const value = widget.value ?? null;
	const departments: unknown[] = Array.isArray(value) ? value : [value];
	const ids = departments.map(departmentIds);
	const found = ids.every((own) => own.length > 0) ? ids.flat() : [];
	return withOpenIds(key, value, widget.open_ids ?? (found.length > 0 ? found : undefined));
}
