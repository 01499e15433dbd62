import { SAMPLE_INSTANCE } from '../../../sandbox';
import type { Row } from '../row';
import { JSON_OBJECT, SWITCH, TEXT } from './badInput';

const PATH = `/open-apis/approval/v4/approvals/${SAMPLE_INSTANCE.approval_code}/subscribe`;

export const request: Row = {
	resource: 'api',
	operation: 'request',
	isReading: false,
	endpoint: 'subscribe',
	sample: () => ({
		method: 'POST',
		path: PATH,
		query: '{"lang":"en"}',
		body: '{"why":"a test"}',
		returnAll: false,
		options: { itemsField: 'items' },
	}),
	request: () => ({ method: 'POST', path: PATH, query: { lang: 'en' }, body: { why: 'a test' } }),
	sdk: async (client) =>
		await client.request({
			method: 'POST',
			url: PATH,
			params: { lang: 'en' },
			data: { why: 'a test' },
		}),
	effects: (sandbox) => sandbox.calls('subscribe').filter(({ carriedOut }) => carriedOut).length,
	badInput: {
		method: { values: ['get', 'TRACE', '', null], message: /^is not one that Feishu knows$/ },
		path: {
			values: ['', null, 7, [], '/x', 'https://a.example/open-apis/x', '/open-apis/../x'],
			message: /^(is |does not begin|holds )/,
		},
		query: JSON_OBJECT,
		body: JSON_OBJECT,
		returnAll: SWITCH,
		itemsField: TEXT,
	},
	atDefault: { returnAll: 'a call that changes something has no pages' },
	words: /changes something/,
};
