import type { IDataObject } from 'n8n-workflow';

import { Problem } from '../../../../approval/problem';
import { standingDecision } from '../../../../approval/standing';
import { describeTask, tasksOf } from '../../../../approval/tasks';
import type { ItemClient } from '../../../../feishu/client/itemClient';
import { hashOf } from '../../../../feishu/client/journal';
import { inWords, noteOf } from '../../../../feishu/client/readBack';
import { TASK_REFUSED } from '../../../../feishu/codes/groups';
import { callOf, type Call, type Endpoint } from '../../../../feishu/endpoints';
import { FeishuCallError } from '../../../../feishu/errors/callError';
import { escapeHtml } from '../../../../feishu/errors/html';
import type { Evidence } from './evidence';
import { findTask, markOld, readAnew, whoseTurn, type TaskInput } from './findTask';
import { TaskMemory } from './taskMemory';
import { TaskSearch } from './taskSearch';

/** What is done to a task. */
export interface Decision {
	endpoint: Endpoint;
	/** The endpoint knows the instance by the task, and takes no codes. */
	isByTask?: true;
	/** The endpoint takes user IDs alone, which are in `body`. */
	isWithUserIds?: true;
	/** What the body holds beside codes, person and task. */
	body: IDataObject;
	/** What the timeline names of it beside the person. */
	names?: unknown;
	/** Completes "It is not known whether the task was …". */
	what: string;
	evidence: Evidence;
	/** It leaves this task open, or opens it again. */
	keepsOpen?: boolean;
	/** The other tasks of a node where all have to agree stay as they are. */
	isOwnAlone?: true;
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
	const { evidence, what, names, endpoint, keepsOpen, isOwnAlone = false } = decision;
	const call = callFor(decision, input);
	const name = hashOf(endpoint.path, names);
	const decider = deciderOf(input, decision);
	const search = new TaskSearch(feishu, input, { call, name, evidence, decider, what });
	const memory = new TaskMemory(feishu, input.taskId);
	memory.begin(name, keepsOpen !== true);
	markOld(feishu, input, isOwnAlone);
	const written = await feishu.write(call, search, input.taskId).catch((error: unknown) => {
		if (!(error instanceof FeishuCallError) || error.failure.carriedOut !== 'no') throw error;
		memory.forget();
		if (TASK_REFUSED.has(error.failure.code)) return error;
		throw error;
	});
	if (written instanceof FeishuCallError)
		return await unlessAlready(feishu, input, decision, written);
	memory.finish();
	return decided(input, noteOf(written));
}

/** Whom the timeline names, if it was this decision. */
function deciderOf({ userId, userIdType: kind }: TaskInput, { isWithUserIds, body }: Decision) {
	if (isWithUserIds) return { id: String(body.user_id), kind: 'user_id' as const };
	if (kind === 'union_id') return { id: undefined, kind: 'open_id' as const };
	return { id: userId, kind };
}

/**
 * Success if this person has decided in the same sense before, and that is enough; else throws the
 * refusal, and what the instance says about the task.
 */
async function unlessAlready(
	feishu: ItemClient,
	input: TaskInput,
	{ already }: Decision,
	refused: Problem | FeishuCallError,
): Promise<IDataObject> {
	// A task that was not found was looked for in an instance that says so already.
	if (refused instanceof Problem && already === undefined) throw refused;
	const data = await readAnew(feishu, input.instanceCode).catch((error: unknown) => {
		if (error instanceof FeishuCallError) return error;
		throw error;
	});
	if (data instanceof FeishuCallError) {
		const note = `What the instance says about it could not be read: ${escapeHtml(inWords(data.failure))}.`;
		throw withNote(refused, note);
	}
	if (already !== undefined && input.userIdType !== 'union_id') {
		const { userId: person, userIdType: kind, taskId } = input;
		const task = standingDecision(data, { person, kind, status: already, taskId });
		if (task !== undefined) {
			const note = `This person has decided so before: the task is ${task.status}.`;
			return decided({ ...input, taskId: task.id }, { already: true, note });
		}
	}
	throw refused instanceof Problem ? refused : withNote(refused, stateOf(data, input.taskId));
}

function withNote(refused: Problem | FeishuCallError, note: string): Problem | FeishuCallError {
	if (refused instanceof Problem) return new Problem(refused.message, `${refused.hint} ${note}`);
	return new FeishuCallError({ ...refused.failure, note }, refused.elapsed);
}

/** What the instance says about a task that was refused. */
function stateOf(data: IDataObject, taskId: string): string {
	const task = tasksOf(data).find(({ id }) => id === taskId);
	const state =
		task === undefined
			? 'This instance has no such task.'
			: `The task of ${escapeHtml(describeTask(task))} is ${task.status}.`;
	return `${state} ${whoseTurn(data)}`;
}
