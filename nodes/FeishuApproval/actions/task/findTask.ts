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
import { callOf, ENDPOINTS } from '../../../../feishu/endpoints';
import { escapeHtml } from '../../../../feishu/errors/html';

/** What every operation on a task knows of it. */
export interface TaskInput {
	approvalCode: string;
	instanceCode: string;
	userId: string;
	userIdType: UserIdType;
	/** Empty where the open task of the person is meant. */
	taskId: string;
}

/** An instance as this run has read it. */
interface Reading {
	data: IDataObject;
	/** How often this run had changed the instance before. */
	changesBefore: number;
}

const nameOf = (code: string) => `instance ${code}`;

async function reading(feishu: ItemClient, code: string): Promise<Reading> {
	return await feishu.once(nameOf(code), async () => ({
		data: await feishu.read(callOf(ENDPOINTS.getInstance, { path: { instance_id: code } })),
		changesBefore: changesOf(feishu, code).count,
	}));
}

/** How often this run has changed the instance, as far as it knows. */
function changesOf(feishu: ItemClient, code: string): { count: number } {
	return feishu.keep(`changes of instance ${code}`, () => ({ count: 0 }));
}

/** The instance as it is now; throws as FeishuClient.read does. */
export async function readAnew(feishu: ItemClient, code: string): Promise<IDataObject> {
	feishu.forget(nameOf(code));
	return (await reading(feishu, code)).data;
}

/** What was read of the instance so far may not hold any more. */
export function markOld(feishu: ItemClient, code: string): void {
	changesOf(feishu, code).count++;
}

/** The open tasks of a person. */
function ownTasks(data: IDataObject, { userId, userIdType: kind }: TaskInput): Task[] {
	return openTasksOf(data).filter((task) => kind !== 'union_id' && isTaskOf(task, userId, kind));
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
	const known = await reading(feishu, input.instanceCode);
	const own = ownTasks(known.data, input);
	if (own.length === 1) return own[0].id;
	const isOld = changesOf(feishu, input.instanceCode).count > known.changesBefore;
	const data = isOld ? await readAnew(feishu, input.instanceCode) : known.data;
	const again = ownTasks(data, input);
	if (again.length === 1) return again[0].id;
	throw notFound(input, data, again);
}

/** The task of this person that was decided in this sense (`status`) last, if there is one. */
export function decidedTask(
	data: IDataObject,
	{ userId, userIdType: kind, taskId }: TaskInput,
	status: string,
): Task | undefined {
	return tasksOf(data).findLast(
		(task) =>
			task.status === status &&
			(taskId === '' || task.id === taskId) &&
			(kind === 'union_id' ? taskId !== '' : isTaskOf(task, userId, kind)),
	);
}
