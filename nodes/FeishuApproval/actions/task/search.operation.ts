import { simplifyFoundTask } from '../../../../approval/searches';
import { ENDPOINTS } from '../../../../feishu/endpoints';
import { defineOperation } from '../defineOperation';
import { periodFields } from '../fields/periods';
import { taskStatuses } from '../fields/statuses';
import { checkFilters, SEARCH_FIELDS, SEARCH_OPTIONS, searchFilters } from '../search/filters';
import { keyBy, search as searchFor, type SearchedBy } from '../search/search';
import { order, ORDERS } from './order';

const TASKS: SearchedBy = {
	endpoint: ENDPOINTS.searchTasks,
	list: 'task_list',
	time: 'task_start_time',
	title: 'task_title',
	keyOf: keyBy(['instance', 'code'], ['task', 'task_id'], ['task', 'task_external_id']),
	simplify: simplifyFoundTask,
};

const STARTED = periodFields(
	'Started',
	'Only tasks that began then or later',
	'Only tasks that began until then. Empty: now.',
);

/** Task: Search: by approver, definition, status, time (API sheet 4.4, Search tasks). */
export const search = defineOperation({
	resource: 'task',
	operation: 'search',
	title: 'Search Tasks',
	option: {
		name: 'Search',
		action: 'Search approval tasks',
		description: 'Search approval tasks by approver, definition, status and time',
	},
	fields: { order, ...SEARCH_FIELDS },
	filters: {
		...searchFilters(
			'The approver whose task it is: an ID, email address or mobile number',
			STARTED,
		),
		taskStatus: taskStatuses,
	},
	options: SEARCH_OPTIONS,
	check: ({ filters }) => checkFilters(filters, STARTED),
	concurrency: () => 10,
	asksOnce: true,
	async execute(feishu, input) {
		const { value, ...order } = ORDERS[input.order];
		const more = { order: value, task_status_list: input.filters.taskStatus };
		return await searchFor(feishu, TASKS, { ...input, ...order, more });
	},
});
