import { randomUUID } from 'node:crypto';

import type { Instance, Sandbox, StoredComment, User } from '../../../sandbox';
import type { BadInput, Row, Variant } from '../row';
import { CODE, REQUIRED_PERSON, SWITCH, TEXT, USER_ID_TYPE } from './badInput';
import { addPerson } from './people';
import { get, post } from './wires';

const APPROVAL = '/open-apis/approval/v4';
const INSTANCES = `${APPROVAL}/instances`;
const HOUR = 3_600_000;
const params = { user_id_type: 'union_id' } as const;

const BAD_LIMIT: BadInput = { values: [0, -1, 2.5, 'many'], message: /^is not a whole number/ };
const TIMES = ['soon', 20260901, true, [], {}, NaN, 'undefined', '2026-02-30', 1e17, '{{ $now }}'];
const BAD_TIME: BadInput = { values: TIMES, message: /^is / };
const BAD_REQUIRED_TIME: BadInput = { values: ['', null, ...TIMES], message: /^is / };
const BAD_CHOICE: BadInput = {
	values: ['', 'both', null, 1],
	message: /^is not one that Feishu knows$/,
};
const BAD_STATUSES: BadInput = {
	values: [[], '', null, 'OPEN', ['APPROVED', 'OPEN'], 7, {}, [{}]],
	message: /^is /,
};
const BAD_REQUIRED_TEXT: BadInput = { values: ['', null, ...TEXT.values], message: /^is / };
const LIST = { returnAll: SWITCH, limit: BAD_LIMIT, simplify: SWITCH };
const UNKNOWN_APPROVAL = {
	code: 1390002,
	msg: 'approval code not found',
	status: 400,
	words: /Approval Code was/,
};
const LOCALE: BadInput = { values: ['xx-XX', '', null, 3], message: /^is not one that Feishu/ };

/** An approval of its own definition, created an hour ago. */
function recent(sandbox: Sandbox, more: Partial<Instance> = {}) {
	const now = Date.now();
	const person = addPerson(sandbox);
	const { open_id, user_id } = person;
	const approval_code = randomUUID().toUpperCase();
	const created = String(now - HOUR);
	const instance = sandbox.addInstance({
		approval_code,
		start_time: created,
		open_id,
		user_id,
		task_list: [],
		timeline: [],
		...more,
	});
	const [start, end] = [now - 2 * HOUR, now - HOUR / 2];
	return { instance, person, approval_code, created, start, end, iso: isoOf(start, end) };
}

const isoOf = (...times: number[]) => times.map((time) => new Date(time).toISOString());

const getAllVariants: Variant[] = [
	{
		title: 'with details',
		endpoint: 'listInstances',
		afterLoss: 'repeats',
		isList: true,
		make(sandbox) {
			const end_time = String(Date.now() - HOUR / 2);
			const one = recent(sandbox, { status: 'APPROVED', end_time });
			const { approval_code, start, end, iso } = one;
			const { instance_code } = one.instance;
			const query = {
				approval_code,
				start_time: String(start),
				end_time: String(end),
				page_size: '100',
			};
			const reading = { locale: 'en-US', nested_mutable_group: true } as const;
			return {
				sample: {
					approvalCode: approval_code,
					startTime: iso[0],
					endTime: iso[1],
					returnAll: false,
					limit: 1,
					includeDetails: true,
					simplify: false,
					options: {
						concurrency: 3,
						endedAfter: iso[0],
						endedBefore: isoOf(Date.now())[0],
						locale: 'en-US',
						nestedMutableGroup: true,
						oldestFirst: true,
						status: 'approved, PENDING',
					},
				},
				requests: [
					get(INSTANCES, query),
					get(`${INSTANCES}/${instance_code}`, { ...reading, nested_mutable_group: 'true' }),
				],
				sdk: async ({ approval: { v4 } }) => {
					await v4.instance.list({ params: { ...query, page_size: 100 } });
					await v4.instance.get({ path: { instance_id: instance_code }, params: reading });
				},
			};
		},
		refusal: UNKNOWN_APPROVAL,
	},
	{
		title: 'codes of several windows',
		endpoint: 'listInstances',
		afterLoss: 'repeats',
		isList: true,
		make(sandbox) {
			const { approval_code, end } = recent(sandbox);
			const start = end - 12 * HOUR;
			const seam = end - 10 * HOUR;
			const of = (from: number, to: number) => ({
				approval_code,
				start_time: String(from),
				end_time: String(to),
				page_size: '100',
			});
			const windows = [of(seam, end), of(start, seam + 1)];
			return {
				sample: {
					approvalCode: approval_code,
					startTime: start,
					endTime: end,
					returnAll: true,
					includeDetails: false,
				},
				requests: windows.map((query) => get(INSTANCES, query)),
				sdk: async ({ approval: { v4 } }) => {
					for (const query of windows) {
						await v4.instance.list({ params: { ...query, page_size: 100 } });
					}
				},
			};
		},
		refusal: UNKNOWN_APPROVAL,
	},
];

