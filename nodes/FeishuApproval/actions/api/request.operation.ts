import type { IDataObject, IHttpRequestMethods } from 'n8n-workflow';

import { Problem } from '../../../../approval/problem';
import { isObject, type Answer } from '../../../../feishu/answer';
import { endpointAt, type Call } from '../../../../feishu/endpoints';
import { FeishuCallError } from '../../../../feishu/errors/callError';
import { defineOperation } from '../defineOperation';
import type { Field } from '../fields/field';
import { messageField, switchField } from '../fields/simple';
import { parseChoice, parseJsonField, parseRequiredText } from '../fields/text';
import { readPages } from './pages';
import { PATH_PLACEHOLDER, readPath } from './path';

const METHODS = ['DELETE', 'GET', 'PATCH', 'POST', 'PUT'] as const;

const method: Field<IHttpRequestMethods> = {
	property: {
		displayName: 'Method',
		type: 'options',
		options: METHODS.map((value) => ({ name: value, value })),
		default: 'GET',
		description: 'GET only reads; the others change something and are never sent twice by mistake',
	},
	parse: (value) => parseChoice(value, METHODS, 'Method') as IHttpRequestMethods | Problem,
};

const path: Field<string> = {
	property: {
		displayName: 'Path',
		type: 'string',
		required: true,
		default: '',
		placeholder: PATH_PLACEHOLDER,
		description: 'Path of the endpoint as its documentation shows it; it begins with /open-apis/',
	},
	parse(value, displayName) {
		const text = parseRequiredText(value, displayName);
		return text instanceof Problem ? text : readPath(text);
	},
};

function jsonField(displayName: string, description: string): Field<IDataObject | undefined> {
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

/** What an answer holds besides code and message: not all endpoints put it into `data`. */
function contentOf(answer: Answer): IDataObject {
	if (!answer.ok) throw new FeishuCallError(answer);
	const { data } = answer.body;
	if (isObject(data)) return data;
	const entries = Object.entries(answer.body);
	return Object.fromEntries(entries.filter(([name]) => name !== 'code' && name !== 'msg'));
}

/** API Call: Request: any other endpoint of the platform, with all promises of this package. */
export const request = defineOperation({
	resource: 'api',
	operation: 'request',
	title: 'API Call',
	option: {
		name: 'Request',
		action: 'Request an API endpoint',
		description: 'Call any endpoint of the Feishu or Lark platform',
	},
	fields: {
		method,
		path,
		query: jsonField('Query', 'Parameters behind the question mark, as a JSON object'),
		body: jsonField('Body', 'What to send, as a JSON object; not sent with GET'),
		returnAll: switchField({
			displayName: 'Return All',
			description: 'Whether to return all results or only up to a given limit',
		}),
	},
	options: {
		itemsField: messageField({
			displayName: 'Items Field',
			description: 'Name of the list in the answer, if it holds several; used with Return All',
		}),
	},
	check: ({ method: chosen, path: entered, returnAll }) =>
		returnAll && !endpointAt(chosen, entered).readOnly
			? new Problem(
					'Return All cannot be used here: the call may change something',
					'Every page would be another call. Switch Return All off.',
				)
			: undefined,
	concurrency: ({ method: chosen, path: entered }) =>
		endpointAt(chosen, entered).readOnly ? 10 : 1,
	async execute(feishu, input) {
		const endpoint = endpointAt(input.method, input.path);
		const body = input.method === 'GET' ? undefined : input.body;
		const call: Call = { endpoint, path: input.path, qs: input.query, body };
		if (input.returnAll) {
			const entries = await readPages(feishu, call, input.options.itemsField ?? '');
			return entries.map((json) => ({ json }));
		}
		if (endpoint.readOnly) return contentOf(await feishu.ask(call));
		const { data, note } = await feishu.write(call);
		return { success: true, ...data, ...(note === undefined ? {} : { note }) };
	},
});
