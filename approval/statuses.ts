/**
 * What an instance can be, in the words of Get Instance (API sheet 4.1), and what the searches call
 * it where they are asked for it (4.3). Answers use a third way of writing them, or numbers (4.4).
 */
export const INSTANCE_STATUSES = [
	'APPROVED',
	'CANCELED',
	'DELETED',
	'PENDING',
	'REJECTED',
] as const;

export type InstanceStatus = (typeof INSTANCE_STATUSES)[number];

/** What a task can be when tasks are searched (API sheet 4.4). */
export const TASK_STATUSES = [
	'APPROVED',
	'DONE',
	'PENDING',
	'PROCESSED',
	'REJECTED',
	'RM_REPEAT',
	'TRANSFERRED',
] as const;

export type TaskStatus = (typeof TASK_STATUSES)[number];

/** What `instance_status` of a search is for a status. */
export const SEARCHED_AS: Record<InstanceStatus, string> = {
	APPROVED: 'APPROVED',
	CANCELED: 'RECALL',
	DELETED: 'DELETED',
	PENDING: 'PENDING',
	REJECTED: 'REJECT',
};

/** Other words for the same. */
const SYNONYMS: Record<string, string> = {
	CANCELLED: 'CANCELED',
	RECALL: 'CANCELED',
	RECALLED: 'CANCELED',
	REJECT: 'REJECTED',
	RUNNING: 'PENDING',
	TERMINATED: 'ENDED',
	TODO: 'PENDING',
	WITHDRAW: 'CANCELED',
	WITHDRAWN: 'CANCELED',
};

/** `status` of a person's tasks. */
const TASK_NUMBERS: Record<string, string> = {
	1: 'PENDING',
	2: 'DONE',
	17: 'UNREAD',
	18: 'READ',
	33: 'PROCESSING',
	34: 'CANCELED',
};

/** `process_status` of a person's tasks; 0 stands for none. */
const PROCESS_NUMBERS: Record<string, string | null> = {
	0: null,
	1: 'PENDING',
	2: 'APPROVED',
	3: 'REJECTED',
	4: 'CANCELED',
	5: 'ENDED',
};

function inOneWord(status: unknown, numbers: Record<string, string | null>): unknown {
	if (typeof status !== 'string' && typeof status !== 'number') return status ?? null;
	const word = String(status).trim().toUpperCase();
	if (Object.hasOwn(numbers, word)) return numbers[word];
	if (Object.hasOwn(SYNONYMS, word)) return SYNONYMS[word];
	return word === '' || word === 'NONE' ? null : word;
}

/** A status of whatever answer, in upper case and in the words of Get Instance. */
export function statusOf(status: unknown): unknown {
	return inOneWord(status, {});
}

/** The status of one of a person's tasks, which comes as a number or a word. */
export function taskStatusOf(status: unknown): unknown {
	return inOneWord(status, TASK_NUMBERS);
}

/** The status of the instance of one of a person's tasks, which comes as a number or a word. */
export function processStatusOf(status: unknown): unknown {
	return inOneWord(status, PROCESS_NUMBERS);
}
