import type { IDataObject, IHttpRequestMethods } from 'n8n-workflow';

import { Problem } from '../../../../approval/problem';
import { isObject } from '../../../../approval/json';
import { choiceField } from '../fields/choices';
import type { Field } from '../fields/field';
import { parseJsonField, parseRequiredText } from '../fields/text';
import { readPath } from './path';

const METHODS = ['DELETE', 'GET', 'PATCH', 'POST', 'PUT'] as const;

/** How the endpoint is called. */
export const method: Field<IHttpRequestMethods> = choiceField(
	METHODS.map((value) => ({ name: value, value })),
	{
		displayName: 'Method',
		default: 'GET',
		description:
			'GET only reads. The others usually change something, and are sent again only if the first call certainly did nothing.',
	},
);

/** Which endpoint is called. */
export const path: Field<string> = {
	property: {
		displayName: 'Path',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. /open-apis/approval/v4/instances',
		description: 'Path of the endpoint as its documentation shows it; it begins with /open-apis/',
	},
	parse(value, displayName) {
		const text = parseRequiredText(value, displayName);
		return text instanceof Problem ? text : readPath(text);
	},
};

/** A JSON object, as text or from an expression. */
export function jsonField(
	displayName: string,
	description: string,
): Field<IDataObject | undefined> {
	return {
		property: { displayName, type: 'json', default: '{}', description },
		parse(value) {
			const json = parseJsonField(value, displayName);
			if (json === undefined || json instanceof Problem || isObject(json)) return json;
			return new Problem(
				'is not an object',
				`Enter names and values in braces for ${displayName}.`,
			);
		},
	};
}
