import { simplifyFound } from '../../../../approval/searches';
import { SEARCHED_AS } from '../../../../approval/statuses';
import { ENDPOINTS } from '../../../../feishu/endpoints';
import { defineOperation } from '../defineOperation';
import { periodFields } from '../fields/periods';
import { instanceStatus } from '../fields/statuses';
import { checkFilters, SEARCH_FIELDS, SEARCH_OPTIONS, searchFilters } from '../search/filters';
import { keyBy, search as searchFor, type SearchedBy } from '../search/search';

const INSTANCES: SearchedBy = {
	endpoint: ENDPOINTS.queryInstances,
	list: 'instance_list',
	time: 'instance_start_time',
	title: 'instance_title',
	keyOf: keyBy(['instance', 'code'], ['instance', 'external_id']),
	simplify: simplifyFound,
};

const CREATED = periodFields(
	'Created',
	'Only approvals that were created then or later',
	'Only approvals that were created until then. Empty: now.',
);

/** Instance: Search: by person, definition, status, time (API sheet 4.3, Query). */
export const search = defineOperation({
	resource: 'instance',
	operation: 'search',
	title: 'Search Instances',
	option: {
		name: 'Search',
		action: 'Search approval instances',
		description:
			'Search approval instances by person, definition, status and time, without their forms',
	},
	fields: SEARCH_FIELDS,
	filters: {
		...searchFilters(
			'The person who started the approval: an ID, email address or mobile number',
			CREATED,
		),
		status: instanceStatus,
	},
	options: SEARCH_OPTIONS,
	check: ({ filters }) => checkFilters(filters, CREATED),
	concurrency: () => 10,
	asksOnce: true,
	async execute(feishu, input) {
		const { status } = input.filters;
		const more = { instance_status: status && SEARCHED_AS[status] };
		return await searchFor(feishu, INSTANCES, { ...input, more });
	},
});
