import { chooseComments, simplifyComment } from '../../approval/commentList';

const REPLY = { id: '11', content: '{"text":"and me"}', commentator: 'ou_2', is_delete: 0 };
const GONE = { id: '12', content: '{"text":"gone"}', commentator: 'ou_2', is_delete: 1 };
const COMMENT = {
	id: '1',
	content: JSON.stringify({
		text: 'Hello @Zhao',
		files: [{ url: 'https://f.example/a.pdf', title: 'a.pdf', fileSize: 9, type: 'attachment' }],
	}),
	create_time: '1700000000000',
	update_time: '1700000060000',
	is_delete: 0,
	commentator: 'ou_1',
	at_info_list: [{ user_id: 'ou_2', name: 'Zhao', offset: '6' }],
	replies: [REPLY, GONE],
};
const DELETED = { ...COMMENT, id: '2', is_delete: 1, replies: [{ ...REPLY, id: '21' }] };

const idsOf = (choice: object) => chooseComments([COMMENT, DELETED], choice).map(({ id }) => id);

describe('the comments of a page', () => {
	it('are the plain ones, with deleted ones and replies as wanted', () => {
		expect(idsOf({})).toEqual(['1']);
		expect(idsOf({ includeDeleted: true })).toEqual(['1', '2']);
		expect(idsOf({ includeReplies: true })).toEqual(['1', '11', '21']);
		expect(idsOf({ includeDeleted: true, includeReplies: true })).toEqual([
			'1',
			'11',
			'12',
			'2',
			'21',
		]);
	});

	it('come as they are; replies say to which they belong', () => {
		const [first, second] = chooseComments([COMMENT], { includeReplies: true });
		expect(first).toBe(COMMENT);
		expect(second).toEqual({ ...REPLY, parent_comment_id: '1' });
	});

	it.each([[undefined], [null], ['x'], [[null, 7]]])('are none in %j', (comments) => {
		expect(chooseComments(comments, {})).toEqual([]);
	});
});

describe('a simplified comment', () => {
	it('has its text, files, mentions and times', () => {
		expect(simplifyComment(COMMENT, 'I')).toEqual({
			comment_id: '1',
			parent_comment_id: null,
			instance_code: 'I',
			user_id: 'ou_1',
			text: 'Hello @Zhao',
			files: [{ url: 'https://f.example/a.pdf', name: 'a.pdf', size: 9, file_type: 'attachment' }],
			mentions: [{ user_id: 'ou_2', name: 'Zhao' }],
			reply_count: 1,
			create_time: '2023-11-14T22:13:20.000Z',
			update_time: '2023-11-14T22:14:20.000Z',
			is_deleted: false,
		});
	});

	it('has the content as its text where that is no JSON, and knows a mark of either kind', () => {
		const odd = { id: '3', content: 'plain', is_delete: true };
		expect(simplifyComment(odd, 'I')).toMatchObject({ text: 'plain', files: [], is_deleted: true });
		expect(simplifyComment({ is_delete: '1' }, 'I')).toMatchObject({
			comment_id: null,
			user_id: null,
			text: '',
			is_deleted: true,
			create_time: null,
		});
	});
});
