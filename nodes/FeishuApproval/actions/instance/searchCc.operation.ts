import { simplifyCopy } from '../../../../approval/searches';
import { ENDPOINTS } from '../../../../feishu/endpoints';
import { defineOperation } from '../defineOperation';
import { periodFields } from '../fields/periods';
import { readStatus } from '../fields/statuses';
import { checkFilters, SEARCH_FIELDS, SEARCH_OPTIONS, searchFilters } from '../search/filters';
import { keyBy, search, type SearchedBy } from '../search/search';

const COPIES: SearchedBy = {
	endpoint: ENDPOINTS.searchCc,
	list: 'cc_list',
	time: 'cc_create_time',
	title: 'cc_title',
	keyOf: keyBy(
		['instance', 'code'],
		['instance', 'external_id'],
		['cc', 'create_time'],
		['cc', 'user_id'],
	),
	simplify: simplifyCopy,
};

const COPIED = periodFields(
	'Copied',
	'Only copies that were made then or later',
	'Only copies that were made until then. Empty: now.',
);

/** Instance: Search CC: who was copied on what (API sheet 4.3, Search CC). */
export const searchCc = defineOperation({
	resource: 'instance',
	operation: 'searchCc',
	title: 'Search CC',
	option: {
		name: 'Search CC',
		action: 'Search copies of approval instances',
		description:
			'Search the copies (CC) of approval instances by person, definition, time and whether they were read',
	},
	fields: SEARCH_FIELDS,
	filters: {
		...searchFilters('The person of the copy: an ID, email address or mobile number', COPIED),
		readStatus,
	},
	options: SEARCH_OPTIONS,
	check: ({ filters }) => checkFilters(filters, COPIED),
	concurrency: () => 10,
	asksOnce: true,
	async execute(feishu, input) {
		const more = { read_status: input.filters.readStatus };
		return await search(feishu, COPIES, { ...input, more });
	},
});
