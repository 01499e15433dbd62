/** The kinds of user ID (API sheet 7.1). */
export const USER_ID_TYPES = ['open_id', 'union_id', 'user_id'] as const;

export type UserIdType = (typeof USER_ID_TYPES)[number];

/** True for the three kinds that Feishu knows. */
export function isUserIdType(value: unknown): value is UserIdType {
	return USER_ID_TYPES.some((type) => type === value);
}

/**
 * The kind that an ID looks like. Only open IDs and union IDs have a prefix; without one, what has
 * the length and the letters of a user ID passes for one.
 */
export function looksLike(id: string): UserIdType | undefined {
	if (id.startsWith('ou_')) return 'open_id';
	if (id.startsWith('on_')) return 'union_id';
	return /^[\w-]{4,32}$/.test(id) ? 'user_id' : undefined;
}

/** Far beyond every ID that Feishu gives out (API sheet 7.1). */
const LONGEST = 256;

/** What makes `id` unfit to stand in an address, if anything does. */
export function userIdComplaint(id: string): string | undefined {
	if (id.length > LONGEST) return `it is longer than ${LONGEST} characters`;
	return /[\p{Cc}\p{Cs}]/u.test(id) ? 'it holds characters that no ID has' : undefined;
}
