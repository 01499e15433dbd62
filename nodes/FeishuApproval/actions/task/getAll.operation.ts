import { simplifyListedTask, TOPICS } from '../../../../approval/listedTasks';
import { readLists } from '../../../../feishu/client/pages';
import { callOf, ENDPOINTS } from '../../../../feishu/endpoints';
import { defineOperation } from '../defineOperation';
import { reworded } from '../fields/field';
import { countOf, limit, returnAll } from '../fields/lists';
import { person, userIdType } from '../fields/people';
import { simplify } from '../fields/simple';
import { collect } from '../parallel';
import { topic } from './topic';

const LARGEST_PAGE = 200;

/** Task: Get Many: what one person finds in the approval centre (API sheet 4.4). */
export const getAll = defineOperation({
	resource: 'task',
	operation: 'getAll',
	title: 'Get Many Tasks',
	option: {
		name: 'Get Many',
		action: 'Get many approval tasks',
		description: 'Read what a person has to decide, has decided, has started, or was copied on',
	},
	fields: {
		userId: reworded(person, {
			default: '',
			description: 'The person whose tasks they are: an ID, email address or mobile number',
		}),
		userIdType: reworded(userIdType, { description: 'Kind of the IDs to ask by and to return' }),
		topic,
		returnAll,
		limit,
		simplify,
	},
	concurrency: () => 10,
	asksOnce: true,
	async execute(feishu, input) {
		const most = countOf(input);
		const qs = {
			user_id: input.userId,
			topic: TOPICS[input.topic],
			user_id_type: input.userIdType,
			page_size: Math.min(most, LARGEST_PAGE),
		};
		const pages = readLists(feishu, callOf(ENDPOINTS.queryTasks, { qs }), 'tasks');
		return await collect(pages, { atOnce: 1, most }, async (task) => ({
			json: input.simplify ? simplifyListedTask(task, input.topic) : task,
		}));
	},
});
