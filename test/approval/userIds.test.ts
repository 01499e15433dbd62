import { isUserIdType, USER_ID_TYPES, userIdComplaint } from '../../approval/userIds';

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
});

describe('a user ID', () => {
	it.each([
		'',
		'ou_3cda9c96',
		'Müller王',
		'somebody@example.com',
		'first.last-2',
		'🙂',
		'x'.repeat(256),
	])('may be %j', (id) => {
		expect(userIdComplaint(id)).toBeUndefined();
	});

	it.each([
		['x'.repeat(257), 'it is longer than 256 characters'],
		['ou_1 ou_2', 'it holds a space, which no ID has'],
		['ou_1\u3000', 'it holds a space, which no ID has'],
		...[...",，、;；。|/\\[](){}（）'“”‘’「」<>$"].map((odd) => [
			`ou_1${odd}2`,
			`it holds "${odd}", which no ID has`,
		]),
		['"ou_1', 'it holds quotes, which no ID has'],
		['ou_1ou_2', 'it is more than one ID'],
		['ou_1+on_2', 'it is more than one ID'],
		['ou_1\n', 'it holds characters that no ID has'],
		['ou_\u0000', 'it holds characters that no ID has'],
		['ou_\ud83d', 'it holds characters that no ID has'],
	])('is not %j', (id, complaint) => {
		expect(userIdComplaint(id)).toBe(complaint);
	});
});
