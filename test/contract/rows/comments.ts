import { randomInt } from 'node:crypto';

import type { Endpoint, Instance, Sandbox, StoredComment } from '../../../sandbox';
import type { BadInput, Case, Row } from '../row';
import { CODE, REQUIRED_PERSON, SWITCH, TEXT, USER_ID_TYPE } from './badInput';
import { addPerson } from './people';
import { post } from './wires';

const BAD_WHO = { instanceCode: CODE, userId: REQUIRED_PERSON, userIdType: USER_ID_TYPE };
const BAD_ID = {
	values: ['', null, 'abc', '1 2', [], {}, '1'.repeat(31)],
	message: /^(is |cannot be right)/,
};
const NO_BODY = { body: {}, why: 'the SDK sends an empty object along with a call without a body' };

/** An approval with comments of one person, in the words of the node and in those of the API. */
function commented(sandbox: Sandbox, count: number) {
	const person = addPerson(sandbox);
	const instance = sandbox.addInstance();
	const ids = Array.from({ length: count }, () => String(randomInt(1e14, 2.8e14)));
	instance.comments = ids.map((id): StoredComment => ({
		id,
		content: '{"text":"old"}',
		create_time: '1700000000000',
		update_time: '1700000000000',
		is_delete: 0,
		replies: [],
		mentions: [],
		commentator: person,
	}));
	const { union_id } = person;
	const { instance_code } = instance;
	return {
		instance,
		ids,
		sample: { instanceCode: instance_code, userId: union_id, userIdType: 'union_id' },
		path: `/open-apis/approval/v4/instances/${instance_code}/comments`,
		params: { user_id: union_id, user_id_type: 'union_id' } as const,
		of: { instance_id: instance_code },
	};
}

const deleted = ({ comments = [] }: Instance) => comments.map(({ is_delete: count }) => count);

const commentRow = (
	operation: string,
	endpoint: Endpoint,
	words: RegExp,
	badInput: Record<string, BadInput>,
	make: (sandbox: Sandbox) => Case,
): Row => ({
	resource: 'comment',
	operation,
	variants: [
		{
			endpoint,
			afterLoss: 'reads back',
			make,
			refusal: {
				code: 1390001,
				msg: 'param is invalid',
				status: 400,
				words: /refused a parameter/,
			},
		},
	],
	badInput: { ...BAD_WHO, ...badInput },
	words,
});

export const createComment = commentRow(
	'create',
	'createComment',
	/notif/,
	{
		text: { values: ['', '  ', null, ...TEXT.values], message: /^is / },
		commentId: BAD_ID,
		disableBot: SWITCH,
		files: {
			values: ['{', '[1]', '[{}]', [{ url: 'a.pdf' }], 7],
			message: /^(is not valid|holds)/,
		},
		mentions: {
			values: ['', null, 'ou_1,ou_2', [], {}, true, '{{ $json.a }}'],
			message: /^number 1: Person (is |cannot be right)/,
			within: (person) => ({ mention: [{ name: 'Zhao', person }] }),
		},
		parentCommentId: BAD_ID,
	},
	(sandbox) => {
		const { instance, ids, sample, path, params, of } = commented(sandbox, 2);
		// Everybody mentions the same person: n8n takes no expression for the whole of Mentions.
		const [{ union_id: mentioned }] = [...sandbox.users.values()];
		const [edited, parent] = ids;
		const text = `Hello @Zhao, ${edited}`;
		const url = `https://files.example/${edited}.pdf`;
		const data = {
			content: JSON.stringify({
				text,
				files: [{ url, title: 'a.pdf', fileSize: 9, type: 'attachment' }],
			}),
			at_info_list: [{ user_id: mentioned, name: 'Zhao', offset: '6' }],
			parent_comment_id: parent,
			comment_id: edited,
			disable_bot: true,
		};
		return {
			sample: {
				...sample,
				text,
				options: {
					commentId: edited,
					disableBot: true,
					files: JSON.stringify([{ url, name: 'a.pdf', size: 9, file_type: 'attachment' }]),
					mentions: { mention: [{ name: 'Zhao', person: mentioned }] },
					parentCommentId: parent,
				},
			},
			requests: [post(path, params, data)],
			sdk: async ({ approval: { v4 } }) =>
				await v4.instanceComment.create({ path: of, params, data }),
			effects: () => [instance.comments!.filter(({ content }) => content === data.content).length],
		};
	},
);

export const deleteComment = commentRow(
	'delete',
	'deleteComment',
	/for good/,
	{ commentId: BAD_ID },
	(sandbox) => {
		const { instance, ids, sample, path, params, of } = commented(sandbox, 1);
		const [id] = ids;
		const query = { ...params };
		return {
			sample: { ...sample, commentId: id },
			requests: [{ method: 'DELETE', path: `${path}/${id}`, query, sdk: NO_BODY }],
			sdk: async ({ approval: { v4 } }) =>
				await v4.instanceComment.delete({ path: { ...of, comment_id: id }, params }),
			effects: () => deleted(instance),
		};
	},
);

export const deleteAllComments = commentRow(
	'deleteAll',
	'removeComments',
	/comments of everybody/,
	{},
	(sandbox) => {
		const { instance, sample, path, params, of } = commented(sandbox, 1);
		return {
			sample,
			requests: [{ method: 'POST', path: `${path}/remove`, query: { ...params }, sdk: NO_BODY }],
			sdk: async ({ approval: { v4 } }) => await v4.instanceComment.remove({ path: of, params }),
			effects: () => deleted(instance),
		};
	},
);
