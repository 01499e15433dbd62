import type { IDataObject } from 'n8n-workflow';
import { createHash } from 'node:crypto';

import { isObject } from '../../../approval/json';
import { epochMs } from '../../../approval/times';
import { isTooDeep } from './body';
import { statusOf } from './status';

/** An event of the platform, whichever envelope it came in (API sheet 6.3). */
export interface FeishuEvent {
	/** Feishu's ID of the event, the same in every retry; where there is none, made of what happened. */
	id: string;
	/** Feishu's name of the event, such as `approval_instance`. */
	type: string;
	approvalCode?: string;
	/** The instance that it is about. */
	instanceCode?: string;
	/** In upper case, where the event tells one (see {@link statusOf}). */
	status?: string;
	/** The verification token; missing over the long connection. */
	token?: string;
	appId?: string;
	/** When it happened, epoch ms. */
	at?: number;
	/** What happened, as Feishu says it. */
	event: IDataObject;
	/** All that came, without the verification token. */
	envelope: IDataObject;
}

/** Longer IDs would not fit into the key by which n8n tells runs apart. */
const LONGEST_ID = 64;

/** What names something: text that says something, or a number, as text. */
export function nameIn(value: unknown): string | undefined {
	const text = typeof value === 'number' ? String(value) : value;
	if (typeof text !== 'string') return undefined;
	return text.trim() === '' ? undefined : text.trim();
}

/** A code as {@link nameIn} reads it. What holds half a character is none: no address can name it. */
function codeIn(value: unknown): string | undefined {
	const name = nameIn(value);
	return name !== undefined && /\p{Surrogate}/u.test(name) ? undefined : name;
}

/** A short name for some facts, from which they cannot be read. */
export function hashOf(...facts: unknown[]): string {
	return createHash('sha256').update(JSON.stringify(facts)).digest('base64url').slice(0, 32);
}

/** The part of an event that holds its fields: events of the second envelope often have an `object`. */
export function fieldsOf(event: IDataObject): IDataObject {
	return isObject(event.object) ? event.object : event;
}

function firstName(...values: unknown[]): string | undefined {
	return values.map(nameIn).find((name) => name !== undefined);
}

function firstTime(...values: unknown[]): number | undefined {
	return values.map(epochMs).find((time) => time !== undefined);
}

/** When it happened, by the event itself; retries say the same. */
function ownTime(fields: IDataObject): number | undefined {
	return firstTime(
		fields.operate_time,
		fields.instance_operate_time,
		fields.create_time,
		fields.timestamp,
	);
}

function idOf(given: string | undefined, type: string, event: IDataObject): string {
	if (given !== undefined) return given.length > LONGEST_ID ? hashOf(given) : given;
	const fields = fieldsOf(event);
	const instance = nameIn(fields.instance_code);
	const time = ownTime(fields);
	const status = firstName(fields.status, fields.operate, fields.event);
	// Where the fields do not tell two events apart, all that is said has to.
	if (instance === undefined || time === undefined || status === undefined) {
		return hashOf(type, event);
	}
	const parts = [fields.task_id, fields.id, fields.open_id, fields.user_id];
	return hashOf(type, instance, ...parts.map((part) => nameIn(part) ?? ''), status, time);
}

/** Names and token of an envelope, which the two versions keep in different places. */
function headOf(body: IDataObject, event: IDataObject) {
	if (!isObject(body.header)) {
		const { uuid, token, ts } = body;
		return { type: event.type, id: uuid, token, appId: event.app_id, sent: firstTime(ts) };
	}
	const { event_type, event_id, token, app_id, create_time, event_create_time } = body.header;
	const sent = firstTime(create_time, event_create_time);
	return { type: event_type, id: event_id, token, appId: app_id, sent };
}

function withoutToken(body: IDataObject): IDataObject {
	const { header, ...rest } = body;
	delete rest.token;
	if (!isObject(header)) return rest;
	const kept = { ...header } as IDataObject;
	delete kept.token;
	return { ...rest, header: kept };
}

/**
 * Reads an event out of its envelope, version 1 or 2 (API sheet 6.3); nothing if it is none. The ID
 * of the event stands outside of `event`; `event.uuid` is what somebody gave the instance when it
 * was created.
 */
export function readEvent(body: unknown): FeishuEvent | undefined {
	if (!isObject(body) || isTooDeep(body)) return undefined;
	const { event, header, schema } = body;
	if (!isObject(event) || (schema !== undefined && !isObject(header))) return undefined;
	const head = headOf(body, event);
	const type = nameIn(head.type);
	if (type === undefined) return undefined;
	const fields = fieldsOf(event);
	return {
		id: idOf(nameIn(head.id), type, event),
		type,
		// The old event `approval` has another word for it.
		approvalCode: firstName(fields.approval_code, fields.definition_code),
		instanceCode: codeIn(fields.instance_code),
		status: statusOf(type, fields),
		token: nameIn(head.token),
		appId: nameIn(head.appId),
		at: ownTime(fields) ?? head.sent,
		event,
		envelope: withoutToken(body),
	};
}