export const getAllInstances: Row = {
	resource: 'instance',
	operation: 'getAll',
	variants: getAllVariants,
	badInput: {
		approvalCode: CODE,
		startTime: BAD_REQUIRED_TIME,
		endTime: BAD_TIME,
		...LIST,
		includeDetails: SWITCH,
		concurrency: { values: [0, -1, 2.5, 'many', null], message: /^is not a whole number/ },
		endedAfter: BAD_REQUIRED_TIME,
		endedBefore: BAD_REQUIRED_TIME,
		locale: LOCALE,
		nestedMutableGroup: SWITCH,
		oldestFirst: SWITCH,
		status: BAD_STATUSES,
	},
	words: /created in a period|many approval instances/,
};

const SEARCH = {
	userIdType: USER_ID_TYPE,
	...LIST,
	approvalCode: CODE,
	groupExternalId: BAD_REQUIRED_TEXT,
	instanceCode: CODE,
	instanceExternalId: BAD_REQUIRED_TEXT,
	userId: REQUIRED_PERSON,
	title: BAD_REQUIRED_TEXT,
	startTime: BAD_REQUIRED_TIME,
	endTime: BAD_TIME,
	locale: LOCALE,
	withRevoked: SWITCH,
};

/** All filters that the searches have in common, in the words of the node and in those of the API. */
function filtersFor(
	{ approval_code, instance, start, end, iso }: ReturnType<typeof recent>,
	{ union_id }: User,
	[title, time]: [string, string],
) {
	const { instance_code } = instance;
	const [group, external, subject] = [`group-${union_id}`, `own-${union_id}`, `about ${union_id}`];
	return {
		filters: {
			approvalCode: approval_code,
			groupExternalId: group,
			instanceCode: instance_code,
			instanceExternalId: external,
			userId: union_id,
			title: subject,
			startTime: iso[0],
			endTime: iso[1],
		},
		body: {
			approval_code,
			group_external_id: group,
			instance_code,
			instance_external_id: external,
			user_id: union_id,
			[title]: subject,
			[`${time}_from`]: String(start),
			[`${time}_to`]: String(end),
			locale: 'en-US' as const,
			with_revoked_instance: true,
		},
	};
}

const SEARCH_SAMPLE = {
	userIdType: 'union_id',
	returnAll: true,
	simplify: false,
	options: { locale: 'en-US', withRevoked: true },
};
const SEARCH_PARAMS = { page_size: 200, ...params };
const SEARCH_QUERY = { ...params, page_size: '200' };

/** The same with a limit, by the approval's code alone. */
function limited(
	endpoint: Variant['endpoint'],
	path: string,
	more: (sandbox: Sandbox) => Partial<Instance>,
	bySdk: (
		client: Parameters<ReturnType<Variant['make']>['sdk']>[0],
		data: object,
	) => Promise<unknown>,
	own: { sample?: object; body?: object } = {},
): Variant {
	return {
		title: 'up to a limit',
		endpoint,
		afterLoss: 'repeats',
		isList: true,
		make(sandbox) {
			const { approval_code } = recent(sandbox, more(sandbox));
			const body = { approval_code, ...own.body };
			return {
				sample: {
					userIdType: 'open_id',
					returnAll: false,
					limit: 2,
					simplify: true,
					filters: { approvalCode: approval_code },
					...own.sample,
				},
				requests: [post(path, { page_size: '5', user_id_type: 'open_id' }, body)],
				sdk: async (client) => await bySdk(client, body),
			};
		},
		refusal: UNKNOWN_APPROVAL,
	};
}
const LIMITED_PARAMS = { page_size: 5, user_id_type: 'open_id' } as const;

