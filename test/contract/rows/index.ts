import type { Row } from '../row';
import { cc } from './cc';
import { createComment, deleteAllComments, deleteComment } from './comments';
import { createInstance } from './create';
import { getDefinition } from './definition';
import { download } from './download';
import { get } from './get';
import { getAllInstances } from './getAll';
import { getId } from './getId';
import { getAllComments, getAllTasks } from './lists';
import { preview } from './preview';
import { request } from './request';
import { searchCc, searchInstances, searchTasks } from './searches';
import { subscribe, unsubscribe } from './subscriptions';
import { addApprover, approve, cancel, reject, resubmit, rollBack, transfer } from './tasks';
import { upload } from './upload';

/** One row for every operation of the node. */
export const ROWS: Row[] = [
	addApprover,
	approve,
	cancel,
	cc,
	createComment,
	createInstance,
	deleteAllComments,
	deleteComment,
	download,
	get,
	getAllComments,
	getAllInstances,
	getAllTasks,
	getDefinition,
	getId,
	preview,
	reject,
	request,
	resubmit,
	rollBack,
	searchCc,
	searchInstances,
	searchTasks,
	subscribe,
	transfer,
	unsubscribe,
	upload,
];
