import { Problem } from '../../../../approval/problem';
import { ENDPOINTS } from '../../../../feishu/endpoints';
import { defineOperation } from '../defineOperation';
import { messageField } from '../fields/simple';
import { TASK_FIELDS } from '../fields/tasks';
import { decide } from './decide';
import { checkTask } from './findTask';
import { nodeKeys, rollBackTo } from './rollBackFields';
import { findNodeKeys, opensNodes } from './nodeKeys';
import { readFirst } from '../../../../feishu/client/readFirst';

/** Task: Roll Back: sends an approval back to earlier nodes, or to its initiator (API sheet 4.3). */
export const rollBack = defineOperation({
	resource: 'task',
	operation: 'rollBack',
	title: 'Roll Back Task',
	notice: 'Everyone who decided after the node you send it back to has to decide again.',
	option: {
		name: 'Roll Back',
		action: 'Roll back a task',
		description:
			'Send an approval back to earlier nodes or to its initiator, who have to decide again',
	},
	fields: { ...TASK_FIELDS, rollBackTo, nodeKeys },
	options: {
		reason: messageField({
			displayName: 'Reason',
			description: 'Reason that is shown with the decision',
		}),
	},
	check: ({ rollBackTo: target, nodeKeys: nodes, ...input }) =>
		target === 'nodes' && nodes.length === 0
			? new Problem(
					'Nodes is empty',
					'Enter the names of the nodes that decide again, or set Roll Back To to Start.',
				)
			: checkTask(input),
	execute: async (feishu, { options, rollBackTo: target, nodeKeys: nodes, ...input }) => {
		const keys =
			target === 'start'
				? ['START']
				: await readFirst(feishu, async () => await findNodeKeys(feishu, input, nodes));
		const result = await decide(feishu, input, {
			endpoint: ENDPOINTS.rollBack,
			body: { task_def_key_list: keys, reason: options.reason || undefined },
			// The endpoint finds the instance by the task.
			isByTask: true,
			what: 'rolled back',
			names: [...keys].sort(),
			evidence: {
				types: ['ROLLBACK', 'ROLLBACK_SELECTED'],
				fit: ({ type, at }, instance) =>
					target === 'start' && type === 'ROLLBACK' ? 'yes' : opensNodes(instance, keys, at),
			},
		});
		return { ...result, node_keys: keys };
	},
});
