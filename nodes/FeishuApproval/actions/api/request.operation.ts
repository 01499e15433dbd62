import { Problem } from '../../../../approval/problem';
import { noteOf } from '../../../../feishu/client/readBack';
import { endpointAt, type Call } from '../../../../feishu/endpoints';
import { defineOperation } from '../defineOperation';
import { returnAll } from '../fields/lists';
import { messageField } from '../fields/simple';
import { jsonField, method, path } from './fields';
import { readEntries } from './pages';

/** API Call: Request: any other endpoint of the platform, with all promises of this package. */
export const request = defineOperation({
	resource: 'api',
	operation: 'request',
	title: 'API Call',
	option: {
		name: 'Request',
		action: 'Request an API endpoint',
		description:
			'Call any endpoint of the platform; a call that is no GET usually changes something',
	},
	fields: {
		method,
		path,
		query: jsonField('Query', 'Query parameters as a JSON object'),
		body: jsonField('Body', 'What to send, as a JSON object; not sent with GET'),
		returnAll,
	},
	options: {
		itemsField: messageField({
			displayName: 'Items Field',
			description: 'Name of the list in the answer, if it holds several; used with Return All',
		}),
	},
	check: ({ method: chosen, path: entered, returnAll: isAll }) =>
		isAll && !endpointAt(chosen, entered).readOnly
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
			const entries = await readEntries(feishu, call, input.options.itemsField ?? '');
			return entries.map((json) => ({ json }));
		}
		if (endpoint.readOnly) return await feishu.readContent(call);
		const written = await feishu.write(call);
		return { success: true, ...written.data, ...noteOf(written) };
	},
});
