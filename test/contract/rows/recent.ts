import { randomUUID } from 'node:crypto';

import type { Instance, Sandbox, User } from '../../../sandbox';
import { addPerson } from './people';

export const APPROVAL = '/open-apis/approval/v4';
export const INSTANCES = `${APPROVAL}/instances`;
export const HOUR = 3_600_000;

/** How a list is refused whose definition nobody knows. */
export const UNKNOWN_APPROVAL = {
	code: 1390002,
	msg: 'approval code not found',
	status: 400,
	words: /Approval Code was/,
};

/** An approval of its own definition, created an hour ago. */
export function recent(sandbox: Sandbox, more: Partial<Instance> = {}) {
	const now = Date.now();
	const person = addPerson(sandbox);
	const { open_id, user_id } = person;
	const approval_code = randomUUID().toUpperCase();
	const created = String(now - HOUR);
	const instance = sandbox.addInstance({
		approval_code,
		start_time: created,
		open_id,
		user_id,
		task_list: [],
		timeline: [],
		...more,
	});
	const [start, end] = [now - 2 * HOUR, now - HOUR / 2];
	return { instance, person, approval_code, created, start, end, iso: isoOf(start, end) };
}

/** Times as ISO 8601. */
export const isoOf = (...times: number[]) => times.map((time) => new Date(time).toISOString());

/** A task of somebody, begun an hour ago. */
export function taskOf({ open_id, user_id }: User, status: string): Partial<Instance> {
	const start_time = String(Date.now() - HOUR);
	return { task_list: [{ id: randomUUID(), open_id, user_id, status, start_time }] };
}
