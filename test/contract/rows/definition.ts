import { randomUUID } from 'node:crypto';

import type { Row } from '../row';
import { CODE, SWITCH } from './badInput';
import { get } from './wires';

export const getDefinition: Row = {
	resource: 'definition',
	operation: 'get',
	variants: [
		{
			endpoint: 'getDefinition',
			afterLoss: 'repeats',
			make(sandbox) {
				const code = randomUUID().toUpperCase();
				sandbox.approvals.add(code);
				const query = { locale: 'en-US', with_admin_id: 'true', with_option: 'true' };
				return {
					sample: {
						approvalCode: code,
						simplify: false,
						options: { locale: 'en-US', withAdminIds: true, withOptions: true },
					},
					requests: [get(`/open-apis/approval/v4/approvals/${code}`, query)],
					sdk: async ({ approval: { v4 } }) =>
						await v4.approval.get({
							path: { approval_code: code },
							params: { locale: 'en-US', with_admin_id: true, with_option: true },
						}),
				};
			},
			refusal: { code: 1390002, msg: 'approval code not found', status: 400, words: /not found/ },
		},
	],
	badInput: {
		approvalCode: CODE,
		simplify: SWITCH,
		locale: { values: ['xx-XX', '', null, 3], message: /^is not one that Feishu knows$/ },
		withAdminIds: SWITCH,
		withOptions: SWITCH,
	},
	words: /^Read a definition/,
};
