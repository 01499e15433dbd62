import {
	COLLEAGUE,
	EXPENSE_INSTANCE,
	INITIATOR,
	type Endpoint,
	type Sandbox,
} from '../../../sandbox';
import type { Row } from '../row';
import { CODE, REQUIRED_PERSON, SWITCH, TEXT, USER_ID_TYPE } from './badInput';

const instance = EXPENSE_INSTANCE.instance_code!;
const query = { user_id: INITIATOR.union_id, user_id_type: 'union_id' } as const;
const PATH = `/open-apis/approval/v4/instances/${instance}/comments`;
const WHO = { instanceCode: instance, userId: INITIATOR.union_id, userIdType: 'union_id' };
const BAD_WHO = { instanceCode: CODE, userId: REQUIRED_PERSON, userIdType: USER_ID_TYPE };
const BAD_ID = {
	values: ['', null, 'abc', '1 2', [], {}, '1'.repeat(31)],
	message: /^(is |cannot be right)/,
};

/** A comment that is there, with an ID of its own. */
function existing(sandbox: Sandbox, id: string): string {
	const found = sandbox.instances.get(instance)!;
	found.comments ??= [];
	if (!found.comments.some((comment) => comment.id === id)) {
		const at = String(sandbox.clock.now());
		const times = { create_time: at, update_time: at };
		const rest = { is_delete: 0, replies: [], mentions: [], commentator: INITIATOR } as const;
		found.comments.push({
			id,
			content: '{"text":"old"}',
			...times,
			...rest,
			replies: [],
			mentions: [],
		});
	}
	return id;
}

const carriedOut = (endpoint: Endpoint) => (sandbox: Sandbox) =>
	sandbox.calls(endpoint).filter((call) => call.carriedOut).length;

const FILE = {
	url: 'https://files.example/a.pdf',
	name: 'a.pdf',
	size: 9,
	file_type: 'attachment',
};
const body = (sandbox: Sandbox) => ({
	content: JSON.stringify({
		text: 'Hello @Zhao, please look',
		files: [{ url: FILE.url, title: 'a.pdf', fileSize: 9, type: 'attachment' }],
	}),
	at_info_list: [{ user_id: COLLEAGUE.union_id, name: 'Zhao', offset: '6' }],
	parent_comment_id: existing(sandbox, '70815166277'),
	comment_id: existing(sandbox, '70815166278'),
	disable_bot: true,
});

export const createComment: Row = {
	resource: 'comment',
	operation: 'create',
	isReading: false,
	endpoint: 'createComment',
	sample: (sandbox) => ({
		...WHO,
		text: 'Hello @Zhao, please look',
		options: {
			commentId: existing(sandbox, '70815166278'),
			disableBot: true,
			files: JSON.stringify([FILE]),
			mentions: { mention: [{ name: 'Zhao', person: COLLEAGUE.union_id }] },
			parentCommentId: existing(sandbox, '70815166277'),
		},
	}),
	request: (sandbox) => ({ method: 'POST', path: PATH, query, body: body(sandbox) }),
	sdk: async (client, sandbox) =>
		await client.approval.v4.instanceComment.create({
			path: { instance_id: instance },
			params: query,
			data: body(sandbox),
		}),
	effects: carriedOut('createComment'),
	badInput: {
		...BAD_WHO,
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
	atDefault: {},
	words: /who is mentioned is notified/,
};

export const deleteComment: Row = {
	resource: 'comment',
	operation: 'delete',
	isReading: false,
	endpoint: 'deleteComment',
	sample: (sandbox) => ({ ...WHO, commentId: existing(sandbox, '70815166279') }),
	request: () => ({ method: 'DELETE', path: `${PATH}/70815166279`, query, body: undefined }),
	sdk: async (client) =>
		await client.approval.v4.instanceComment.delete({
			path: { instance_id: instance, comment_id: '70815166279' },
			params: query,
		}),
	differences: { body: 'the SDK sends an empty object along with a DELETE' },
	effects: carriedOut('deleteComment'),
	badInput: { ...BAD_WHO, commentId: BAD_ID },
	atDefault: {},
	words: /for good/,
};

export const deleteAllComments: Row = {
	resource: 'comment',
	operation: 'deleteAll',
	isReading: false,
	endpoint: 'removeComments',
	sample(sandbox) {
		existing(sandbox, '70815166280');
		return WHO;
	},
	request: () => ({ method: 'POST', path: `${PATH}/remove`, query, body: undefined }),
	sdk: async (client) =>
		await client.approval.v4.instanceComment.remove({
			path: { instance_id: instance },
			params: query,
		}),
	differences: { body: 'the SDK sends an empty object along with a call without a body' },
	effects: carriedOut('removeComments'),
	badInput: BAD_WHO,
	atDefault: {},
	words: /comments of everybody/,
};
