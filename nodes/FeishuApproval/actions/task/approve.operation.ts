import { ENDPOINTS } from '../../../../feishu/endpoints';
import { verdict } from './verdict';

/** Task: Approve: agrees in the name of an approver (API sheet 4.4). */
export const approve = verdict({
	operation: 'approve',
	title: 'Approve Task',
	option: {
		name: 'Approve',
		action: 'Approve a task',
		description: 'Approve a task in the name of its approver; this moves the approval on',
	},
	endpoint: ENDPOINTS.approveTask,
	done: 'approved',
	effect: 'moves the approval on',
	entry: 'PASS',
	status: 'APPROVED',
});
