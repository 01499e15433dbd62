import { randomUUID } from 'node:crypto';

import type { Instance, Sandbox, User } from '../../../sandbox';
import type { Row, Variant } from '../row';
import {
	CHOICE,
	CODE,
	LISTS,
	LOCALE,
	REQUIRED_PERSON,
	REQUIRED_TEXT,
	REQUIRED_TIME,
	STATUSES,
	SWITCH,
	TIME,
	USER_ID_TYPE,
} from './badInput';
import { addPerson } from './people';
import { APPROVAL, HOUR, INSTANCES, recent, taskOf, UNKNOWN_APPROVAL } from './recent';
import { post } from './wires';

const params = { user_id_type: 'union_id' } as const;

const SEARCH = {
	userIdType: USER_ID_TYPE,
	...LISTS,
	approvalCode: CODE,
	groupExternalId: REQUIRED_TEXT,
	instanceCode: CODE,
	instanceExternalId: REQUIRED_TEXT,
	userId: REQUIRED_PERSON,
	title: REQUIRED_TEXT,
	startTime: REQUIRED_TIME,
	endTime: TIME,
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
	badInput: { ...SEARCH, status: CHOICE },
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
	badInput: { ...SEARCH, readStatus: CHOICE },
	words: /copies/,
};

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
	badInput: { ...SEARCH, taskStatus: STATUSES, order: CHOICE },
	words: /Search approval tasks/,
};
