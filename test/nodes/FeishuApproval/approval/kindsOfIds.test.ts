import { contradiction } from '../../../../nodes/FeishuApproval/approval/kindsOfIds';

const ids = (userId: string, ...ccUserIds: string[]) => ({
	'CC User IDs': ccUserIds,
	'User ID': [userId],
});
const NEEDED = {
	open_id:
		'With Open ID as User ID Type, CC User IDs and User ID have to hold open IDs; behind Get Instance, "{{ $json.open_id }}" gives the one for User ID.',
	union_id: 'With Union ID as User ID Type, CC User IDs and User ID have to hold union IDs.',
	user_id:
		'With User ID as User ID Type, CC User IDs and User ID have to hold user IDs; behind Get Instance, "{{ $json.user_id }}" gives the one for User ID.',
};

describe('IDs that can be of the kind announced', () => {
	it.each([
		['open_id', ids('ou_1', 'ou_2', 'ou_3')],
		['union_id', ids('on_1', 'on_2')],
		['user_id', ids('f7cb567e', 'winston', 'first.last@example.com')],
		['open_id', ids('f7cb567e', 'f7cb567e')],
		['open_id', { 'User ID': [] }],
	] as const)('%s', (type, entered) => {
		expect(contradiction(type, entered)).toBeUndefined();
	});
});

describe('IDs that cannot', () => {
	it.each([
		['open_id', ids('ou_1', 'ou_2', 'on_3'), 'CC User IDs', 'on_3', 'an open ID', ''],
		['union_id', ids('on_1', 'ou_2'), 'CC User IDs', 'ou_2', 'a union ID', ''],
		['user_id', ids('ou_1', 'f7cb567e'), 'User ID', 'ou_1', 'a user ID', ''],
		['user_id', ids('f7cb567e', 'on_1'), 'CC User IDs', 'on_1', 'a user ID', ''],
		['open_id', ids('f7cb567e', 'on_1'), 'CC User IDs', 'on_1', 'an open ID', ''],
		[
			'open_id',
			ids('on_1', 'on_2'),
			'CC User IDs',
			'on_2',
			'an open ID',
			'These are union IDs: set User ID Type to Union ID. ',
		],
		[
			'user_id',
			ids('ou_1', 'ou_2'),
			'CC User IDs',
			'ou_2',
			'a user ID',
			'These are open IDs: set User ID Type to Open ID. ',
		],
		[
			'open_id',
			ids('ou_1', 'a@b.cn'),
			'CC User IDs',
			'a@b.cn',
			'an open ID',
			'An email address is not an ID. ',
		],
		[
			'union_id',
			ids('a@b.cn', 'on_1'),
			'User ID',
			'a@b.cn',
			'a union ID',
			'An email address is not an ID. ',
		],
	] as const)('%s: %j', (type, entered, field, id, kind, advice) => {
		expect(contradiction(type, entered)).toEqual({
			what: `${field} does not fit User ID Type: "${id}" is not ${kind}`,
			cure: advice + NEEDED[type],
		});
	});

	it('the only field of Get Instance is named alone', () => {
		expect(contradiction('open_id', { 'User ID': ['on_1'] })?.cure).toBe(
			'These are union IDs: set User ID Type to Union ID. With Open ID as User ID Type, User ID has to hold open IDs.',
		);
	});
});
