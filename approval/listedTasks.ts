import type { IDataObject } from 'n8n-workflow';

import { isObject, orNull } from './json';
import { processStatusOf, taskStatusOf } from './statuses';

/** What a person's tasks can be listed by, and how the API calls it (API sheet 4.4). */
export const TOPICS = {
	todo: '1',
	done: '2',
	initiated: '3',
	ccUnread: '17',
	ccRead: '18',
} as const;

export type Topic = keyof typeof TOPICS;

/** One of a person's tasks (API sheet 4.4, Query a user's tasks), in the words of Get Instance. */
export function simplifyListedTask(task: IDataObject, topic: Topic): IDataObject {
	const urls = isObject(task.urls) ? task.urls : {};
	return {
		task_id: orNull(task.task_id),
		instance_code: orNull(task.process_code),
		approval_code: orNull(task.definition_code),
		approval_name: orNull(task.definition_name),
		title: orNull(task.title),
		topic,
		status: taskStatusOf(task.status),
		instance_status: processStatusOf(task.process_status),
		user_id: orNull(task.user_id),
		initiator_ids: task.initiators ?? [],
		initiator_names: task.initiator_names ?? [],
		link: orNull(urls.pc || urls.mobile || urls.helpdesk),
	} as IDataObject;
}
