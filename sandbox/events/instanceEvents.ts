import type { PlatformEvent } from './model';

/** The codes of an instance; any instance of the sandbox will do. */
export interface Codes {
	approval_code: string;
	instance_code: string;
	uuid?: string;
}

/** Fields to add or to change. */
export type Fields = Record<string, unknown>;

export const v1 = (type: string, fields: Fields): PlatformEvent => ({
	version: 'v1',
	type,
	fields: { ...fields },
});

export const v2 = (type: string, fields: Fields): PlatformEvent => ({
	version: 'v2',
	type,
	fields: { ...fields },
});

/** Times are texts of ms, but REVERTED comes with a number (API sheet 6.2). */
function timeOf(status: string, now = Date.now()): string | number {
	return status === 'REVERTED' ? now : String(now);
}

/** `approval_instance`: the status of an instance changed. */
export function approvalInstanceEvent(
	{ approval_code, instance_code, uuid = '' }: Codes,
	status: string,
	more: Fields = {},
): PlatformEvent {
	const time = timeOf(status);
	return v1('approval_instance', {
		approval_code,
		instance_code,
		status,
		operate_time: time,
		instance_operate_time: time,
		uuid,
		generate_type: '',
		...more,
	});
}

/** A task as far as its events tell of it. */
export interface TaskLike {
	id: string;
	user_id?: string;
	open_id?: string;
	node_id?: string;
	custom_node_id?: string;
}

/**
 * `approval_task`: the status of a task changed. Automatic decisions have no people: give
 * `{ open_id: '', user_id: '' }`.
 */
export function approvalTaskEvent(
	{ approval_code, instance_code }: Codes,
	{ id, user_id = '', open_id = '', node_id = '', custom_node_id = '' }: TaskLike,
	status: string,
	more: Fields = {},
): PlatformEvent {
	return v1('approval_task', {
		approval_code,
		instance_code,
		task_id: id,
		open_id,
		user_id,
		status,
		operate_time: timeOf(status),
		custom_key: custom_node_id,
		def_key: node_id,
		extra: '',
		generate_type: '',
		...more,
	});
}

/** `approval_cc`: somebody was copied (`CREATE`) or has read it (`READ`); its time is a number. */
export function approvalCcEvent(
	{ approval_code, instance_code }: Codes,
	cc: { id: string; user_id: string; from?: string },
	operate: 'CREATE' | 'READ',
	more: Fields = {},
): PlatformEvent {
	return v1('approval_cc', {
		approval_code,
		instance_code,
		id: cc.id,
		user_id: cc.user_id,
		create_time: Date.now(),
		operate,
		from: cc.from ?? '',
		...more,
	});
}

/** The old event `approval` of an instance; it names the definition otherwise. */
export function oldApprovalEvent(
	{ approval_code, instance_code }: Codes,
	event: 'approve' | 'reject' | 'cancel' | 'delete' | 'withdraw',
	more: Fields = {},
): PlatformEvent {
	return v1('approval', { definition_code: approval_code, instance_code, event, ...more });
}

/** `approval.approval.updated_v4`: a definition changed; its time is in seconds. */
export function definitionUpdatedEvent(approvalCode: string, more: Fields = {}): PlatformEvent {
	const object = {
		approval_code: approvalCode,
		approval_id: '7090754740375519252',
		version_id: '7090754740375519253',
		form_definition_id: '7090754740375519254',
		process_obj: '',
		timestamp: String(Math.floor(Date.now() / 1000)),
		widget_group_type: 0,
		extra: '',
		...more,
	};
	return v2('approval.approval.updated_v4', { object });
}