export const searchInstances: Row = {
	resource: 'instance',
	operation: 'search',
	variants: [
		{
			title: 'all filters',
			endpoint: 'queryInstances',
			afterLoss: 'repeats',
			isList: true,
			make(sandbox) {
				const one = recent(sandbox, { status: 'CANCELED' });
				const { filters, body } = filtersFor(one, one.person, [
					'instance_title',
					'instance_start_time',
				]);
				const data = { ...body, instance_status: 'RECALL' as const };
				return {
					sample: { ...SEARCH_SAMPLE, filters: { ...filters, status: 'CANCELED' } },
					requests: [post(`${INSTANCES}/query`, SEARCH_QUERY, data)],
					sdk: async ({ approval: { v4 } }) =>
						await v4.instance.query({ params: SEARCH_PARAMS, data }),
				};
			},
			refusal: UNKNOWN_APPROVAL,
		},
		limited(
			'queryInstances',
			`${INSTANCES}/query`,
			() => ({}),
			async ({ approval: { v4 } }, data) =>
				await v4.instance.query({ params: LIMITED_PARAMS, data }),
		),
	],
	badInput: { ...SEARCH, status: BAD_CHOICE },
	words: /Search approval instances/,
};

/** A copy of an approval that somebody has opened. */
function copyFor(sandbox: Sandbox, { open_id, user_id }: User): Partial<Instance> {
	const cc_id = randomUUID();
	sandbox.readCopies.add(cc_id);
	return {
		timeline: [
			{
				type: 'CC',
				create_time: String(Date.now() - HOUR),
				cc_user_list: [{ user_id, cc_id, open_id }],
				ext: '',
			},
		],
	};
}

export const searchCc: Row = {
	resource: 'instance',
	operation: 'searchCc',
	variants: [
		{
			title: 'all filters',
			endpoint: 'searchCc',
			afterLoss: 'repeats',
			isList: true,
			make(sandbox) {
				const person = addPerson(sandbox);
				const one = recent(sandbox, copyFor(sandbox, person));
				const { filters, body } = filtersFor(one, person, ['cc_title', 'cc_create_time']);
				const data = { ...body, read_status: 'READ' as const };
				return {
					sample: { ...SEARCH_SAMPLE, filters: { ...filters, readStatus: 'READ' } },
					requests: [post(`${INSTANCES}/search_cc`, SEARCH_QUERY, data)],
					sdk: async ({ approval: { v4 } }) =>
						await v4.instance.searchCc({ params: SEARCH_PARAMS, data }),
				};
			},
			refusal: UNKNOWN_APPROVAL,
		},
		limited(
			'searchCc',
			`${INSTANCES}/search_cc`,
			(sandbox) => copyFor(sandbox, addPerson(sandbox)),
			async ({ approval: { v4 } }, data) =>
				await v4.instance.searchCc({ params: LIMITED_PARAMS, data }),
		),
	],
	badInput: { ...SEARCH, readStatus: BAD_CHOICE },
	words: /copies/,
};

/** A task of somebody, begun an hour ago. */
function taskOf({ open_id, user_id }: User, status: string): Partial<Instance> {
	const start_time = String(Date.now() - HOUR);
	return { task_list: [{ id: randomUUID(), open_id, user_id, status, start_time }] };
}

export const searchTasks: Row = {
	resource: 'task',
	operation: 'search',
	variants: [
		{
			title: 'all filters',
			endpoint: 'searchTasks',
			afterLoss: 'repeats',
			isList: true,
			make(sandbox) {
				const person = addPerson(sandbox);
				const one = recent(sandbox, taskOf(person, 'APPROVED'));
				const { filters, body } = filtersFor(one, person, ['task_title', 'task_start_time']);
				const data = { ...body, task_status_list: ['APPROVED', 'DONE'], order: 1 };
				return {
					sample: {
						...SEARCH_SAMPLE,
						order: 'updatedFirst',
						filters: { ...filters, taskStatus: 'APPROVED,DONE' },
					},
					requests: [post(`${APPROVAL}/tasks/search`, SEARCH_QUERY, data)],
					sdk: async ({ approval: { v4 } }) =>
						await v4.task.search({ params: SEARCH_PARAMS, data }),
				};
			},
			refusal: UNKNOWN_APPROVAL,
		},
		limited(
			'searchTasks',
			`${APPROVAL}/tasks/search`,
			(sandbox) => taskOf(addPerson(sandbox), 'PENDING'),
			async ({ approval: { v4 } }, data) => await v4.task.search({ params: LIMITED_PARAMS, data }),
			{ sample: { order: 'startedLast' }, body: { order: 2 } },
		),
	],
	badInput: { ...SEARCH, taskStatus: BAD_STATUSES, order: BAD_CHOICE },
	words: /Search approval tasks/,
};

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
		topic: BAD_CHOICE,
		...LIST,
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
		...LIST,
		includeDeleted: SWITCH,
		includeReplies: SWITCH,
	},
	words: /comments of an approval/,
};
