import { describeIds, findKindMismatch } from '../../approval/kindsOfIds';

const ids = (userId: string, ...ccUserIds: string[]) => ({
	'CC User IDs': ccUserIds,
	'User ID': [userId],
});
const HEX = '3cda9c969f737aaa05e6915dce306cb9';
const [OPEN_ID, UNION_ID, CHAT_ID] = [`ou_${HEX}`, `on_${HEX}`, `oc_${HEX}`];
const WAYS = {
	open_id:
		'open IDs with Open ID as User ID Type (after a Get Instance node, "{{ $json.open_id }}" is right for User ID)',
	union_id:
		'union IDs with Union ID as User ID Type (Get Instance gives none for User ID: enter your own)',
	user_id:
		'user IDs with User ID as User ID Type (after a Get Instance node, "{{ $json.user_id }}" is right for User ID, if the app has the scope contact:user.employee_id:readonly)',
};
const either = (...kinds: Array<keyof typeof WAYS>) =>
	`CC User IDs and User ID together can hold ${kinds.map((kind) => WAYS[kind]).join(', or ')}.`;

describe('IDs that can be of the kind announced', () => {
	it.each([
		['open_id', ids('ou_1', 'ou_2', 'ou_3')],
		['union_id', ids('on_1', 'on_2')],
		['user_id', ids('f7cb567e', 'winston', 'first.last@example.com')],
		['user_id', ids('on_duty', 'ou_pair', 'od-smith', 'cli_anne', 'oc_1', 'ou_123456')],
		['open_id', ids('f7cb567e', 'f7cb567e')],
		['open_id', { 'User ID': [] }],
	] as const)('%s', (type, entered) => {
		expect(findKindMismatch(type, entered)).toBeUndefined();
	});
});

describe('IDs that cannot', () => {
	it.each([
		[
			'open_id',
			ids('ou_1', 'ou_2', 'on_3'),
			'CC User IDs',
			'on_3',
			'a union ID, not an open ID',
			either('open_id', 'union_id'),
		],
		[
			'union_id',
			ids('on_1', 'ou_2'),
			'CC User IDs',
			'ou_2',
			'an open ID, not a union ID',
			either('union_id', 'open_id'),
		],
		[
			'user_id',
			ids(OPEN_ID, 'f7cb567e'),
			'User ID',
			OPEN_ID,
			'an open ID, not a user ID',
			either('user_id', 'open_id'),
		],
		[
			'user_id',
			ids('f7cb567e', UNION_ID),
			'CC User IDs',
			UNION_ID,
			'a union ID, not a user ID',
			either('user_id', 'union_id'),
		],
		[
			'open_id',
			ids('f7cb567e', 'on_1'),
			'CC User IDs',
			'on_1',
			'a union ID, not an open ID',
			either('open_id', 'union_id'),
		],
		[
			'open_id',
			ids('on_1', 'on_2'),
			'CC User IDs',
			'on_2',
			'a union ID, not an open ID',
			'All IDs here are union IDs: set User ID Type to Union ID.',
		],
		[
			'user_id',
			ids('ou_1', OPEN_ID),
			'CC User IDs',
			OPEN_ID,
			'an open ID, not a user ID',
			'All IDs here are open IDs: set User ID Type to Open ID.',
		],
		[
			'user_id',
			ids('winston', CHAT_ID),
			'CC User IDs',
			CHAT_ID,
			'the ID of a chat, not a user ID',
			either('user_id'),
		],
		[
			'open_id',
			ids('ou_1', 'od-1'),
			'CC User IDs',
			'od-1',
			'the ID of a department, not an open ID',
			either('open_id'),
		],
		[
			'open_id',
			ids('ou_1', 'cli_1'),
			'CC User IDs',
			'cli_1',
			'the ID of an app, not an open ID',
			either('open_id'),
		],
	] as const)('%s: %j', (type, entered, field, id, is, hint) => {
		expect(findKindMismatch(type, entered)).toMatchObject({
			message: `${field} does not fit User ID Type: "${id}" is ${is}`,
			hint,
		});
	});

	it('the only field of Get Instance is named alone', () => {
		expect(findKindMismatch('open_id', { 'User ID': ['on_1'] })?.hint).toBe(
			'User ID can hold an open ID with Open ID as User ID Type, or a union ID with Union ID as User ID Type.',
		);
	});
});

describe('the IDs that a call carried', () => {
	it.each([
		['open_id', ids('ou_1', 'ou_2'), 'Sent as open IDs: CC User IDs `ou_2`; User ID `ou_1`.'],
		['union_id', ids('on_1', 'on_2'), 'Sent as union IDs: CC User IDs `on_2`; User ID `on_1`.'],
		['user_id', ids('winston', '7'), 'Sent as user IDs: CC User IDs `7`; User ID `winston`.'],
		['open_id', { 'User ID': ['ou_1'] }, 'Sent as open IDs: User ID `ou_1`.'],
	] as const)('%s: are told by their fields', (type, entered, sentence) => {
		expect(describeIds(type, entered)).toEqual([sentence]);
	});

	it('are none where there was none', () => {
		expect(describeIds('open_id', { 'User ID': [] })).toEqual([]);
	});

	it.each([
		[5, '`ou_1`, `ou_2`, `ou_3`, `ou_4`, `ou_5`; User'],
		[6, '`ou_1`, `ou_2`, `ou_3`, `ou_4`, `ou_5` and 1 more; User'],
		[15, '`ou_4`, `ou_5` and 10 more; User'],
	])('%i of them', (count, sentence) => {
		const people = Array.from({ length: count }, (_, index) => `ou_${index + 1}`);
		expect(describeIds('open_id', ids('ou_0', ...people))[0]).toContain(sentence);
	});

	it.each([
		['open_id', 'ou_', 'open IDs'],
		['union_id', 'on_', 'union IDs'],
	] as const)('%s: one without prefix may be a user ID', (type, prefix, several) => {
		expect(describeIds(type, ids(`${prefix}1`, `${prefix}2`, 'f7cb567e'))[1]).toBe(
			`\`f7cb567e\` in CC User IDs does not begin with "${prefix}" as ${several} do. If it is a user ID, enter ${WAYS.user_id}.`,
		);
		expect(describeIds(type, { 'User ID': ['winston'] })[1]).toBe(
			`\`winston\` in User ID does not begin with "${prefix}" as ${several} do. If it is a user ID, enter a user ID with User ID as User ID Type.`,
		);
	});
});
