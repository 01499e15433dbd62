import { admitApp } from './access';
import { fieldViolation, Refusal, success } from './answers';
import type { Answer } from './answers';
import { findNamedInstance, readJson, readList, readText, readTexts } from './bodies';
import type { Instance, JournalEntry, Task, User } from './model';
import { findUser, readUserIdType } from './people';
import type { Platform } from './platform';
import {
	advance,
	endAllTasks,
	endTask,
	findOpenTask,
	namePeople,
	nodeKeyOf,
	openTask,
	record,
	TASK_SCOPES,
} from './process';
import { readTaskCall } from './taskDecisions';

const ADDED = { 1: 'ADD_APPROVER_BEFORE', 2: 'ADD_APPROVER_AFTER', 3: 'ADD_APPROVER' } as const;

/**
 * `POST …/instances/add_sign` (API sheet 4.3): IDs are user IDs, whatever the query says. Before: the
 * others decide first, and then this person again. After: this person's task passes at once.
 */
export function addSign(platform: Platform, entry: JournalEntry): Answer {
	const app = admitApp(platform, entry, TASK_SCOPES);
	const fields = readJson(entry);
	const body = readTexts(fields, 'approval_code', 'instance_code', 'user_id', 'task_id');
	const ids = readList(fields, 'add_sign_user_ids');
	const type = readNumber(fields, 'add_sign_type', [1, 2, 3]) as keyof typeof ADDED;
	if (type !== 3) readNumber(fields, 'approval_method', [1, 2, 3]);
	const comment = readText(fields, 'comment') ?? '';
	const instance = findNamedInstance(platform, body);
	const find = (id: string) => findUser(platform.users, app.app_id, 'user_id', id);
	const person = find(body.user_id);
	const added = ids.map(find);
	const task = findOpenTask(instance, body.task_id, person);
	if (type === 1) {
		endTask(platform, instance, task, 'DONE');
		(instance.nextNodes ??= []).unshift([openTask(platform, task, person)]);
	}
	if (type === 2) endTask(platform, instance, task, 'APPROVED');
	instance.task_list.push(...added.map((one) => openTask(platform, task, one)));
	const more = { task_id: task.id, comment, ext: namePeople(added), node_key: nodeKeyOf(task) };
	record(platform, instance, ADDED[type], person, more);
	return success({});
}

function readNumber(fields: Record<string, unknown>, name: string, known: number[]): number {
	const value = fields[name];
	if (typeof value === 'number' && known.includes(value)) return value;
	throw fieldViolation(name, value, `${name} is not one of ${known.join(', ')}`);
}

/** `POST …/instances/specified_rollback` (API sheet 4.3): to nodes that were passed, or to the start. */
export function rollBack(platform: Platform, entry: JournalEntry): Answer {
	const app = admitApp(platform, entry, TASK_SCOPES);
	const fields = readJson(entry);
	const body = readTexts(fields, 'user_id', 'task_id');
	const keys = readList(fields, 'task_def_key_list');
	const comment = readText(fields, 'reason') ?? '';
	const kind = readUserIdType(entry.query, app);
	const person = findUser(platform.users, app.app_id, kind, body.user_id);
	const instance = [...platform.instances.values()].find(({ task_list: tasks }) =>
		tasks.some(({ id, status }) => id === body.task_id && status === 'PENDING'),
	);
	if (instance === undefined) throw new Refusal(1390001, 'param is invalid: task_id');
	const task = findOpenTask(instance, body.task_id, person);
	const again = keys.map((key) => tasksOf(platform, instance, key));
	endAllTasks(platform, instance);
	instance.task_list.push(...again.flat());
	const type = keys.includes('START') ? 'ROLLBACK' : 'ROLLBACK_SELECTED';
	record(platform, instance, type, person, {
		task_id: task.id,
		comment,
		node_key: nodeKeyOf(task),
	});
	return success({});
}

/** The tasks of a node that opens again. */
function tasksOf(platform: Platform, instance: Instance, key: string): Task[] {
	const personOf = ({ user_id: id = '' }: { user_id?: string }): User =>
		[...platform.users.values()].find((user) => user.user_id === id)!;
	if (key === 'START') {
		const start = { node_id: 'START', node_name: 'Start', type: 'AND' };
		return [openTask(platform, start, personOf(instance))];
	}
	const passed = instance.timeline.filter(
		({ type, node_key: own }) => type === 'PASS' && own === key,
	);
	if (passed.length === 0) throw new Refusal(1390001, 'param is invalid: task_def_key_list');
	return passed.map((entry) => {
		const task = instance.task_list.find(({ id }) => id === entry.task_id);
		return openTask(platform, task ?? {}, personOf(entry));
	});
}

/**
 * `POST …/tasks/resubmit` (API sheet 4.4): by the person who submitted the approval, to whom it was
 * sent back; it goes on with the nodes that are to come.
 */
export function resubmitTask(platform: Platform, entry: JournalEntry): Answer {
	const { instance, task, person, comment, fields } = readTaskCall(platform, entry);
	const { form } = readTexts(fields, 'form');
	if (task.node_id !== 'START') throw new Refusal(1390001, 'param is invalid: task_id');
	if (!isListText(form)) throw new Refusal(1390001, 'param is invalid: form');
	instance.form = form;
	endTask(platform, instance, task, 'DONE');
	const first = instance.task_list.find(({ node_id: id }) => id !== 'START');
	if (first !== undefined) {
		const again = [...platform.users.values()].find(({ user_id: id }) => id === first.user_id)!;
		instance.task_list.push(openTask(platform, first, again));
	} else advance(platform, instance);
	record(platform, instance, 'START', person, { task_id: task.id, comment });
	return success({});
}

function isListText(text: string): boolean {
	try {
		return Array.isArray(JSON.parse(text));
	} catch {
		return false;
	}
}
