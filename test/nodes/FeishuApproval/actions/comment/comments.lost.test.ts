import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { COLLEAGUE, INITIATOR, type Instance, type StoredComment } from '../../../../../sandbox';
import type { Outcome, Step } from '../../../../engine/engine';
import { startHarness, type Harness } from '../../../../engine/harness';
import { tunable } from '../../../../engine/tunable';

const { TIMEOUTS } = tunable();
const CONTINUE_ON_FAIL = { onError: 'continueRegularOutput' } as const;
const LONG_AGO = '1700000000000';
const MINUTE_MS = 60_000;

let harness: Harness;
let instance: Instance;
beforeEach(async () => {
	Object.assign(TIMEOUTS, { pauseMs: 1, settleMs: 10, lateMs: 10 });
	harness = await startHarness();
	instance = harness.sandbox.addInstance({ timeline: [] });
});
afterEach(async () => await harness.close());

let lastId = 7_000_000;
function stored(text: string, more: Partial<StoredComment> = {}): StoredComment {
	return {
		id: String(++lastId),
		content: JSON.stringify({ text }),
		create_time: LONG_AGO,
		update_time: LONG_AGO,
		is_delete: 0,
		replies: [],
		mentions: [],
		commentator: INITIATOR,
		...more,
	};
}

const run = async (
	operation: string,
	parameters: INodeParameters = {},
	input: IDataObject[] = [{}],
	more: Partial<Step> = {},
): Promise<Outcome> =>
	await harness.engine.run(
		[
			{
				name: 'Comment',
				parameters: {
					resource: 'comment',
					operation,
					instanceCode: instance.instance_code,
					userId: INITIATOR.open_id,
					...parameters,
				},
				...more,
			},
		],
		input,
	);

const lose = (on: 'createComment' | 'removeComments', when: 'before' | 'after') =>
	harness.sandbox.faults.add({ on, fault: { kind: 'reset', when } });
const calls = (endpoint: 'createComment' | 'removeComments' | 'listComments') =>
	harness.sandbox.calls(endpoint).length;
/** The next lists of comments are this. */
const answerLists = (data: IDataObject, times = Infinity) => {
	const body = { code: 0, msg: 'success', data };
	const fault = { kind: 'answer', status: 200, body } as const;
	harness.sandbox.faults.add({ on: 'listComments', times, fault });
};
/** Before anybody looks at the comments, a colleague writes one, so long (ms) from now. */
const writesMeanwhile = (ms: number) =>
	harness.sandbox.faults.add({
		on: 'listComments',
		fault: {
			kind: 'run',
			do: () => {
				const at = String(Date.now() + ms);
				instance.comments!.push(stored('new', { create_time: at, commentator: COLLEAGUE }));
			},
		},
	});
/** Lists that go on, with no way to read on. */
const UNFINISHED: Array<[string, IDataObject]> = [
	['no token', { has_more: true }],
	['an empty token', { has_more: true, page_token: '' }],
	['the same token again', { has_more: true, page_token: 'x' }],
];
const UNKNOWN = 'It is not known whether the comment';

describe('Delete All whose answer got lost', () => {
	it('was done where only what a colleague wrote after it is left', async () => {
		instance.comments = [stored('a', { replies: [stored('b')] }), stored('c')];
		lose('removeComments', 'after');
		writesMeanwhile(3_000);
		const { json, error } = await run('deleteAll');
		expect(error).toBeUndefined();
		expect(json('Comment')).toMatchObject([{ deleted: true }]);
		expect(calls('removeComments')).toBe(1);
		expect(instance.comments.map((one) => one.is_delete)).toEqual([1, 1, 0]);
	});

	it.each([
		['may be from before or after the call', 'after', -MINUTE_MS],
		['is from after the call, which was not carried out', 'before', 3_000],
	] as const)('is not sent again where a comment %s', async (_what, when, ms) => {
		instance.comments = [stored('a')];
		lose('removeComments', when);
		writesMeanwhile(ms);
		const { error } = await run('deleteAll');
		expect(error?.message).toBe(`${UNKNOWN}s were deleted`);
		expect(error?.description).toContain('may have been written after the call');
		expect(calls('removeComments')).toBe(1);
		expect(instance.comments.at(-1)?.is_delete).toBe(0);
	});

	it('is sent again where all that is left is from long before it', async () => {
		instance.comments = [stored('a'), stored('b', { is_delete: 1 })];
		lose('removeComments', 'before');
		expect((await run('deleteAll')).error).toBeUndefined();
		expect(instance.comments[0].is_delete).toBe(1);
		expect(calls('removeComments')).toBe(2);
	});

	it('is as it should be where there was nothing to delete', async () => {
		instance.comments = [];
		lose('removeComments', 'before');
		expect((await run('deleteAll')).error).toBeUndefined();
		expect(calls('removeComments')).toBe(1);
	});

	it.each<[string, IDataObject]>([
		['without comments', {}],
		['with comments that are no list', { comments: null }],
		...UNFINISHED.map(([what, page]): [string, IDataObject] => [
			`with ${what}`,
			{ ...page, comments: [{ id: '1', is_delete: 1, create_time: LONG_AGO }] },
		]),
	])('is unknown after an answer %s', async (_what, data) => {
		instance.comments = [stored('a')];
		lose('removeComments', 'before');
		answerLists(data);
		const { error } = await run('deleteAll');
		expect(error?.message).toBe(`${UNKNOWN}s were deleted`);
		expect(error?.description).toContain('could not be read to its end');
		expect(calls('removeComments')).toBe(1);
	});
});

