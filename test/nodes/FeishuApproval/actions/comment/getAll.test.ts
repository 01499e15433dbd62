import type { INodeParameters } from 'n8n-workflow';

import { APPROVER, COLLEAGUE, type Instance, type StoredComment } from '../../../../../sandbox';
import { startHarness, type Harness } from '../../../../engine/harness';

let harness: Harness;
let instance: Instance;
beforeEach(async () => {
	harness = await startHarness();
	instance = harness.sandbox.addInstance();
});
afterEach(async () => await harness.close());

const getAll = async (parameters: INodeParameters = {}) =>
	await harness.engine.run([
		{
			name: 'Comments',
			parameters: {
				resource: 'comment',
				operation: 'getAll',
				instanceCode: instance.instance_code,
				userId: APPROVER.email,
				returnAll: true,
				...parameters,
			},
		},
	]);

const comment = (id: number, more: Partial<StoredComment> = {}): StoredComment => ({
	id: String(id),
	content: JSON.stringify({ text: `comment ${id}` }),
	create_time: '1700000000000',
	update_time: '1700000000000',
	is_delete: 0,
	replies: [],
	mentions: [],
	commentator: COLLEAGUE,
	...more,
});

it('reads the comments of an instance, without deleted ones and replies', async () => {
	instance.comments = [
		comment(1, { replies: [comment(11), comment(12, { is_delete: 1 })] }),
		comment(2, { is_delete: 1 }),
	];
	const { json, error } = await getAll();
	expect(error).toBeUndefined();
	expect(json('Comments')).toEqual([
		{
			comment_id: '1',
			parent_comment_id: null,
			instance_code: instance.instance_code,
			user_id: COLLEAGUE.open_id,
			text: 'comment 1',
			files: [],
			mentions: [],
			reply_count: 1,
			create_time: '2023-11-14T22:13:20.000Z',
			update_time: '2023-11-14T22:13:20.000Z',
			is_deleted: false,
		},
	]);
	const everything = await getAll({ options: { includeDeleted: true, includeReplies: true } });
	expect(
		everything
			.json('Comments')
			.map(({ comment_id: id, parent_comment_id: parent, is_deleted: gone }) => [id, parent, gone]),
	).toEqual([
		['1', null, false],
		['11', '1', false],
		['12', '1', true],
		['2', null, true],
	]);
});

it('reads all pages, up to the limit', async () => {
	instance.comments = Array.from({ length: 2300 }, (_, id) => comment(id + 1));
	const all = await getAll();
	expect(all.json('Comments').map(({ comment_id: id }) => id)).toEqual(
		instance.comments.map(({ id }) => id),
	);
	expect(harness.sandbox.calls('listComments')).toHaveLength(3);
	const some = await getAll({ returnAll: false, limit: 3 });
	expect(some.json('Comments')).toHaveLength(3);
	expect(harness.sandbox.calls('listComments')).toHaveLength(4);
});

it('gives out nothing where nobody said anything, and what Feishu sent with Simplify off', async () => {
	const none = await getAll();
	expect(none.error).toBeUndefined();
	expect(none.json('Comments')).toEqual([]);
	instance.comments = [comment(1)];
	const { json } = await getAll({ simplify: false });
	expect(json('Comments')).toMatchObject([
		{ id: '1', content: '{"text":"comment 1"}', is_delete: 0, replies: [] },
	]);
});
