import { admitApp } from './access';
import { fieldViolation, Refusal, success } from './answers';
import type { Answer } from './answers';
import { noPermission } from './getInstance';
import type { Instance, JournalEntry, TimelineEntry, User } from './model';
import { findUser, readUserIdType } from './people';
import type { Platform } from './platform';

interface CcBody {
	approval_code: string;
	instance_code: string;
	user_id: string;
	cc_user_ids: string[];
	comment?: string;
}

/**
 * `POST /open-apis/approval/v4/instances/cc` (API sheet 4.2, CC Instance page). Everything is
 * checked before anything changes; then the timeline grows by one CC entry per receiver. The
 * same person can be copied again, unless the sandbox is told otherwise (`dedupeCc`).
 */
export function ccInstance(platform: Platform, entry: JournalEntry): Answer {
	const app = admitApp(platform, entry);
	const body = readBody(entry);
	const kind = readUserIdType(entry.query, app);
	const instance = findInstance(platform, body);
	const person = (id: string) => findUser(platform.users, app.app_id, kind, id);
	const operator = person(body.user_id);
	const receivers = body.cc_user_ids.map(person);
	for (const receiver of receivers) {
		if (platform.dedupeCc && wasCopied(instance, receiver)) continue;
		const cc = ccEntry(platform, operator, receiver, body.comment ?? '');
		instance.timeline.push(cc);
		entry.copied.push(receiver.open_id);
	}
	return success({});
}

function readBody({ body, headers }: JournalEntry): CcBody {
	const isJson = /^application\/json\b/i.test(headers['content-type'] ?? '');
	if (!isJson || typeof body !== 'object' || body === null) throw new Refusal(9499, 'Bad Request');
	const fields = body as Record<string, unknown>;
	for (const name of ['approval_code', 'instance_code', 'user_id']) {
		const value = fields[name];
		if (value === undefined || value === '')
			throw fieldViolation(name, value, `${name} is required`);
		if (typeof value !== 'string') throw fieldViolation(name, value, `${name} is not a string`);
	}
	const { cc_user_ids: receivers, comment } = fields;
	if (receivers === undefined) {
		throw fieldViolation('cc_user_ids', receivers, 'cc_user_ids is required');
	}
	if (!Array.isArray(receivers) || receivers.some((id) => typeof id !== 'string')) {
		throw fieldViolation('cc_user_ids', receivers, 'cc_user_ids is not a list of strings');
	}
	if (comment !== undefined && typeof comment !== 'string') {
		throw fieldViolation('comment', comment, 'comment is not a string');
	}
	if (receivers.length === 0) throw new Refusal(1390001, 'param is invalid: cc_user_ids');
	return body as CcBody;
}

function findInstance({ instances, approvals }: Platform, body: CcBody): Instance {
	if (!approvals.has(body.approval_code)) throw new Refusal(1390002, 'approval code not found');
	const instance = instances.get(body.instance_code);
	if (!instance || instance.approval_code !== body.approval_code) {
		throw new Refusal(1390003, 'instance code not found');
	}
	if (instance.forbidden) throw noPermission();
	if (instance.handwritten) throw new Refusal(1390018, 'not support handwritten signature');
	return instance;
}

function wasCopied({ timeline }: Instance, { open_id }: User): boolean {
	return timeline.some((past) => past.type === 'CC' && past.open_id_list?.includes(open_id));
}

function ccEntry(platform: Platform, by: User, to: User, comment: string): TimelineEntry {
	return {
		type: 'CC',
		create_time: String(platform.clock.now()),
		user_id: by.user_id,
		open_id: by.open_id,
		user_id_list: [to.user_id],
		open_id_list: [to.open_id],
		task_id: '',
		comment,
		cc_user_list: [{ user_id: to.user_id, cc_id: platform.nextCcId(), open_id: to.open_id }],
		ext: JSON.stringify({ user_id: to.user_id, open_id: to.open_id }),
		node_key: '',
	};
}
