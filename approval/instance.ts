import type { IDataObject } from 'n8n-workflow';

import { readForm } from './form';
import { statusOf } from './statuses';
import { toIso } from './times';

function pendingTasks(tasks: unknown): IDataObject[] {
	if (!Array.isArray(tasks)) return [];
	return tasks
		.filter((task: IDataObject | null) => task?.status === 'PENDING')
		.map((task: IDataObject) => ({
			task_id: task.id ?? null,
			user_id: task.user_id || null,
			open_id: task.open_id || null,
			node_name: task.node_name ?? null,
			type: task.type ?? null,
			start_time: toIso(task.start_time),
		})) as IDataObject[];
}

/**
 * What most workflows need of an instance (API sheet 4.1): times in ISO 8601 (UTC), the form as an
 * object, and of the tasks the open ones. IDs that the app may not see are null.
 */
export function simplifyInstance(data: IDataObject): IDataObject {
	const form = readForm(data.form);
	const simplified = {
		instance_code: data.instance_code ?? null,
		approval_code: data.approval_code ?? null,
		approval_name: data.approval_name ?? null,
		serial_number: data.serial_number ?? null,
		status: data.status ?? null,
		user_id: data.user_id || null,
		open_id: data.open_id || null,
		department_id: data.department_id || null,
		start_time: toIso(data.start_time),
		end_time: toIso(data.end_time),
		form_values: form.values,
		pending_tasks: pendingTasks(data.task_list),
	};
	return (form.unread === undefined
		? simplified
		: { ...simplified, form: form.unread }) as unknown as IDataObject;
}

/** Which instances are wanted; what is missing does not matter. */
export interface InstanceFilter {
	status?: string[];
	/** Epoch ms: ended then or later. */
	endedAfter?: number;
	/** Epoch ms: ended earlier. */
	endedBefore?: number;
}

/** Whether an instance, as Get Instance gives it, is one of those wanted; an open one has not ended. */
export function isWanted(
	{ status, end_time: ended }: IDataObject,
	{ status: statuses, endedAfter = -Infinity, endedBefore = Infinity }: InstanceFilter,
): boolean {
	if (statuses !== undefined && !statuses.includes(String(statusOf(status)))) return false;
	if (endedAfter === -Infinity && endedBefore === Infinity) return true;
	const at = Number(ended);
	return at > 0 && at >= endedAfter && at < endedBefore;
}
