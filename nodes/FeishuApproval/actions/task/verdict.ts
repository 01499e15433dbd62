import type { Endpoint } from '../../../../feishu/endpoints';
import { defineOperation } from '../defineOperation';
import { optional, reworded } from '../fields/field';
import { comment, formJson, TASK_FIELDS } from '../fields/tasks';
import type { Operation } from '../operation';
import { alreadyDecided } from './alreadyDecided';
import { decide } from './decide';
import { checkTask } from './findTask';
import { decidedOnce } from './taskSearch';

interface Verdict {
	operation: string;
	title: string;
	option: Operation['option'];
	endpoint: Endpoint;
	/** What becomes of the task, as builders read it. */
	done: string;
	/** What it does to the approval: completes "The person in whose name it is approved, which …". */
	effect: string;
	/** What the timeline calls it. */
	entry: string;
	/** The status of the task afterwards. */
	status: string;
}

/** A decision in the name of an approver, with what both of them have in common (API sheet 4.4). */
export function verdict(given: Verdict): Operation {
	const { operation, title, option, endpoint, done, effect, entry, status } = given;
	return defineOperation({
		resource: 'task',
		operation,
		title,
		notice: 'A decision cannot be taken back by this node.',
		option,
		fields: {
			...TASK_FIELDS,
			userId: reworded(TASK_FIELDS.userId, {
				description: `The person in whose name it is ${done}, which ${effect}: an ID, email address or mobile number`,
			}),
		},
		options: { alreadyDecided, comment, formJson: optional(formJson) },
		check: checkTask,
		execute: async (feishu, { options, ...input }) =>
			await decide(feishu, input, {
				endpoint,
				body: { comment: options.comment || undefined, form: options.formJson },
				what: done,
				judge: decidedOnce(entry, status, input),
				already: options.alreadyDecided === 'continue' ? status : undefined,
			}),
	});
}
