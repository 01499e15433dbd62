/** The kinds of user ID (API sheet 7.1). */
export const USER_ID_TYPES = ['open_id', 'union_id', 'user_id'] as const;

export type UserIdType = (typeof USER_ID_TYPES)[number];

/** True for the three kinds that Feishu knows. */
export function isUserIdType(value: unknown): value is UserIdType {
	return USER_ID_TYPES.some((type) => type === value);
}

/** Far beyond every ID that Feishu gives out (API sheet 7.1). */
const LONGEST = 256;

/** Left over where a list, an object, a link, a name or several IDs were written into a text. */
const IN_NO_ID = /[,，、;；。|/\\[\](){}（）"'“”‘’「」<>$]/u;

/** What makes `id` unfit to be a user ID of any kind, if anything does. */
export function userIdComplaint(id: string): string | undefined {
	if (id.length > LONGEST) return `it is longer than ${LONGEST} characters`;
	if (/[\p{Cc}\p{Cs}]/u.test(id)) return 'it holds characters that no ID has';
	if (/\s/.test(id)) return 'it holds a space, which no ID has';
	if (/o[un]_.*o[un]_/.test(id)) return 'it is more than one ID';
	const odd = IN_NO_ID.exec(id)?.[0];
	return odd === undefined
		? undefined
		: `it holds ${odd === '"' ? 'quotes' : `"${odd}"`}, which no ID has`;
}
