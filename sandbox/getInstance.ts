import { admitApp } from './access';
import { fieldViolation, Refusal, success } from './answers';
import type { Answer } from './answers';
import { commentList } from './commentList';
import type { App, Instance, InstanceData, JournalEntry } from './model';
import { findUser, readUserIdType, USER_ID_SCOPE } from './people';
import type { Platform } from './platform';

/** The 16 values of `locale` (API sheet 4.1). */
export const LOCALES: readonly string[] = [
	'zh-CN',
	'en-US',
	'ja-JP',
	'zh-HK',
	'zh-TW',
	'de-DE',
	'es-ES',
	'fr-FR',
	'id-ID',
	'it-IT',
	'ko-KR',
	'pt-BR',
	'th-TH',
	'vi-VN',
	'ms-MY',
	'ru-RU',
];

/**
 * `GET /open-apis/approval/v4/instances/:instance_id` (API sheet 4.1, Get Instance page): by
 * instance code or by the uuid given at creation.
 */
export function getInstance(platform: Platform, entry: JournalEntry, instanceId: string): Answer {
	const app = admitApp(platform, entry);
	const { query } = entry;
	const { locale, user_id: userId, nested_mutable_group: nested } = query;
	if (locale !== undefined && !LOCALES.includes(String(locale))) {
		throw new Refusal(1390001, 'param is invalid: locale');
	}
	if (nested !== undefined && nested !== 'true' && nested !== 'false') {
		throw fieldViolation('nested_mutable_group', nested, 'it is not a bool');
	}
	const kind = readUserIdType(query, app);
	if (userId !== undefined) findUser(platform.users, app.app_id, kind, String(userId));
	const instance = findInstance(platform, instanceId);
	if (instance.forbidden) throw noPermission();
	const data = JSON.stringify(visibleData(instance, app, nested === 'true'));
	return success(JSON.parse(platform.fileHost.withLinks(data)) as object);
}

/** 1390009, the one code of these pages that comes as HTTP 403. */
export function noPermission(): Refusal {
	return new Refusal(1390009, 'no operation permission', { status: 403 });
}

function findInstance({ instances, clock }: Platform, id: string): Instance {
	const wanted = id.toLowerCase();
	const hasUuid = ({ uuid, foundByUuidFrom: from = 0 }: Instance) =>
		uuid !== '' && uuid.toLowerCase() === wanted && clock.now() >= from;
	const found = instances.get(id) ?? [...instances.values()].find(hasUuid);
	if (!found) throw new Refusal(1390003, 'instance code not found');
	return found;
}

function visibleData(instance: Instance, app: App, nested: boolean): InstanceData {
	const data: Instance = structuredClone(instance);
	const written = commentList(data);
	if (written.length > 0) data.comment_list = [...(data.comment_list ?? []), ...written];
	delete data.forbidden;
	delete data.handwritten;
	delete data.nextNodes;
	delete data.comments;
	delete data.forbidsRevoke;
	delete data.foundByUuidFrom;
	delete data.nodeCopies;
	if (!nested) data.form = shortenMutableGroups(data.form);
	if (!app.scopes.includes(USER_ID_SCOPE)) hideUserIds(data, app.userIdWithoutScope);
	return data;
}

/** mutableGroup is complete only with `nested_mutable_group=true`; other forms stay untouched. */
function shortenMutableGroups(form: string): string {
	if (!form.includes('"mutableGroup"')) return form;
	const widgets = JSON.parse(form) as Array<Record<string, unknown>>;
	for (const widget of widgets) {
		if (widget.type === 'mutableGroup') delete widget.value;
	}
	return JSON.stringify(widgets);
}

/** Without the field scope no `user_id` is shown anywhere, the JSON text in `ext` included. */
function hideUserIds(node: object, how: App['userIdWithoutScope']): void {
	const fields = node as Record<string, unknown>;
	for (const [key, value] of Object.entries(fields)) {
		if (key === 'user_id' || key === 'user_id_list') {
			if (how === 'absent') delete fields[key];
			else fields[key] = key === 'user_id' ? '' : [];
		} else if (key === 'ext' && typeof value === 'string' && value !== '') {
			const ext = JSON.parse(value) as object;
			hideUserIds(ext, how);
			fields[key] = JSON.stringify(ext);
		} else if (typeof value === 'object' && value !== null) {
			hideUserIds(value, how);
		}
	}
}
