import { admitApp } from './access';
import { Refusal, success } from './answers';
import type { Answer } from './answers';
import { findNamedInstance, readJson, readTexts } from './bodies';
import { noPermission } from './getInstance';
import type { JournalEntry } from './model';
import { findUser, readUserIdType } from './people';
import type { Platform } from './platform';
import { endInstance, record } from './process';

/**
 * `POST /open-apis/approval/v4/instances/cancel` (API sheet 4.3): by the person who submitted it, and
 * once.
 */
export function cancelInstance(platform: Platform, entry: JournalEntry): Answer {
	const app = admitApp(platform, entry);
	const body = readTexts(readJson(entry), 'approval_code', 'instance_code', 'user_id');
	const kind = readUserIdType(entry.query, app);
	const instance = findNamedInstance(platform, body);
	const person = findUser(platform.users, app.app_id, kind, body.user_id);
	if (instance.user_id !== person.user_id || instance.forbidsRevoke) throw noPermission();
	if (instance.status === 'CANCELED') throw new Refusal(1395210, 'Instance has been reverted');
	if (instance.status !== 'PENDING' && instance.status !== 'APPROVED') throw noPermission();
	record(platform, instance, 'CANCEL', person);
	endInstance(platform, instance, 'CANCELED');
	return success({});
}
