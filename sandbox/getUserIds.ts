import { admitApp } from './access';
import { fieldViolation, Refusal, success } from './answers';
import type { Answer } from './answers';
import type { App, JournalEntry, User } from './model';
import { readUserIdType, USER_LOOK_UP_SCOPE } from './people';
import type { Platform } from './platform';

const AT_MOST = 50;

function readList(entry: JournalEntry, name: 'emails' | 'mobiles'): string[] {
	const { [name]: list = [] } = (entry.body ?? {}) as Record<string, unknown>;
	if (!Array.isArray(list) || list.some((value) => typeof value !== 'string')) {
		throw fieldViolation(name, list, `${name} is not a list of strings`);
	}
	if (list.length > AT_MOST) throw fieldViolation(name, '', `${name} holds more than ${AT_MOST}`);
	return list as string[];
}

/** Chinese numbers are found with and without country code, all others with it alone. */
function isMobileOf({ mobile }: User, asked: string): boolean {
	return mobile !== undefined && (mobile === asked || mobile === `+86${asked}`);
}

/**
 * `POST /open-apis/contact/v3/users/batch_get_id` (API sheet 7.2 and 11.20): the IDs of people by
 * email address and mobile number. Whom the app cannot see comes without an ID.
 */
export function getUserIds(platform: Platform, entry: JournalEntry): Answer {
	const app = admitApp(platform, entry, [USER_LOOK_UP_SCOPE]);
	if (typeof entry.body !== 'object' || entry.body === null) throw new Refusal(9499, 'Bad Request');
	const kind = readUserIdType(entry.query, app);
	const { include_resigned: resigned } = entry.body as { include_resigned?: unknown };
	const visible = [...platform.users.values()].filter(
		(user) => isVisible(app, user) && (resigned === true || user.resigned !== true),
	);
	const emails = readList(entry, 'emails').map((asked) => {
		const email = asked.toLowerCase();
		return { email, user: visible.find((one) => one.email === email) };
	});
	const mobiles = readList(entry, 'mobiles').map((mobile) => ({
		mobile,
		user: visible.find((one) => isMobileOf(one, mobile)),
	}));
	return success({
		user_list: [...emails, ...mobiles].map(({ user, ...asked }) =>
			user === undefined ? asked : { ...asked, user_id: user[kind] },
		),
	});
}

function isVisible({ app_id: appId, contactRange }: App, { open_id: id, app }: User): boolean {
	const isInApp = app === undefined || app === appId;
	return isInApp && (contactRange === 'all' || contactRange.includes(id));
}
