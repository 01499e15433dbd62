import { objectsIn } from '../../approval/json';
import type { UserIdType } from '../../approval/userIds';
import type { Failure } from '../answer';
import type { ItemClient } from '../client/itemClient';
import { callOf, ENDPOINTS } from '../endpoints';
import { FeishuCallError } from '../errors/callError';
import { escapeHtml } from '../errors/html';
import { chunks } from './lookUp';

function notFound(id: string): Failure {
	return {
		ok: false,
		carriedOut: 'no',
		transient: false,
		message: `No user ID was found for "${escapeHtml(id)}"`,
		hint: 'This operation works with user IDs alone. The app needs the scopes contact:contact.base:readonly and contact:user.employee_id:readonly, and the person has to be in its contact range. Or enter user IDs, and set User ID Type to User ID. Nothing was sent.',
	};
}

/**
 * The user IDs of people, by the IDs of another kind that are given (API sheet 7.2, 11.21); what is a
 * user ID already stays as it is.
 *
 * @throws FeishuCallError if Feishu refused, or if somebody has no user ID that the app may see
 */
export async function toUserIds(
	feishu: Pick<ItemClient, 'read'>,
	ids: string[],
	kind: UserIdType,
): Promise<Map<string, string>> {
	if (kind === 'user_id') return new Map(ids.map((id) => [id, id]));
	const found = new Map<string, string>();
	const wanted = [...new Set(ids)];
	for (const part of chunks(wanted)) {
		const qs = { user_ids: part, user_id_type: kind };
		const { items } = await feishu.read(callOf(ENDPOINTS.getUsers, { qs }));
		for (const { [kind]: id, user_id: userId } of objectsIn(items)) {
			if (typeof id === 'string' && typeof userId === 'string' && userId !== '')
				found.set(id, userId);
		}
	}
	for (const id of wanted) if (!found.has(id)) throw new FeishuCallError(notFound(id));
	return found;
}
