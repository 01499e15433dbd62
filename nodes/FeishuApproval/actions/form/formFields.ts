import type { IDataObject, IDisplayOptions } from 'n8n-workflow';

import { isObject } from '../../../../approval/json';
import { Problem } from '../../../../approval/problem';
import { choiceField } from '../fields/choices';
import type { Field } from '../fields/field';
import { switchField } from '../fields/simple';
import { parseJsonField, parseText } from '../fields/text';

/** A form as it is entered: an object by the names of its fields, or the list of widgets of the API. */
export type EnteredForm = IDataObject | unknown[];

/** The incoming item has the values, under the names of the form's fields. */
export const FROM_ITEM = 'item';

/** What the fields of an operation say about the form. */
export interface FormInput {
	formMode: 'fields' | 'json';
	formFields: IDataObject | typeof FROM_ITEM;
	formJson: EnteredForm;
}

const EXAMPLE =
	'Enter an object by the names of the form fields, for example {"Reason": "Trip"}, or the list of widgets of the API.';

const isAbsent = (value: unknown) => value === undefined || value === null || value === '';

/** The form, checked against the definition later. */
const formJson: Field<EnteredForm> = {
	property: {
		displayName: 'Form (JSON)',
		type: 'json',
		required: true,
		default: '{}',
		description:
			'An object by the names of the form fields such as {"Reason": "Trip"}, or a JSON list of objects with id, type and value',
	},
	parse(value, displayName) {
		if (value === '') return {};
		const json = parseJsonField(value, displayName);
		if (json instanceof Problem) return json;
		const isForm = isObject(json) || Array.isArray(json);
		return isForm ? (json as EnteredForm) : new Problem('is neither an object nor a list', EXAMPLE);
	},
};

/** The fields of the form as the definition names them, loaded into the panel. */
const formFields: Field<FormInput['formFields']> = {
	property: {
		displayName: 'Form Fields',
		type: 'resourceMapper',
		noDataExpression: true,
		required: true,
		default: { mappingMode: 'defineBelow', value: null },
		description:
			'The fields of the form as the definition has them; they appear when an approval code is entered',
		typeOptions: {
			loadOptionsDependsOn: ['approvalCode'],
			resourceMapper: {
				resourceMapperMethod: 'getFormFields',
				mode: 'add',
				valuesLabel: 'Values to Submit',
				fieldWords: { singular: 'field', plural: 'fields' },
				addAllFields: true,
				supportAutoMap: true,
			},
		},
	},
	// Not the whole parameter: n8n would run names in the stored schema that look like expressions.
	read: (parameter, name) => ({
		mode: parameter(`${name}.mappingMode`, 'defineBelow'),
		value: parameter(`${name}.value`, {}),
	}),
	parse(given) {
		const { mode, value } = given as IDataObject;
		if (mode === 'autoMapInputData') return FROM_ITEM;
		if (isAbsent(value)) return {};
		return isObject(value)
			? value
			: new Problem('holds no values by the names of fields', 'Map the fields of the form anew.');
	},
};

/**
 * The fields for a form: entered field by field or as JSON. `usual` is how at the beginning, `show`
 * says when there is a form at all.
 */
export function formFieldsShown(usual: FormInput['formMode'], show: IDisplayOptions['show'] = {}) {
	const shownFor = (mode?: FormInput['formMode']) => ({
		show: mode === undefined ? show : { ...show, formMode: [mode] },
	});
	const mode = choiceField(
		[
			{ name: 'Field by Field', value: 'fields' },
			{ name: 'JSON', value: 'json' },
		],
		{
			displayName: 'Form Input',
			default: usual,
			description: 'Whether to fill in the form field by field, or to enter it as JSON',
			displayOptions: shownFor(),
		},
	);
	const formMode: Field<FormInput['formMode']> = {
		...mode,
		// Where there is no form, n8n gives nothing.
		parse: (value, ...rest) => (value === '' ? usual : mode.parse(value, ...rest)),
	};
	const shown = <T>(field: Field<T>, as: FormInput['formMode']): Field<T> => ({
		...field,
		property: { ...field.property, displayOptions: shownFor(as) },
	});
	return {
		formMode,
		formFields: shown(formFields, 'fields'),
		formJson: shown(formJson, 'json'),
	};
}

/** The department of who submits, of the kind that Create and Preview take (API sheet 4.3). */
export const departmentId: Field<string> = {
	property: {
		displayName: 'Department Name or ID',
		type: 'options',
		default: '',
		typeOptions: {
			loadOptionsMethod: 'getDepartments',
			loadOptionsDependsOn: ['userId', 'userIdType'],
		},
		description:
			'In the name of which department it is submitted, where the person has several. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
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
export function checkForm(input: FormInput, isSkipped = false): Problem | undefined {
	const { formMode, formFields: mapped, formJson: json } = input;
	if (isSkipped && (formMode !== 'json' || !Array.isArray(json))) {
		return new Problem(
			'Skip Check works with a list of widgets only',
			'Set Form Input to JSON and enter a list of objects with id, type and value, or remove the option Skip Check.',
		);
	}
	if (formMode === 'json') {
		return Object.keys(json).length > 0 ? undefined : new Problem('Form (JSON) is empty', EXAMPLE);
	}
	if (mapped === FROM_ITEM || Object.keys(mapped).length > 0) return undefined;
	return new Problem(
		'The form is empty',
		'Enter an approval code and fill in the fields that appear under Values to Submit. If none appear, set Form Input to JSON.',
	);
}
