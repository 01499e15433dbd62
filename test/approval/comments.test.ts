import { commentsOf, placeMentions, readContent } from '../../approval/comments';

const place = (text: string, ...names: string[]) =>
	placeMentions(
		text,
		names.map((name) => ({ name, person: 'ou_1' })),
	);

describe('a mention', () => {
	it.each<[string, string, string[], number[]]>([
		['at the beginning', '@Zhang look', ['Zhang'], [0]],
		['after Chinese text, where a character is one', '请看 @张敏 这里', ['张敏'], [3]],
		['after an emoji, which is two', '👍 @Zhang', ['Zhang'], [3]],
		['after a family of emoji', '👨‍👩‍👧 @Zhang', ['Zhang'], ['👨‍👩‍👧 '.length]],
		['twice for one name', '@Li and @Li', ['Li', 'Li'], [0, 8]],
		['of several people in any order', '@A then @B', ['B', 'A'], [8, 0]],
	])('%s overlays its name', (_where, text, names, offsets) => {
		expect(place(text, ...names)).toEqual({ text, offsets });
	});

	it.each<[string, string[], string, number[]]>([
		['Please look', ['Li'], 'Please look @Li', [12]],
		['Please look\n', ['Li'], 'Please look\n@Li', [12]],
		['Li, please look', ['Li'], 'Li, please look @Li', [16]],
		['@Li', ['Li', 'Li'], '@Li @Li', [0, 4]],
		['x', ['A', 'B'], 'x @A @B', [2, 5]],
	])('is added at the end of %j if its name is not there', (text, names, whole, offsets) => {
		expect(place(text, ...names)).toEqual({ text: whole, offsets });
	});
});

describe('comments', () => {
	it('are read with their replies, whatever is missing', () => {
		const reply = {
			id: '2',
			content: '{"text":"b"}',
			commentator: 'ou_2',
			create_time: '1700000000000',
			at_info_list: [{ user_id: 'ou_3', name: 'Li', offset: '0' }],
		};
		const data = {
			comments: [{ id: 1, content: 'plain', is_delete: '1', replies: [reply, null] }, 7],
		};
		expect(commentsOf(data as never)).toEqual([
			{
				id: '1',
				text: 'plain',
				by: '',
				isDeleted: true,
				at: undefined,
				thread: undefined,
				files: [],
				mentions: undefined,
			},
			{
				id: '2',
				text: 'b',
				by: 'ou_2',
				isDeleted: false,
				at: 1_700_000_000_000,
				thread: '1',
				files: [],
				mentions: ['ou_3'],
			},
		]);
		expect(commentsOf({})).toEqual([]);
	});

	it.each<[unknown, string]>([
		['{"text":"a"}', 'a'],
		['{"text":1}', '{"text":1}'],
		['{', '{'],
		[undefined, ''],
	])('have the text of %j', (content, text) => {
		expect(readContent(content).text).toBe(text);
	});
});
