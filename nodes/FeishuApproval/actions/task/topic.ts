import type { Topic } from '../../../../approval/listedTasks';
import { choiceField } from '../fields/choices';

/** Which of a person's lists is read. */
export const topic = choiceField<Topic>(
	[
		{ name: 'CC Read', value: 'ccRead' },
		{ name: 'CC Unread', value: 'ccUnread' },
		{ name: 'Done', value: 'done' },
		{ name: 'Initiated', value: 'initiated' },
		{ name: 'To Do', value: 'todo' },
	],
	{
		displayName: 'Topic',
		default: 'todo',
		description:
			'What the person has to decide, has decided, has started, or was copied on and has read or not',
	},
);
