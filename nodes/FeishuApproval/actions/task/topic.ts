import { TOPICS, type Topic } from '../../../../approval/listedTasks';
import type { Problem } from '../../../../approval/problem';
import type { Field } from '../fields/field';
import { parseChoice } from '../fields/text';

/** Which of a person's lists is read. */
export const topic: Field<Topic> = {
	property: {
		displayName: 'Topic',
		type: 'options',
		options: [
			{ name: 'CC Read', value: 'ccRead' },
			{ name: 'CC Unread', value: 'ccUnread' },
			{ name: 'Done', value: 'done' },
			{ name: 'Initiated', value: 'initiated' },
			{ name: 'To Do', value: 'todo' },
		],
		default: 'todo',
		description:
			'What the person has to decide, has decided, has started, or was copied on and has read or not',
	},
	parse: (value) => parseChoice(value, Object.keys(TOPICS), 'Topic') as Topic | Problem,
};
