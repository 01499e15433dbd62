import type { IDataObject } from 'n8n-workflow';

import { simplifyFoundTask } from '../../../../approval/searches';
import { ENDPOINTS } from '../../../../feishu/endpoints';
import { defineOperation } from '../defineOperation';
import { countOf } from '../fields/lists';
import { periodFields } from '../fields/periods';
import { taskStatuses } from '../fields/statuses';
import { collect } from '../parallel';
import {
	checkFilters,
	FILTERS,
	personFilter,
	SEARCH_FIELDS,
	SEARCH_OPTIONS,
	titleFilter,
} from '../search/filters';
import { keyBy, search as searchFor, windowsOfSearch, type SearchedBy } from '../search/search';
import { order, ORDERS } from './order';

const TASKS: SearchedBy = {
	endpoint: ENDPOINTS.searchTasks,
	list: 'task_list',
	time: 'task_start_time',
	title: 'task_title',
	keyOf: keyBy(['instance', 'code'], ['task', 'task_id'], ['task', 'task_external_id']),
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
		...FILTERS,
		userId: personFilter('The approver whose task it is: an ID, email address or mobile number'),
		taskStatus: taskStatuses,
		title: titleFilter,
		startTime: STARTED.start,
		endTime: STARTED.end,
	},
	options: SEARCH_OPTIONS,
	check: ({ filters }) => checkFilters(filters, STARTED),
	concurrency: () => 10,
	asksOnce: true,
	async execute(feishu, input) {
		const most = countOf(input);
		const { value, isOldestFirst, compare } = ORDERS[input.order];
		// Windows are in the order of their beginnings, in which only some are wanted.
		const isSorted = compare !== undefined && windowsOfSearch(input.filters).length > 1;
		const more = { order: value, task_status_list: input.filters.taskStatus };
		const asked = isSorted ? Infinity : most;
		const found = searchFor(feishu, TASKS, { ...input, most: asked, isOldestFirst, more });
		const tasks = await collect(found, { atOnce: 1, most: asked }, async (entry) => entry);
		const inOrder = isSorted ? tasks.sort(compare).slice(0, most) : tasks;
		const simplified = (task: IDataObject) => (input.simplify ? simplifyFoundTask(task) : task);
		return inOrder.map((task) => ({ json: simplified(task) }));
	},
});
