import type { IDataObject } from 'n8n-workflow';

import { Problem } from '../../../../approval/problem';
import { describeTask, tasksOf } from '../../../../approval/tasks';
import type { ItemClient } from '../../../../feishu/client/itemClient';
import { noteOf } from '../../../../feishu/client/readBack';
import { TASK_REFUSED } from '../../../../feishu/codes/groups';
import { callOf, type Call, type Endpoint } from '../../../../feishu/endpoints';
import { FeishuCallError } from '../../../../feishu/errors/callError';
import { escapeHtml } from '../../../../feishu/errors/html';
import { decidedTask, findTask, markOld, readAnew, whoseTurn, type TaskInput } from './findTask';
import { TaskSearch, type Judge } from './taskSearch';

/** What is done to a task. */
export interface Decision {
	endpoint: Endpoint;
	/** The endpoint knows the instance by the task, and takes no codes. */
	isByTask?: true;
	/** The endpoint takes user IDs alone, which are in `body`. */
	isWithUserIds?: true;
	/** What the body holds beside codes, person and task. */
	body: IDataObject;
	/** Completes "It is not known whether the task was …". */
	what: string;
	judge: Judge;
	/** With it, a task that this person has brought into this status before is a success. */
	already?: string;
}

function callFor(decision: Decision, input: TaskInput): Call {
	const { endpoint, body, isByTask, isWithUserIds } = decision;
	const codes = { approval_code: input.approvalCode, instance_code: input.instanceCode };
	return callOf(endpoint, {
		qs: isWithUserIds ? undefined : { user_id_type: input.userIdType },
		body: {
			...(isByTask ? {} : codes),
			user_id: input.userId,
			task_id: input.taskId,
			...body,
		},
	});
}

/** What a decision gives out. */
export function decided(input: TaskInput, more: IDataObject = {}): IDataObject {
	return {
		success: true,
		approval_code: input.approvalCode,
		instance_code: input.instanceCode,
		task_id: input.taskId,
		user_id: input.userId,
		user_id_type: input.userIdType,
		...more,
	};
}

/**
 * Decides a task (API sheet 4.4): that of the input, or the open one of the person. What became of a
 * lost answer is read from the instance. A refusal is explained by the state that the task is in.
 *
 * @throws Problem if the task cannot be found
 * @throws FeishuCallError if Feishu refused, or if it cannot be known what became of the call
 */
export async function decide(
	feishu: ItemClient,
	entered: TaskInput,
	decision: Decision,
): Promise<IDataObject> {
	const taskId = feishu.earlierAbout() ?? entered.taskId;
	const input = { ...entered, taskId };
	if (taskId !== '') return await send(feishu, input, decision);
	const found = await findTask(feishu, entered).catch((error: unknown) => {
		if (error instanceof Problem) return error;
		throw error;
	});
	if (found instanceof Problem) return await unlessAlready(feishu, entered, decision, found);
	return await send(feishu, { ...entered, taskId: found }, decision);
}

async function send(
	feishu: ItemClient,
	input: TaskInput,
	decision: Decision,
): Promise<IDataObject> {
	const call = callFor(decision, input);
	const { judge, what, isWithUserIds } = decision;
	const kind = isWithUserIds ? 'user_id' : undefined;
	const search = new TaskSearch(feishu, input, call, judge, what, kind);
	const written = await feishu.write(call, search, input.taskId).catch((error: unknown) => {
		const isRefused = error instanceof FeishuCallError && TASK_REFUSED.has(error.failure.code);
		if (isRefused) return error;
		throw error;
	});
	markOld(feishu, input.instanceCode);
	if (written instanceof FeishuCallError) {
		const refused = await explained(feishu, input, written);
		return await unlessAlready(feishu, input, decision, refused);
	}
	return decided(input, noteOf(written));
}

/** The refusal, and what the instance says about the task. */
async function explained(
	feishu: ItemClient,
	{ instanceCode, taskId }: TaskInput,
	refused: FeishuCallError,
): Promise<FeishuCallError> {
	const data = await readAnew(feishu, instanceCode).catch(() => undefined);
	if (data === undefined) return refused;
	const task = tasksOf(data).find(({ id }) => id === taskId);
	const state =
		task === undefined
			? 'This instance has no such task.'
			: `The task of ${escapeHtml(describeTask(task))} is ${task.status}.`;
	const { failure, elapsed } = refused;
	return new FeishuCallError({ ...failure, note: `${state} ${whoseTurn(data)}` }, elapsed);
}

/** Success if this person has decided in the same sense before, and that is enough; else throws. */
async function unlessAlready(
	feishu: ItemClient,
	input: TaskInput,
	{ already }: Decision,
	refused: Problem | FeishuCallError,
): Promise<IDataObject> {
	if (already !== undefined && input.userIdType !== 'union_id') {
		const data = await readAnew(feishu, input.instanceCode);
		const task = decidedTask(data, input, already);
		if (task !== undefined) {
			const note = `This person has decided so before: the task is ${task.status}.`;
			return decided({ ...input, taskId: task.id }, { already: true, note });
		}
	}
	throw refused;
}
