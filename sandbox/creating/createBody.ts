import { fieldViolation, Refusal } from '../answers';
import { readText, readTexts } from '../bodies';
import type { App, User } from '../model';
import { findUser } from '../people';
import type { Platform } from '../platform';
import type { Definition } from './definition';

type Fields = Record<string, unknown>;

const BOOLEANS = ['allow_resubmit', 'allow_submit_again', 'forbid_revoke', 'with_link'];
const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** The plain fields of a Create body, after the checks of their types (API sheet 4.3). */
export function readCreateBody(platform: Platform, fields: Fields) {
	const { approval_code, form } = readTexts(fields, 'approval_code', 'form');
	for (const name of BOOLEANS) {
		const value = fields[name];
		if (value !== undefined && typeof value !== 'boolean') {
			throw fieldViolation(name, value, `${name} is not a bool`);
		}
	}
	const mask = readText(fields, 'cancel_bot_notification');
	if (mask !== undefined && !/^[0-7]$/.test(mask)) throw invalid('cancel_bot_notification');
	const title = readText(fields, 'title');
	if (title !== undefined && !title.startsWith('@i18n@')) throw invalid('title');
	const display = fields.title_display_method;
	if (display !== undefined && display !== 0 && display !== 1) {
		throw invalid('title_display_method');
	}
	const uuid = readText(fields, 'uuid');
	if (uuid !== undefined && (uuid === '' || uuid.length > 64)) throw invalid('uuid');
	if (uuid !== undefined && platform.isLark && !UUID.test(uuid)) throw invalid('uuid');
	return { approval_code, form, uuid };
}

/** Who starts it: `user_id` wins over `open_id`, and there is no `user_id_type` (API sheet 4.3). */
export function findInitiator(platform: Platform, app: App, fields: Fields): User {
	const userId = readText(fields, 'user_id') ?? '';
	const openId = readText(fields, 'open_id') ?? '';
	if (userId === '' && openId === '') {
		throw fieldViolation('user_id', '', 'user_id or open_id is required');
	}
	return userId === ''
		? findUser(platform.users, app.app_id, 'open_id', openId)
		: findUser(platform.users, app.app_id, 'user_id', userId);
}

/** The department, of the department_id kind: the first one of the person if none is named. */
export function readDepartment(fields: Fields, { departments = [] }: User): string {
	const given = readText(fields, 'department_id') ?? '';
	if (given === '') return departments[0] ?? '';
	const isTheirs = departments.length === 0 || departments.includes(given);
	if (given === '0' || given.startsWith('od-') || !isTheirs) throw invalid('department_id');
	return given;
}

/** The definition, if this person may start it now. */
export function findStartable(platform: Platform, code: string, person: User): Definition {
	if (!platform.approvals.has(code)) throw new Refusal(1390002, 'approval code not found');
	const definition = platform.definitionOf(code);
	if (definition.status === 'DELETED') throw new Refusal(1390016, 'approval is deleted');
	if (definition.status !== 'ACTIVE') throw new Refusal(1390015, 'approval is not active');
	const mayStart = definition.viewers.some(({ type, id, user_id: user }) => {
		if (type === 'USER') return [id, user].includes(person.open_id);
		if (type === 'DEPARTMENT') return person.departments?.includes(id) === true;
		return type === 'TENANT';
	});
	if (!mayStart) {
		const msg = 'The user does not have permission to initiate this approval';
		throw new Refusal(1395009, msg);
	}
	return definition;
}

/** 1390001 that names a field of the body. */
export function invalid(name: string): Refusal {
	return new Refusal(1390001, `param is invalid: ${name}`);
}
