import type { IDataObject } from 'n8n-workflow';

import { Problem } from '../../../../approval/problem';
import {
	describeTask,
	isTaskOf,
	openTasksOf,
	tasksOf,
	type Task,
} from '../../../../approval/tasks';
import type { UserIdType } from '../../../../approval/userIds';
import type { ItemClient } from '../../../../feishu/client/itemClient';
import { escapeHtml } from '../../../../feishu/errors/html';
import { instanceCall } from '../instance/instanceCall';

/** What every operation on a task knows of it. */
export interface TaskInput {
	approvalCode: string;
	instanceCode: string;
	userId: string;
	userIdType: UserIdType;
	/** Empty where the open task of the person is meant. */
	taskId: string;
}

/** An instance as this run has read it last. */
interface Reading {
	data?: IDataObject;
	/** This run may have changed the instance since. */
	isOld: boolean;
}

function readingOf(feishu: ItemClient, code: string): Reading {
	return feishu.keep(`instance ${code}`, () => ({ isOld: false }));
}

/** The instance as it is now; throws as FeishuClient.read does. */
export async function readAnew(feishu: ItemClient, code: string): Promise<IDataObject> {
	const reading = readingOf(feishu, code);
	reading.data = undefined;
	const data = await feishu.read(instanceCall(code));
	Object.assign(reading, { data, isOld: false });
	return data;
}

/** What was read of the instance so far may not hold any more. */
export function markOld(feishu: ItemClient, code: string): void {
	readingOf(feishu, code).isOld = true;
}

/** No instance carries union IDs: with them, nobody's task is found. */
function isOwn(task: Task, { userId, userIdType: kind }: TaskInput): boolean {
	return kind !== 'union_id' && isTaskOf(task, userId, kind);
}

/** The open tasks of a person. */
function ownTasks(data: IDataObject, input: TaskInput): Task[] {
	return openTasksOf(data).filter((task) => isOwn(task, input));
}

/** Whose turn it is in an instance, for a sentence. */
export function whoseTurn(data: IDataObject): string {
	const open = openTasksOf(data).map(describeTask);
	if (open.length === 0) return `No task is open; the approval is ${String(data.status)}.`;
	return `Open now: ${escapeHtml(open.slice(0, 10).join(', '))}.`;
}

function notFound(input: TaskInput, data: IDataObject, own: Task[]): Problem {
	const open = openTasksOf(data);
	if (
		input.userIdType === 'user_id' &&
		open.length > 0 &&
		open.every((task) => task.userId === '')
	) {
		return new Problem(
			'Task ID is empty, and the tasks come without user IDs',
			'The app needs the scope contact:user.employee_id:readonly to see them. Add it and publish a new version, use open IDs, or enter the Task ID.',
		);
	}
	if (own.length > 1) {
		return new Problem(
			'Task ID is empty, and this person has several open tasks',
			`Enter one of these under Task ID: ${own.map(describeTask).join(', ')}. Nothing was sent.`,
		);
	}
	return new Problem(
		'This person has no open task in this approval',
		`${whoseTurn(data)} Nothing was sent for ${escapeHtml(input.userId)}.`,
	);
}

/** What is wrong with an input of which the task could never be found; checked before anything is sent. */
export function checkTask({ userIdType: kind, taskId }: TaskInput): Problem | undefined {
	if (kind !== 'union_id' || taskId !== '') return undefined;
	return new Problem(
		'Task ID is empty, and with union IDs it cannot be found',
		'No instance carries union IDs. Use open IDs or user IDs, or enter the Task ID.',
	);
}

/**
 * The open task of a person in an instance (API sheet 4.1). Several items about one instance read it
 * once, unless something was changed since that may have opened the task.
 *
 * @throws Problem if there is none, or several; then it says whose turn it is
 */
export async function findTask(feishu: ItemClient, input: TaskInput): Promise<string> {
	const { instanceCode } = input;
	const reading = readingOf(feishu, instanceCode);
	let data = reading.data ?? (await readAnew(feishu, instanceCode));
	let own = ownTasks(data, input);
	if (own.length !== 1 && reading.isOld) {
		data = await readAnew(feishu, instanceCode);
		own = ownTasks(data, input);
	}
	if (own.length === 1) return own[0].id;
	throw notFound(input, data, own);
}

/** The task of this person that was decided in this sense (`status`) last, if there is one. */
export function decidedTask(data: IDataObject, input: TaskInput, status: string): Task | undefined {
	const isMeant = ({ id }: Task) => input.taskId === '' || id === input.taskId;
	return tasksOf(data).findLast(
		(task) => task.status === status && isMeant(task) && isOwn(task, input),
	);
}
