import { simplifyFound } from '../../../../approval/searches';
import { SEARCHED_AS } from '../../../../approval/statuses';
import { ENDPOINTS } from '../../../../feishu/endpoints';
import { defineOperation } from '../defineOperation';
import { countOf } from '../fields/lists';
import { periodFields } from '../fields/periods';
import { instanceStatus } from '../fields/statuses';
import { collect } from '../parallel';
import {
	checkFilters,
	FILTERS,
	personFilter,
	SEARCH_FIELDS,
	SEARCH_OPTIONS,
	titleFilter,
} from '../search/filters';
import { keyBy, search as searchFor, type SearchedBy } from '../search/search';

const INSTANCES: SearchedBy = {
	endpoint: ENDPOINTS.queryInstances,
	list: 'instance_list',
	time: 'instance_start_time',
	title: 'instance_title',
	keyOf: keyBy(['instance', 'code'], ['instance', 'external_id']),
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
		...FILTERS,
		userId: personFilter(
			'The person who started the approval: an ID, email address or mobile number',
		),
		status: instanceStatus,
		title: titleFilter,
		startTime: CREATED.start,
		endTime: CREATED.end,
	},
	options: SEARCH_OPTIONS,
	check: ({ filters }) => checkFilters(filters, CREATED),
	concurrency: () => 10,
	asksOnce: true,
	async execute(feishu, input) {
		const most = countOf(input);
		const { status } = input.filters;
		const more = { instance_status: status && SEARCHED_AS[status] };
		const found = searchFor(feishu, INSTANCES, { ...input, most, more });
		return await collect(found, { atOnce: 1, most }, async (entry) => ({
			json: input.simplify ? simplifyFound(entry) : entry,
		}));
	},
});
