import { admitApp } from './access';
import { success } from './answers';
import type { Answer } from './answers';
import { findNamedInstance, readJson, readText, readTexts } from './bodies';
import type { Instance, JournalEntry, Task, User } from './model';
import { findUser, readUserIdType } from './people';
import type { Platform } from './platform';
import {
	advance,
	endInstance,
	endTask,
	findOpenTask,
	namePeople,
	nodeKeyOf,
	openTask,
	record,
	TASK_SCOPES,
} from './process';

/** A call about one open task, after all checks that these endpoints share. */
export interface TaskCall {
	instance: Instance;
	task: Task;
	person: User;
	comment: string;
	fields: Record<string, unknown>;
	/** Another person whom the body names. */
	findPerson(id: string): User;
}

/** Checks a call about a task (API sheet 4.4): nothing changes before all is checked. */
export function readTaskCall(platform: Platform, entry: JournalEntry): TaskCall {
	const app = admitApp(platform, entry, TASK_SCOPES);
	const fields = readJson(entry);
	const body = readTexts(fields, 'approval_code', 'instance_code', 'user_id', 'task_id');
	const comment = readText(fields, 'comment') ?? '';
	const kind = readUserIdType(entry.query, app);
	const instance = findNamedInstance(platform, body);
	const findPerson = (id: string) => findUser(platform.users, app.app_id, kind, id);
	const person = findPerson(body.user_id);
	const task = findOpenTask(instance, body.task_id, person);
	return { instance, task, person, comment, fields, findPerson };
}

/** What the timeline says of a task beside who did what. */
const about = (task: Task, comment: string) => ({
	task_id: task.id,
	comment,
	node_key: nodeKeyOf(task),
});

/** `POST …/tasks/approve`: a form replaces that of the instance. */
export function approveTask(platform: Platform, entry: JournalEntry): Answer {
	const { instance, task, person, comment, fields } = readTaskCall(platform, entry);
	const form = readText(fields, 'form');
	if (form !== undefined) instance.form = form;
	endTask(platform, instance, task, 'APPROVED');
	record(platform, instance, 'PASS', person, about(task, comment));
	advance(platform, instance);
	return success({});
}

/** `POST …/tasks/reject`: ends the instance. */
export function rejectTask(platform: Platform, entry: JournalEntry): Answer {
	const { instance, task, person, comment } = readTaskCall(platform, entry);
	endTask(platform, instance, task, 'REJECTED');
	record(platform, instance, 'REJECT', person, about(task, comment));
	endInstance(platform, instance, 'REJECTED');
	return success({});
}

/** `POST …/tasks/transfer`: somebody else decides in the same node. */
export function transferTask(platform: Platform, entry: JournalEntry): Answer {
	const { instance, task, person, comment, fields, findPerson } = readTaskCall(platform, entry);
	const to = findPerson(readTexts(fields, 'transfer_user_id').transfer_user_id);
	endTask(platform, instance, task, 'TRANSFERRED');
	instance.task_list.push(openTask(platform, task, to));
	record(platform, instance, 'TRANSFER', person, {
		...about(task, comment),
		ext: namePeople([to]),
	});
	return success({});
}
