import type { IDataObject } from 'n8n-workflow';

import { isObject } from '../../../approval/json';
import { kindOf } from './catalogue';
import { fieldsOf, nameIn, type FeishuEvent } from './envelope';
import { text } from './fields';
import { SHAPES } from './shapes';

/** Whom an event is about; the kinds of events have them in different places. */
function personIn(fields: IDataObject): IDataObject {
	const start = isObject(fields.start_user) ? fields.start_user : {};
	const places = [fields, fields.assigned_user, start, start.id].filter(isObject);
	const first = (...names: string[]) =>
		places.map((place) => nameIn(text(...names)(place))).find((id) => id !== undefined) ?? null;
	return { user_id: first('user_id', 'employee_id'), open_id: first('open_id') };
}

/**
 * The item that starts the workflow: what most workflows need of an event, the same fields for all
 * events of a kind, times in ISO 8601 (UTC); local times, of which the event does not tell the zone,
 * as they came. With `simplify` off, and of events of which nothing is known, what the platform
 * sent, without the verification token.
 */
export function itemOf(event: FeishuEvent, simplify: boolean): IDataObject {
	const kind = kindOf(event.type);
	if (kind === undefined || !simplify) return event.envelope;
	const fields = fieldsOf(event.event);
	const own = Object.entries(SHAPES[kind]).map(([name, read]) => [name, read(fields)]);
	return {
		event: kind,
		event_type: event.type,
		event_id: event.id,
		approval_code: event.approvalCode ?? null,
		instance_code: event.instanceCode ?? null,
		task_id: nameIn(fields.task_id) ?? null,
		status: event.status ?? null,
		...personIn(fields),
		comment: nameIn(fields.comment) ?? null,
		time: event.at === undefined ? null : new Date(event.at).toISOString(),
		...(Object.fromEntries(own) as IDataObject),
	};
}
