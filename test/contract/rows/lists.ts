import type { StoredComment } from '../../../sandbox';
import type { Row, Variant } from '../row';
import { CHOICE, CODE, LISTS, REQUIRED_PERSON, SWITCH, USER_ID_TYPE } from './badInput';
import { addPerson } from './people';
import { APPROVAL, INSTANCES, recent, taskOf } from './recent';
import { get } from './wires';

const params = { user_id_type: 'union_id' } as const;

export const getAllTasks: Row = {
	resource: 'task',
	operation: 'getAll',
	variants: [
		{
			title: 'all',
			endpoint: 'queryTasks',
			afterLoss: 'repeats',
			isList: true,
			make(sandbox) {
				const person = addPerson(sandbox);
				recent(sandbox, taskOf(person, 'APPROVED'));
				const query = { user_id: person.union_id, topic: '2' as const, ...params };
				return {
					sample: {
						userId: person.union_id,
						userIdType: 'union_id',
						topic: 'done',
						returnAll: true,
						simplify: false,
					},
					requests: [get(`${APPROVAL}/tasks/query`, { ...query, page_size: '200' })],
					sdk: async ({ approval: { v4 } }) =>
						await v4.task.query({ params: { ...query, page_size: 200 } }),
				};
			},
			refusal: {
				code: 1390004,
				msg: 'user_id or open_id not found',
				status: 400,
				words: /Sent as union IDs/,
			},
		},
		{
			title: 'up to a limit',
			endpoint: 'queryTasks',
			afterLoss: 'repeats',
			isList: true,
			make(sandbox) {
				const person = addPerson(sandbox);
				recent(sandbox, taskOf(person, 'PENDING'));
				const query = { user_id: person.open_id, topic: '1' as const };
				const kind = { user_id_type: 'open_id' } as const;
				return {
					sample: {
						userId: person.open_id,
						userIdType: 'open_id',
						topic: 'todo',
						returnAll: false,
						limit: 3,
						simplify: true,
					},
					requests: [get(`${APPROVAL}/tasks/query`, { ...query, ...kind, page_size: '3' })],
					sdk: async ({ approval: { v4 } }) =>
						await v4.task.query({ params: { ...query, ...kind, page_size: 3 } }),
				};
			},
			refusal: {
				code: 1390004,
				msg: 'user_id or open_id not found',
				status: 400,
				words: /Sent as open IDs/,
			},
		},
	],
	badInput: {
		userId: REQUIRED_PERSON,
		userIdType: USER_ID_TYPE,
		topic: CHOICE,
		...LISTS,
	},
	words: /has to decide/,
};

export const getAllComments: Row = {
	resource: 'comment',
	operation: 'getAll',
	variants: [true, false].map((all): Variant => ({
		title: all ? 'all' : 'up to a limit',
		endpoint: 'listComments',
		afterLoss: 'repeats',
		isList: true,
		make(sandbox) {
			const { instance, person } = recent(sandbox);
			instance.comments = [
				{
					id: String(Date.now()),
					content: '{"text":"seen"}',
					create_time: '1700000000000',
					update_time: '1700000000000',
					is_delete: 0,
					replies: [],
					mentions: [],
					commentator: person,
				} satisfies StoredComment,
			];
			const { instance_code } = instance;
			const query = { user_id: person.union_id, ...params };
			return {
				sample: {
					instanceCode: instance_code,
					userId: person.union_id,
					userIdType: 'union_id',
					simplify: !all,
					returnAll: all,
					...(all ? {} : { limit: 3 }),
					options: { includeDeleted: true, includeReplies: true },
				},
				requests: [get(`${INSTANCES}/${instance_code}/comments`, { ...query, page_size: '1000' })],
				sdk: async ({ approval: { v4 } }) =>
					await v4.instanceComment.list({
						path: { instance_id: instance_code },
						params: { ...query, page_size: 1000 },
					}),
			};
		},
		refusal: {
			code: 1390001,
			msg: 'param is invalid',
			status: 400,
			words: /refused a parameter/,
		},
	})),
	badInput: {
		instanceCode: CODE,
		userId: REQUIRED_PERSON,
		userIdType: USER_ID_TYPE,
		...LISTS,
		includeDeleted: SWITCH,
		includeReplies: SWITCH,
	},
	words: /comments/,
};
