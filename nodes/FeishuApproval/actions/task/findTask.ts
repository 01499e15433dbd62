import type { IDataObject } from 'n8n-workflow';

import { Problem } from '../../../../approval/problem';
import { describeTask, openTasksOf, ownerOf, tasksOf, type Task } from '../../../../approval/tasks';
import type { UserIdType } from '../../../../approval/userIds';
import type { ItemClient } from '../../../../feishu/client/itemClient';
import { escapeHtml } from '../../../../feishu/errors/html';
import { instanceCall } from '../../../../feishu/instanceCall';
import { TaskMemory } from './taskMemory';

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
	/** Tasks that this run has written about since; nothing else is known to be otherwise now. */
	changed: Set<string>;
	/** This run may have changed any of its tasks since. */
	isOld: boolean;
}

function readingOf(feishu: ItemClient, code: string): Reading {
	return feishu.keep(`instance ${code}`, () => ({ changed: new Set<string>(), isOld: false }));
}

/** The instance as it is now; throws as FeishuClient.read does. */
export async function readAnew(feishu: ItemClient, code: string): Promise<IDataObject> {
	const reading = readingOf(feishu, code);
	reading.data = undefined;
	const data = await feishu.read(instanceCall(code));
	Object.assign(reading, { data, changed: new Set(), isOld: false });
	return data;
}

/**
 * What was read of the instance so far may not hold any more. With `isOwnAlone` the other tasks that
 * were open are open still: those of a node where all have to agree.
 */
export function markOld(
	feishu: ItemClient,
	{ instanceCode, taskId }: TaskInput,
	isOwnAlone: boolean,
): void {
	const reading = readingOf(feishu, instanceCode);
	const task = tasksOf(reading.data ?? {}).find(({ id }) => id === taskId);
	reading.changed.add(taskId);
	if (!isOwnAlone || task?.nodeType !== 'AND') reading.isOld = true;
}

/** The open tasks of a person; with union IDs there are none, since no instance carries them. */
function ownTasks(data: IDataObject, { userId, userIdType: kind }: TaskInput): Task[] {
	if (kind === 'union_id') return [];
	return openTasksOf(data).filter((task) => ownerOf(task, kind) === userId);
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

/**
 * The instance shows a task as open that the execution has decided, or may have: for another item, or
 * for this one before the node was changed.
 */
function decidedElsewhere(own: Task[], isUnclear: boolean): Problem {
	const tasks = own.map(describeTask).join(', ');
	return isUnclear
		? new Problem(
				"It is not known whether this person's task was decided",
				`An earlier decision of this execution about it got no answer, so nothing was sent for this item: ${escapeHtml(tasks)}. Look at the instance in Feishu before you do it again.`,
			)
		: new Problem(
				'This person has no open task in this approval',
				`This execution has decided ${escapeHtml(tasks)} already, which Feishu does not show yet. Nothing was sent for this item.`,
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
 * once, unless something was changed since that may concern the task. A task that another item has
 * decided is not decided again.
 *
 * @throws Problem if there is none, or several; then it says whose turn it is
 */
export async function findTask(feishu: ItemClient, input: TaskInput): Promise<string> {
	const { instanceCode } = input;
	const reading = readingOf(feishu, instanceCode);
	let data = reading.data ?? (await readAnew(feishu, instanceCode));
	let own = ownTasks(data, input);
	const isKnown = own.length === 1 && !reading.isOld && !reading.changed.has(own[0].id);
	if (!isKnown && reading.changed.size > 0) {
		data = await readAnew(feishu, instanceCode);
		own = ownTasks(data, input);
	}
	const ended = own.map(({ id }) => new TaskMemory(feishu, id).endedByOther());
	const open = own.filter((_task, index) => ended[index] === undefined);
	if (open.length === 1) return open[0].id;
	// What is shown as open though it was decided is late.
	for (const { id } of own) if (!open.some((task) => task.id === id)) reading.changed.add(id);
	if (open.length === 0 && own.length > 0) throw decidedElsewhere(own, ended.includes('unclear'));
	throw notFound(input, data, open);
}
