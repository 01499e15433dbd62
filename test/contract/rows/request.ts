import { randomUUID } from 'node:crypto';

import type { Row } from '../row';
import { JSON_OBJECT, SWITCH, TEXT } from './badInput';
import { get, post } from './wires';

const APPROVAL = '/open-apis/approval/v4';

export const request: Row = {
	resource: 'api',
	operation: 'request',
	variants: [
		{
			title: 'a call that changes something',
			endpoint: 'subscribe',
			afterLoss: 'gives up',
			make(sandbox) {
				const code = randomUUID().toUpperCase();
				sandbox.approvals.add(code);
				const path = `${APPROVAL}/approvals/${code}/subscribe`;
				const [params, data] = [{ lang: 'en' }, { why: 'a test' }];
				return {
					sample: {
						method: 'POST',
						path,
						query: JSON.stringify(params),
						body: JSON.stringify(data),
						returnAll: false,
						options: { itemsField: 'items' },
					},
					requests: [post(path, params, data)],
					sdk: async (client) => await client.request({ method: 'POST', url: path, params, data }),
					effects: () => [
						sandbox.calls('subscribe').filter((call) => call.path === path && call.carriedOut)
							.length,
					],
				};
			},
			refusal: { code: 1390007, msg: 'subscription existed', status: 400, words: /subscribed/ },
		},
		{
			title: 'a single answer',
			endpoint: 'get',
			afterLoss: 'repeats',
			make(sandbox) {
				const { instance_code: code } = sandbox.addInstance();
				const path = `${APPROVAL}/instances/${code}`;
				const params = { locale: 'en-US' } as const;
				return {
					sample: {
						method: 'GET',
						path,
						query: params,
						body: { not: 'sent' },
						returnAll: false,
						options: { itemsField: 'ignored' },
					},
					requests: [get(path, params)],
					sdk: async ({ approval }) =>
						await approval.v4.instance.get({ path: { instance_id: code }, params }),
				};
			},
			refusal: { code: 1390003, msg: 'instance not found', status: 400, words: /instance was not/ },
		},
		{
			title: 'a list in pages',
			endpoint: 'listInstances',
			afterLoss: 'repeats',
			isList: true,
			make(sandbox) {
				const approval_code = randomUUID().toUpperCase();
				for (const start_time of ['1000', '2000'])
					sandbox.addInstance({ approval_code, start_time });
				const query = { approval_code, start_time: '0', end_time: '9000', page_size: '1' };
				const path = `${APPROVAL}/instances`;
				const pages = [query, { ...query, page_token: '1' }];
				return {
					sample: {
						method: 'GET',
						path,
						query,
						body: { not: 'sent' },
						returnAll: true,
						options: { itemsField: 'instance_code_list' },
					},
					requests: pages.map((page) => get(path, page)),
					sdk: async ({ approval }) => {
						for (const params of pages) {
							await approval.v4.instance.list({ params: { ...params, page_size: 1 } });
						}
					},
				};
			},
			refusal: { code: 1390002, msg: 'approval code not found', status: 400, words: /not found/ },
		},
	],
	badInput: {
		method: { values: ['get', 'TRACE', '', null], message: /^is not one that Feishu knows$/ },
		path: {
			values: [
				...['', null, 7, [], '/x', 'https://a.example/open-apis/x', 'x/open-apis/x'],
				...[
					'/open-apis/../x',
					'/open-apis/.',
					'/open-apis/..;a/x',
					'/open-apis//x',
					'/open-apis/%2',
				],
				...['/open-apis/%4g', '/open-apis/x?a=1', '/open-apis/a b', '/open-apis/%25252e%25252e/x'],
				...['/open-apis/auth', '/open-apis/auth;x', '/open-apis/%61UTH/v3/x', '/open-apis/x%255c'],
			],
			message: /^(is |does not begin|holds |belongs to )/,
		},
		query: JSON_OBJECT,
		body: JSON_OBJECT,
		returnAll: SWITCH,
		itemsField: TEXT,
	},
	words: /changes something/,
	tells: /GET only reads\. The others usually change something/,
};
