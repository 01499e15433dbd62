import type { IDataObject } from 'n8n-workflow';

import { readForm } from './form';
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
