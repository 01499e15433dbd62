import {
	isUserIdType,
	looksLike,
	USER_ID_TYPES,
	userIdComplaint,
} from '../../../../nodes/FeishuApproval/approval/userIds';

describe('kinds of user ID', () => {
	it('are the three that Feishu knows', () => {
		expect(USER_ID_TYPES).toEqual(['open_id', 'union_id', 'user_id']);
		expect(USER_ID_TYPES.every(isUserIdType)).toBe(true);
	});

	it.each(['', 'email', 'OPEN_ID', 'open_id ', undefined, null, 0, ['open_id'], {}])(
		'%j is none of them',
		(value) => {
			expect(isUserIdType(value)).toBe(false);
		},
	);

	it.each([
		['ou_3cda9c969f737aaa05e6915dce306cb9', 'open_id'],
		['on_94a1ee5551019f18cd73d9f111898cf2', 'union_id'],
		['f7cb567e', 'user_id'],
		['ou', undefined],
		['', undefined],
		['somebody@example.com', undefined],
	])('%j looks like %s', (id, kind) => {
		expect(looksLike(id)).toBe(kind);
	});
});

describe('a user ID', () => {
	it.each(['', 'ou_3cda9c96', 'Müller 王', '🙂', 'x'.repeat(256)])('may be %j', (id) => {
		expect(userIdComplaint(id)).toBeUndefined();
	});

	it.each([
		['x'.repeat(257), 'it is longer than 256 characters'],
		['ou_1\n', 'it holds characters that no ID has'],
		['ou_\u0000', 'it holds characters that no ID has'],
		['ou_\ud83d', 'it holds characters that no ID has'],
	])('is not %j', (id, complaint) => {
		expect(userIdComplaint(id)).toBe(complaint);
	});
});
