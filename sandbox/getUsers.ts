import { admitApp } from './access';
import { fieldViolation, success } from './answers';
import type { Answer } from './answers';
import type { JournalEntry } from './model';
import { DEPARTMENT_SCOPE, readUserIdType, USER_BASE_SCOPE, USER_ID_SCOPE } from './people';
import type { Platform } from './platform';

const AT_MOST = 50;

/**
 * `GET /open-apis/contact/v3/users/batch` (API sheet 11.21): people by IDs of one kind, with their
 * other IDs; the user ID and the departments only with their field scopes. Whom the app cannot see is
 * missing.
 */
export function getUsers(platform: Platform, entry: JournalEntry): Answer {
	const app = admitApp(platform, entry, [USER_BASE_SCOPE]);
	const { user_ids: asked = [], user_id_type: type = 'open_id' } = entry.query;
	const ids = Array.isArray(asked) ? asked : [asked];
	if (ids.length === 0 || ids.length > AT_MOST) {
		throw fieldViolation('user_ids', ids.join(), `between 1 and ${AT_MOST} are possible`);
	}
	// Naming people by user ID wants the field scope, asking for it does not.
	const kind = type === 'user_id' ? readUserIdType(entry.query, app) : type;
	const items = [...platform.users.values()]
		.filter((user) => ids.includes(user[kind as 'open_id' | 'union_id' | 'user_id']))
		.filter(({ open_id: id }) => app.contactRange === 'all' || app.contactRange.includes(id))
		.map(({ open_id, union_id, user_id, departments = [] }) => ({
			open_id,
			union_id,
			...(app.scopes.includes(USER_ID_SCOPE) ? { user_id } : {}),
			...(app.scopes.includes(DEPARTMENT_SCOPE) ? { department_ids: departments } : {}),
		}));
	return success({ items });
}

/** `GET /open-apis/contact/v3/departments/batch`: departments by their IDs, with their names. */
export function getDepartments(platform: Platform, entry: JournalEntry): Answer {
	admitApp(platform, entry, [USER_BASE_SCOPE]);
	const { department_ids: asked = [] } = entry.query;
	const ids = (Array.isArray(asked) ? asked : [asked]).map(String);
	if (ids.length === 0 || ids.length > AT_MOST) {
		throw fieldViolation('department_ids', ids.join(), `between 1 and ${AT_MOST} are possible`);
	}
	return success({ items: ids.map((id) => ({ department_id: id, name: `Department of ${id}` })) });
}
