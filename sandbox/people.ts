import { fieldViolation, Refusal } from './answers';
import type { App, User, UserIdType } from './model';

/** Get Instance and CC Instance want any one of these (both pages' scope rows). */
export const INSTANCE_SCOPES = [
	'approval:approval',
	'approval:approval:readonly',
	'approval:instance',
] as const;

/** Looking people up wants this (API sheet 7.2). */
export const USER_LOOK_UP_SCOPE = 'contact:user.id:readonly';

/** The searches want this one (API sheet 4.3); that of tasks takes the one for reading as well. */
export const LIST_SCOPE = 'approval:approval.list:readonly';

/** Reading the other IDs of people wants this (API sheet 11.21). */
export const USER_BASE_SCOPE = 'contact:contact.base:readonly';

/** Seeing which departments people are in wants this field scope. */
export const DEPARTMENT_SCOPE = 'contact:user.department:readonly';

/** The field scope that reading or using a `user_id` needs (API sheet 7.1). */
export const USER_ID_SCOPE = 'contact:user.employee_id:readonly';

const ID_TYPES: readonly string[] = ['open_id', 'union_id', 'user_id'];

/**
 * Reads the query parameter `user_id_type`; default `open_id` (API sheet 4.0).
 * Refuses other values with 99992402, and `user_id` without its field scope with 99991672.
 */
export function readUserIdType(query: Record<string, string | string[]>, app: App): UserIdType {
	const given = query.user_id_type ?? 'open_id';
	if (typeof given !== 'string' || !ID_TYPES.includes(given)) {
		const options = `options: [${ID_TYPES.join(',')}]`;
		throw fieldViolation('user_id_type', given, `user_id_type is not one of the ${options}`);
	}
	if (given === 'user_id' && !app.scopes.includes(USER_ID_SCOPE)) {
		throw scopeRefusal(app, [USER_ID_SCOPE], 'field_scope_required');
	}
	return given as UserIdType;
}

/**
 * Finds a person by one kind of id. An id that is unknown for its kind is refused with 1390004,
 * an open_id of another app with 99992361 (API sheet 2.7 and 7.1).
 */
export function findUser(
	users: Map<string, User>,
	appId: string,
	kind: UserIdType,
	id: string,
): User {
	const candidates = [...users.values()].filter((user) => user[kind] === id);
	const inThisApp = candidates.find(({ app }) => app === undefined || app === appId);
	if (inThisApp) return inThisApp;
	if (candidates.length === 0) throw new Refusal(1390004, 'user_id or open_id not found');
	if (kind === 'open_id') throw new Refusal(99992361, 'open_id cross app');
	return candidates[0];
}

/** 99991672 with the scopes that are missing and the page that grants them (API sheet 1.3). */
export function scopeRefusal(app: App, scopes: readonly string[], type: string): Refusal {
	const list = scopes.join(', ');
	const url = `https://open.feishu.cn/app/${app.app_id}/auth?q=${scopes.join(',')}`;
	const msg = `Access denied. One of the following scopes is required: [${list}].`;
	return new Refusal(99991672, msg, {
		error: {
			permission_violations: scopes.map((subject) => ({ type, subject })),
			helps: [{ url, description: 'Apply for the scopes on this page' }],
		},
	});
}
