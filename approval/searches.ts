import type { IDataObject } from 'n8n-workflow';

import { isObject, orNull } from './json';
import { statusOf } from './statuses';
import { toIso } from './times';

const part = (entry: IDataObject, name: string): IDataObject => {
	const value = entry[name];
	return isObject(value) ? value : {};
};

const linkOf = (of: IDataObject): unknown => {
	const { pc_link: pc, mobile_link: mobile } = part(of, 'link');
	return orNull(pc || mobile);
};

/** What all searches tell of an instance and its definition. */
function instanceOf(entry: IDataObject): Record<string, unknown> {
	const instance = part(entry, 'instance');
	const approval = part(entry, 'approval');
	return {
		instance_code: orNull(instance.code),
		approval_code: orNull(approval.code),
		approval_name: orNull(approval.name),
		serial_number: orNull(instance.serial_id),
		status: statusOf(instance.status),
		user_id: orNull(instance.user_id),
		title: orNull(instance.title),
		start_time: toIso(instance.start_time),
		end_time: toIso(instance.end_time),
		link: linkOf(instance),
	};
}

/** An instance that was found (API sheet 4.3, Query), in the words of Get Instance. */
export function simplifyFound(entry: IDataObject): IDataObject {
	return instanceOf(entry) as IDataObject;
}

/** A copy that was found (API sheet 4.3, Search CC), with its instance. */
export function simplifyCopy(entry: IDataObject): IDataObject {
	const copy = part(entry, 'cc');
	const { title, link, ...instance } = instanceOf(entry);
	return {
		...instance,
		title: orNull(copy.title) ?? title,
		link: linkOf(copy) ?? link,
		cc_user_id: orNull(copy.user_id),
		cc_time: toIso(copy.create_time),
		read_status: statusOf(copy.read_status),
	} as IDataObject;
}

/** A task that was found (API sheet 4.4, Search tasks), with its instance. */
export function simplifyFoundTask(entry: IDataObject): IDataObject {
	const task = part(entry, 'task');
	const { status, user_id: initiator, title, link, ...instance } = instanceOf(entry);
	return {
		task_id: orNull(task.task_id),
		...instance,
		status: statusOf(task.status),
		instance_status: status,
		user_id: orNull(task.user_id),
		initiator_id: initiator,
		title: orNull(task.title) ?? title,
		start_time: toIso(task.start_time),
		end_time: toIso(task.end_time),
		update_time: toIso(task.update_time),
		link: linkOf(task) ?? link,
	} as IDataObject;
}