const file = (name: string, more: IDataObject = {}) => ({
	url: `https://files.example.com/${name}?x-signature=1`,
	name,
	size: 10,
	file_type: 'attachment',
	...more,
});
const content = (text: string, ...files: Array<ReturnType<typeof file>>) =>
	JSON.stringify({
		text,
		files: files.map(({ url, name, size, file_type: type }) => ({
			url,
			title: name,
			fileSize: size,
			type,
		})),
	});
const mention = (name: string, person: string) => ({ mentions: { mention: [{ name, person }] } });

describe('Create whose answer got lost', () => {
	const edit = async (id: string, text: string, options: INodeParameters) =>
		await run('create', { text, options: { commentId: id, ...options } });

	it.each<[string, string, Partial<StoredComment>, INodeParameters]>([
		['another file', 'x', { content: content('x', file('old.pdf')) }, { files: [file('new.pdf')] }],
		['a first file', 'x', {}, { files: [file('new.pdf')] }],
		[
			'another version of the file',
			'x',
			{ content: content('x', file('a.pdf')) },
			{ files: [file('a.pdf', { size: 11 })] },
		],
		['a first mention', 'x @Li', {}, mention('Li', COLLEAGUE.open_id)],
		[
			'somebody else who is mentioned',
			'x @Li',
			{ mentions: [{ person: INITIATOR, name: 'Li', offset: '2' }] },
			mention('Li', COLLEAGUE.open_id),
		],
	])('an edit with the same text and %s is sent again', async (_what, text, old, options) => {
		const comment = stored(text, old);
		instance.comments = [comment];
		lose('createComment', 'before');
		const { error } = await edit(comment.id, text, options);
		expect(error).toBeUndefined();
		expect(calls('createComment')).toBe(2);
	});

	it.each<[string, INodeParameters]>([
		['a mention', mention('Li', COLLEAGUE.open_id)],
		['a file', { files: [file('a.pdf')] }],
	])('an edit with %s is found', async (_what, options) => {
		const comment = stored('@Li');
		instance.comments = [comment];
		lose('createComment', 'after');
		const { json, error } = await edit(comment.id, '@Li', options);
		expect(error).toBeUndefined();
		expect(json('Comment')).toMatchObject([{ comment_id: comment.id }]);
		expect(calls('createComment')).toBe(1);
	});

	it.each([
		['', undefined],
		[' (a reply)', {}],
	])('is not found in what another item may have written%s', async (_what, options) => {
		const top = stored('a');
		instance.comments = [top];
		lose('createComment', 'after');
		const denied = { code: 1390003, msg: 'instance code not found' };
		harness.sandbox.faults.add({
			on: 'listComments',
			fault: { kind: 'answer', status: 400, body: denied },
		});
		lose('createComment', 'before');
		const parameters = { text: 'x', options: options && { parentCommentId: top.id } };
		const { json } = await run('create', parameters, [{}, {}], CONTINUE_ON_FAIL);
		expect(json('Comment').map(({ error }) => error)).toEqual(
			Array.from({ length: 2 }, () => `${UNKNOWN} was written`),
		);
		expect(json('Comment')[1].description).toContain('which may be this one');
		expect(calls('createComment')).toBe(2);
	});

	it('is written once more where what another item wrote was certainly refused', async () => {
		const denied = { kind: 'answer', status: 400, body: { code: 1390001, msg: 'no' } } as const;
		harness.sandbox.faults.add({ on: 'createComment', fault: denied });
		lose('createComment', 'after');
		const { json } = await run('create', { text: 'x' }, [{}, {}], CONTINUE_ON_FAIL);
		expect(json('Comment')[1]).toMatchObject({ success: true });
		expect(calls('createComment')).toBe(2);
	});

	it('a reply is not taken for the same words elsewhere', async () => {
		const now = String(Date.now());
		const same = () => stored('ok', { create_time: now });
		const [one, other] = [stored('a', { replies: [same()] }), stored('b')];
		instance.comments = [one, other, same()];
		lose('createComment', 'before');
		const { error } = await run('create', { text: 'ok', options: { parentCommentId: other.id } });
		expect(error).toBeUndefined();
		expect(other.replies).toHaveLength(1);
	});

	it('a comment is not taken for a reply with the same words', async () => {
		const reply = stored('ok', { create_time: String(Date.now()) });
		instance.comments = [stored('a', { replies: [reply] })];
		lose('createComment', 'before');
		expect((await run('create', { text: 'ok' })).error).toBeUndefined();
		expect(instance.comments).toHaveLength(2);
	});

	it('a reply is found, also one to a reply, under the comment of both', async () => {
		const first = stored('r');
		const top = stored('a', { replies: [first] });
		instance.comments = [top];
		const answered = stored('ok', { create_time: String(Date.now()) });
		top.replies.push(answered);
		lose('createComment', 'before');
		const { json, error } = await run('create', {
			text: 'ok',
			options: { parentCommentId: first.id },
		});
		expect(error).toBeUndefined();
		expect(json('Comment')).toMatchObject([{ comment_id: answered.id }]);
		expect(calls('createComment')).toBe(1);
	});

	it.each(UNFINISHED)('is unknown after a list with %s', async (_what, page) => {
		lose('createComment', 'after');
		answerLists({ ...page, comments: [] });
		const { error } = await run('create', { text: 'x' });
		expect(error?.message).toBe(`${UNKNOWN} was written`);
		expect(error?.description).toContain('could not be read to its end');
		expect(calls('createComment')).toBe(1);
	});

	it('is unknown where it is not on the first twenty pages', async () => {
		for (let page = 0; page < 30; page++) {
			answerLists({ comments: [], has_more: true, page_token: `t${page}` }, 1);
		}
		lose('createComment', 'after');
		const { error } = await run('create', { text: 'x' });
		expect(error?.message).toBe(`${UNKNOWN} was written`);
		expect([calls('listComments'), calls('createComment')]).toEqual([20, 1]);
	});

	it.each([
		['who wrote it', { commentator: undefined }],
		['when it was written', { create_time: '' }],
	])('is unknown where a comment with its text does not tell %s', async (_what, more) => {
		lose('createComment', 'before');
		const told = { commentator: INITIATOR.open_id, create_time: String(Date.now()) };
		answerLists({ comments: [{ id: '9', content: '{"text":"x"}', ...told, ...more }] });
		const { error } = await run('create', { text: 'x' });
		expect(error?.message).toBe(`${UNKNOWN} was written`);
		expect(error?.description).toContain('which may be this one');
		expect(calls('createComment')).toBe(1);
	});

	it('is found on an unfinished list', async () => {
		lose('createComment', 'after');
		const told = { commentator: INITIATOR.open_id, create_time: String(Date.now()) };
		const comment = { id: '9', content: '{"text":"x"}', ...told };
		answerLists({ comments: [comment], has_more: true });
		const { json, error } = await run('create', { text: 'x' });
		expect(error).toBeUndefined();
		expect(json('Comment')).toMatchObject([{ comment_id: '9' }]);
	});

	it('is unknown where a comment with its text does not tell whom it mentions', async () => {
		lose('createComment', 'after');
		const comment = { id: '9', content: '{"text":"@Li"}', create_time: String(Date.now()) };
		answerLists({ comments: [comment] });
		const { error } = await run('create', {
			text: '@Li',
			options: mention('Li', COLLEAGUE.open_id),
		});
		expect(error?.message).toBe(`${UNKNOWN} was written`);
		expect(error?.description).toContain('which may be this one');
		expect(calls('createComment')).toBe(1);
	});
});
