import type { Answer } from './answers';
import { cancelInstance } from './cancelInstance';
import { ccInstance } from './ccInstance';
import { createComment, deleteComment, listComments, removeComments } from './comments';
import { createInstance } from './creating/createInstance';
import { previewInstance } from './creating/previewInstance';
import { countConnections, openConnection } from './connections';
import { exchangeToken } from './exchange';
import { getDefinition } from './getDefinition';
import { getInstance } from './getInstance';
import { getDepartments, getUsers } from './getUsers';
import { getUserIds } from './getUserIds';
import { listInstances } from './listInstances';
import type { Endpoint, JournalEntry } from './model';
import type { Platform } from './platform';
import { queryInstances, searchCc } from './searchInstances';
import { queryTasks, searchTasks } from './searchTasks';
import { setSubscribed } from './subscriptions';
import { approveTask, rejectTask, transferTask } from './taskDecisions';
import { addSign, resubmitTask, rollBack } from './taskMoves';
import { uploadFile } from './uploadFile';

/** The values of the parameters in a path. */
export type Params = Record<string, string>;

/** Does what one request asks for and gives the right answer, or throws a Refusal. */
export type Work = (platform: Platform, entry: JournalEntry, params: Params) => Answer;

/** An endpoint that the sandbox offers. */
interface Offered {
	method: 'GET' | 'POST' | 'DELETE';
	/** With parameters as `:name`. */
	path: string;
	work: Work;
}

const APPROVAL = '/open-apis/approval/v4';

/** All that the sandbox offers: one entry makes the route, its name in the journal and its faults. */
export const ENDPOINTS: Record<Exclude<Endpoint, 'other'>, Offered> = {
	exchange: {
		method: 'POST',
		path: '/open-apis/auth/v3/tenant_access_token/internal',
		work: exchangeToken,
	},
	create: { method: 'POST', path: `${APPROVAL}/instances`, work: createInstance },
	preview: { method: 'POST', path: `${APPROVAL}/instances/preview`, work: previewInstance },
	upload: { method: 'POST', path: '/approval/openapi/v2/file/upload', work: uploadFile },
	uploadV4: { method: 'POST', path: `${APPROVAL}/files/upload`, work: uploadFile },
	get: {
		method: 'GET',
		path: `${APPROVAL}/instances/:instance_id`,
		work: (platform, entry, { instance_id: id }) => getInstance(platform, entry, id),
	},
	cc: { method: 'POST', path: `${APPROVAL}/instances/cc`, work: ccInstance },
	listInstances: { method: 'GET', path: `${APPROVAL}/instances`, work: listInstances },
	queryInstances: { method: 'POST', path: `${APPROVAL}/instances/query`, work: queryInstances },
	searchCc: { method: 'POST', path: `${APPROVAL}/instances/search_cc`, work: searchCc },
	queryTasks: { method: 'GET', path: `${APPROVAL}/tasks/query`, work: queryTasks },
	searchTasks: { method: 'POST', path: `${APPROVAL}/tasks/search`, work: searchTasks },
	cancel: { method: 'POST', path: `${APPROVAL}/instances/cancel`, work: cancelInstance },
	addSign: { method: 'POST', path: `${APPROVAL}/instances/add_sign`, work: addSign },
	rollBack: { method: 'POST', path: `${APPROVAL}/instances/specified_rollback`, work: rollBack },
	approveTask: { method: 'POST', path: `${APPROVAL}/tasks/approve`, work: approveTask },
	rejectTask: { method: 'POST', path: `${APPROVAL}/tasks/reject`, work: rejectTask },
	transferTask: { method: 'POST', path: `${APPROVAL}/tasks/transfer`, work: transferTask },
	resubmitTask: { method: 'POST', path: `${APPROVAL}/tasks/resubmit`, work: resubmitTask },
	createComment: {
		method: 'POST',
		path: `${APPROVAL}/instances/:instance_id/comments`,
		work: (platform, entry, { instance_id: id }) => createComment(platform, entry, id),
	},
	listComments: {
		method: 'GET',
		path: `${APPROVAL}/instances/:instance_id/comments`,
		work: (platform, entry, { instance_id: id }) => listComments(platform, entry, id),
	},
	deleteComment: {
		method: 'DELETE',
		path: `${APPROVAL}/instances/:instance_id/comments/:comment_id`,
		work: (platform, entry, { instance_id: id, comment_id: comment }) =>
			deleteComment(platform, entry, id, comment),
	},
	removeComments: {
		method: 'POST',
		path: `${APPROVAL}/instances/:instance_id/comments/remove`,
		work: (platform, entry, { instance_id: id }) => removeComments(platform, entry, id),
	},
	getDefinition: {
		method: 'GET',
		path: `${APPROVAL}/approvals/:approval_code`,
		work: (platform, entry, { approval_code: code }) => getDefinition(platform, entry, code),
	},
	subscribe: {
		method: 'POST',
		path: `${APPROVAL}/approvals/:approval_code/subscribe`,
		work: (platform, entry, { approval_code: code }) => setSubscribed(platform, entry, code, true),
	},
	unsubscribe: {
		method: 'POST',
		path: `${APPROVAL}/approvals/:approval_code/unsubscribe`,
		work: (platform, entry, { approval_code: code }) => setSubscribed(platform, entry, code, false),
	},
	openConnection: { method: 'POST', path: '/callback/ws/endpoint', work: openConnection },
	countConnections: {
		method: 'GET',
		path: '/open-apis/event/v1/connection',
		work: countConnections,
	},
	getUsers: { method: 'GET', path: '/open-apis/contact/v3/users/batch', work: getUsers },
	getDepartments: {
		method: 'GET',
		path: '/open-apis/contact/v3/departments/batch',
		work: getDepartments,
	},
	getUserIds: {
		method: 'POST',
		path: '/open-apis/contact/v3/users/batch_get_id',
		work: getUserIds,
	},
};

const patterns = Object.values(ENDPOINTS).map(
	({ path }) => new RegExp(`^${path.replace(/:\w+/g, '[^/]+')}/?$`),
);

/** Whether a path is that of an endpoint, whatever the method. */
export function isOffered(path: string): boolean {
	return patterns.some((pattern) => pattern.test(path));
}
