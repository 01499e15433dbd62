import type { IDataObject } from 'n8n-workflow';

import { objectsIn } from '../../approval/json';
import { Problem } from '../../approval/problem';
import type { UserIdType } from '../../approval/userIds';
import type { FeishuClient } from '../client/client';
import { callOf, ENDPOINTS } from '../endpoints';
import { chunks } from './lookUp';

/** A department by its ID of the department_id kind; without a name where the app may not see it. */
export interface Department {
	id: string;
	name: string | undefined;
}

const UNSEEN = new Problem(
	'The departments of this person cannot be seen',
	'The app needs the scopes contact:contact.base:readonly and contact:user.department:readonly, and the person has to be in its contact range. Or enter the ID as an expression.',
);

const textsIn = (list: unknown): string[] =>
	Array.isArray(list) ? list.filter((one): one is string => typeof one === 'string') : [];

/** The names of departments as far as the app may see them, by their IDs. */
async function namesOf(client: FeishuClient, ids: string[]): Promise<Map<string, string>> {
	const names = new Map<string, string>();
	for (const part of chunks(ids)) {
		const qs = { department_ids: part, department_id_type: 'department_id' };
		const answer = await client.ask(callOf(ENDPOINTS.getDepartments, { qs }));
		const items: IDataObject[] = answer.ok ? objectsIn(answer.data.items) : [];
		for (const { department_id: id, name } of items) {
			if (typeof id === 'string' && typeof name === 'string') names.set(id, name);
		}
	}
	return names;
}

/**
 * The departments that a person is in (API sheet 7.1, 7.2), by their IDs as Create and Preview take
 * them.
 *
 * @throws FeishuCallError if Feishu refused; a Problem if the app may not see them
 */
export async function departmentsOf(
	client: FeishuClient,
	id: string,
	kind: UserIdType,
): Promise<Department[]> {
	const qs = { user_ids: [id], user_id_type: kind, department_id_type: 'department_id' };
	const { items } = await client.read(callOf(ENDPOINTS.getUsers, { qs }));
	const ids = textsIn(objectsIn(items)[0]?.department_ids);
	if (ids.length === 0) throw UNSEEN;
	const names = await namesOf(client, ids);
	return ids.map((one) => ({ id: one, name: names.get(one) }));
}
