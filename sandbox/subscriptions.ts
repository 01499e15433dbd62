import { admitApp } from './access';
import { Refusal, success } from './answers';
import type { Answer } from './answers';
import type { JournalEntry } from './model';
import type { Platform } from './platform';

const SCOPES = ['approval:approval', 'approval:definition'];

/**
 * `POST /open-apis/approval/v4/approvals/:approval_code/subscribe` and `…/unsubscribe` (API sheet
 * 4.5): once for each app and definition; 1390007 where nothing changes.
 */
export function setSubscribed(
	platform: Platform,
	entry: JournalEntry,
	approvalCode: string,
	isWanted: boolean,
): Answer {
	const { app_id: appId } = admitApp(platform, entry, SCOPES);
	if (!platform.approvals.has(approvalCode)) throw new Refusal(1390002, 'approval code not found');
	const key = `${appId} ${approvalCode}`;
	if (platform.isSubscribed(appId, approvalCode) === isWanted) {
		throw new Refusal(1390007, 'subscription existed');
	}
	if (isWanted) platform.subscriptions.add(key);
	else platform.subscriptions.delete(key);
	return success({});
}
