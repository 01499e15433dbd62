import { admitApp } from './access';
import { fieldViolation, Refusal, success } from './answers';
import type { Answer } from './answers';
import type { Instance, JournalEntry, Task } from './model';
import { pageOf } from './paging';
import { findUser, LIST_SCOPE, readUserIdType } from './people';
import type { Platform } from './platform';
import { copiesOf } from './searchInstances';
import { foundInstance, idOf, readSearch } from './searching';

const READING_SCOPE = 'approval:approval:readonly';
const STATUSES = [
	'PENDING',
	'REJECTED',
	'APPROVED',
	'TRANSFERRED',
	'DONE',
	'RM_REPEAT',
	'PROCESSED',
];

interface Found {
	instance: Instance;
	task: Task;
}

const updatedAt = ({ task: { start_time: start, end_time: end = '0' } }: Found): number =>
	Math.max(Number(start), Number(end));
const startedAt = ({ task }: Found): number => Number(task.start_time);

/** By the values of `order` (API sheet 4.4). */
const ORDERS: Array<(one: Found, other: Found) => number> = [
	(one, other) => updatedAt(other) - updatedAt(one),
	(one, other) => updatedAt(one) - updatedAt(other),
	(one, other) => startedAt(other) - startedAt(one),
	(one, other) => startedAt(one) - startedAt(other),
];

function statusesOf(fields: Record<string, unknown>): string[] {
	const { task_status: one = 'ALL', task_status_list: several } = fields;
	const chosen: unknown[] = Array.isArray(several) && several.length > 0 ? several : [one];
	if (chosen.includes('ALL')) return STATUSES;
	if (chosen.every((status) => STATUSES.includes(String(status)))) return chosen as string[];
	throw new Refusal(1390001, 'param is invalid: task_status');
}

/** `POST …/tasks/search` (API sheet 4.4, 11.5): `user_id` is the task's approver. */
export function searchTasks(platform: Platform, entry: JournalEntry): Answer {
	const search = readSearch(platform, entry, 'task_start_time', [LIST_SCOPE, READING_SCOPE]);
	const statuses = statusesOf(search.fields);
	const order = ORDERS[Number(search.fields.order ?? 2)];
	if (order === undefined) throw new Refusal(1390001, 'param is invalid: order');
	const all = [...platform.instances.values()]
		.filter(search.isOf)
		.flatMap((instance) => instance.task_list.map((task): Found => ({ instance, task })))
		.filter(({ task }) => search.person === undefined || task.open_id === search.person)
		.filter(({ task }) => statuses.includes(task.status) && search.isAt(task.start_time))
		.sort(order);
	const { entries, ...page } = pageOf(entry, all, search.sizes, search.isShown);
	const list = entries.map((found) => {
		const { instance, task } = found;
		return {
			...foundInstance(platform, instance, search.kind),
			task: {
				user_id: idOf(platform, task.open_id, search.kind),
				start_time: task.start_time,
				end_time: task.end_time ?? '0',
				status: task.status.toLowerCase(),
				title: '',
				extra: '',
				link: { pc_link: '', mobile_link: '' },
				task_id: task.id,
				update_time: String(updatedAt(found)),
				task_external_id: '',
			},
		};
	});
	return success({ count: all.length, task_list: list, ...page });
}

/** One entry of a person's lists. */
interface Listed {
	instance: Instance;
	id: string;
	status: number;
}

const PROCESS: Record<string, string> = {
	PENDING: '1',
	APPROVED: '2',
	REJECTED: '3',
	CANCELED: '4',
	DELETED: '5',
};

/** What a person finds under each topic (API sheet 4.4), by their open_id. */
const TOPICS: Record<string, (platform: Platform, instance: Instance, person: string) => Listed[]> =
	{
		1: (_platform, instance, person) =>
			tasksOf(instance, person, true).map(({ id }) => ({ instance, id, status: 1 })),
		2: (_platform, instance, person) =>
			tasksOf(instance, person, false).map(({ id }) => ({ instance, id, status: 2 })),
		3: (_platform, instance, person) =>
			instance.open_id === person
				? [{ instance, id: '', status: instance.status === 'CANCELED' ? 34 : 33 }]
				: [],
		17: (platform, instance, person) => copiesTo(platform, instance, person, false),
		18: (platform, instance, person) => copiesTo(platform, instance, person, true),
	};

function tasksOf({ task_list: tasks }: Instance, person: string, isOpen: boolean): Task[] {
	return tasks.filter(
		({ open_id: whose, status }) => whose === person && (status === 'PENDING') === isOpen,
	);
}

function copiesTo(
	{ readCopies }: Platform,
	instance: Instance,
	person: string,
	isRead: boolean,
): Listed[] {
	return copiesOf(instance)
		.filter(({ to, id }) => to === person && readCopies.has(id) === isRead)
		.map(({ id }) => ({ instance, id, status: isRead ? 18 : 17 }));
}

/** `GET …/tasks/query` (API sheet 4.4): what one person has to do, has done, started or was copied. */
export function queryTasks(platform: Platform, entry: JournalEntry): Answer {
	const app = admitApp(platform, entry, [READING_SCOPE, 'approval:task:list_by_user']);
	const kind = readUserIdType(entry.query, app);
	const { user_id: id, topic, page_token: token } = entry.query;
	if (typeof id !== 'string' || id === '') throw fieldViolation('user_id', id, 'it is required');
	const list = TOPICS[String(topic)];
	if (list === undefined) throw fieldViolation('topic', topic, 'it is not one of the options');
	const person = findUser(platform.users, app.app_id, kind, id);
	const all = [...platform.instances.values()].flatMap((instance) =>
		list(platform, instance, person.open_id),
	);
	const { entries, ...page } = pageOf(entry, all, { usual: 100, least: 1, most: 200 });
	const tasks = entries.map(({ instance, id: taskId, status }) => ({
		topic: String(topic),
		user_id: id,
		title: instance.approval_name,
		urls: {
			helpdesk: '',
			mobile: `https://m.example/${taskId}`,
			pc: `https://pc.example/${taskId}`,
		},
		process_external_id: '',
		task_external_id: '',
		status: String(status),
		process_status: PROCESS[instance.status] ?? '0',
		definition_code: instance.approval_code,
		initiators: [idOf(platform, instance.open_id, kind)],
		initiator_names: [],
		task_id: taskId,
		process_id: instance.serial_number,
		process_code: instance.instance_code,
		definition_group_id: '',
		definition_group_name: '',
		definition_id: instance.approval_code,
		definition_name: instance.approval_name,
	}));
	const count = { total: Math.min(all.length, 999), has_more: all.length > 999 };
	return success({ tasks, ...page, ...(token === undefined ? { count } : {}) });
}
