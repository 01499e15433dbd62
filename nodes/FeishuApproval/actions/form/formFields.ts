import type { IDataObject } from 'n8n-workflow';

import { isObject } from '../../../../approval/json';
import { Problem } from '../../../../approval/problem';
import type { Field } from '../fields/field';
import { switchField } from '../fields/simple';
import { parseJsonField, parseText } from '../fields/text';

/** A form as it is entered: an object by the names of its fields, or the list of widgets of the API. */
export type EnteredForm = IDataObject | unknown[];

const EXAMPLE =
	'Enter an object by the names of the form fields, for example {"Reason": "Trip"}, or the list of widgets of the API.';

/** The form, checked against the definition later. */
export const formJson: Field<EnteredForm> = {
	property: {
		displayName: 'Form (JSON)',
		type: 'json',
		required: true,
		default: '{}',
		description:
			'An object by the names of the form fields such as {"Reason": "Trip"}, or a JSON list of objects with id, type and value',
	},
	parse(value, displayName) {
		const json = parseJsonField(value, displayName);
		if (json instanceof Problem) return json;
		const form = isObject(json) || Array.isArray(json) ? (json as EnteredForm) : undefined;
		if (form === undefined) return new Problem('is neither an object nor a list', EXAMPLE);
		const isEmpty = Object.keys(form).length === 0;
		return isEmpty ? new Problem('is empty', EXAMPLE) : form;
	},
};

/** The department of who submits, of the kind that Create and Preview take (API sheet 4.3). */
export const departmentId: Field<string> = {
	property: {
		displayName: 'Department ID',
		type: 'string',
		default: '',
		placeholder: 'e.g. 9293493ccacbdb9a',
		description:
			'ID of the department (department_id, not the one that begins with od-) in whose name it is submitted, where the initiator has several',
	},
	parse: (value, displayName) => parseText(value, displayName),
};

/** For definitions that the app may not read. */
export const skipCheck = switchField({
	displayName: 'Skip Check',
	description:
		'Whether to send a JSON list of widgets as it is, without reading the definition and checking against it',
});

/** Why the form cannot be sent as it is. */
export function checkForm({
	formJson: form,
	options,
}: {
	formJson: EnteredForm;
	options: { skipCheck?: boolean };
}): Problem | undefined {
	if (!options.skipCheck || Array.isArray(form)) return undefined;
	return new Problem(
		'Skip Check works with a list of widgets only',
		'Enter a JSON list of objects with id, type and value, or remove the option Skip Check.',
	);
}
