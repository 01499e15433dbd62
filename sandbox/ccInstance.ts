import { admitApp } from './access';
import { success } from './answers';
import type { Answer } from './answers';
import { findNamedInstance, readJson, readList, readText, readTexts } from './bodies';
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
	const instance = findNamedInstance(platform, body);
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

function readBody(entry: JournalEntry): CcBody {
	const fields = readJson(entry);
	readTexts(fields, 'approval_code', 'instance_code', 'user_id');
	readList(fields, 'cc_user_ids');
	readText(fields, 'comment');
	return fields as unknown as CcBody;
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
