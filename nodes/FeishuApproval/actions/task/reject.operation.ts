import { ENDPOINTS } from '../../../../feishu/endpoints';
import { verdict } from './verdict';

/** Task: Reject: says no in the name of an approver (API sheet 4.4). */
export const reject = verdict({
	operation: 'reject',
	title: 'Reject Task',
	option: {
		name: 'Reject',
		action: 'Reject a task',
		description: 'Reject a task in the name of its approver; this ends the approval',
	},
	endpoint: ENDPOINTS.rejectTask,
	done: 'rejected',
	effect: 'ends the approval',
	entry: 'REJECT',
	status: 'REJECTED',
});
