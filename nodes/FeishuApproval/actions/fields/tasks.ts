import { isObject } from '../../../../approval/json';
import { Problem } from '../../../../approval/problem';
import { approvalCode, instanceCode } from './codes';
import { reworded, type Field } from './field';
import { person, userIdType } from './people';
import { messageField } from './simple';
import { parseJsonField, parseText } from './text';

/** One task of an instance; empty where the open task of the person is meant. */
export const taskId: Field<string> = {
	property: {
		displayName: 'Task ID',
		type: 'string',
		default: '',
		placeholder: 'e.g. 7301234567890123457',
		description: 'Leave it empty: the open task of this person in this instance is found',
	},
	parse(value, displayName) {
		const text = parseText(value, displayName);
		if (text instanceof Problem || /^[\w-]{0,64}$/.test(text)) return text;
		return new Problem(
			`cannot be right: "${text.slice(0, 60)}" is not the ID of one task`,
			"Leave it empty to have the person's open task found, or enter a task_id that Get Instance or an event gives.",
		);
	},
};

/** What every operation on a task needs. */
export const TASK_FIELDS = {
	approvalCode,
	instanceCode,
	userId: reworded(person, {
		displayName: 'Approver',
		default: '',
		description: 'The person whose task it is: an ID, email address or mobile number',
	}),
	userIdType: reworded(userIdType, { description: 'Kind of the IDs in this node' }),
	taskId,
};

/** What a person says about a decision. */
export const comment = messageField({
	displayName: 'Comment',
	description: 'Comment that is shown with the decision',
});

/** A form as the API wants it: the JSON text of a list of widgets (API sheet 5.1). */
export const formJson: Field<string> = {
	property: {
		displayName: 'Form (JSON)',
		type: 'json',
		default: '[]',
		description:
			'Form fields as a JSON list of objects with id, type and value, as Get Instance gives them in form with Simplify off',
	},
	parse(value, displayName) {
		const json = parseJsonField(value, displayName);
		if (json instanceof Problem) return json;
		const isList = Array.isArray(json) && json.length > 0;
		if (isList && json.every((entry) => isObject(entry) && typeof entry.id === 'string')) {
			return typeof value === 'string' ? value.trim() : JSON.stringify(json);
		}
		return new Problem(
			'is not a list of form fields',
			`Enter a list such as [{"id": "widget1", "type": "input", "value": "text"}] for ${displayName}. Each field needs an id.`,
		);
	},
};
