import { COLLEAGUE } from '../../../sandbox';
import type { Row } from '../row';
import { CODE, PERSON, SWITCH, USER_ID_TYPE } from './badInput';
import * as wires from './wires';

const params = {
	locale: 'en-US',
	user_id: COLLEAGUE.union_id,
	user_id_type: 'union_id',
	nested_mutable_group: true,
} as const;

export const get: Row = {
	resource: 'instance',
	operation: 'get',
	variants: [
		{
			endpoint: 'get',
			afterLoss: 'repeats',
			make(sandbox) {
				const { instance_code: code } = sandbox.addInstance();
				const { user_id: userId, user_id_type: userIdType, locale } = params;
				return {
					sample: {
						instanceCode: code,
						simplify: false,
						options: { concurrency: 3, locale, nestedMutableGroup: true, userId, userIdType },
					},
					requests: [
						wires.get(`/open-apis/approval/v4/instances/${code}`, {
							...params,
							nested_mutable_group: 'true',
						}),
					],
					sdk: async (client) =>
						await client.approval.v4.instance.get({ path: { instance_id: code }, params }),
				};
			},
			refusal: {
				code: 1390003,
				msg: 'instance not found',
				status: 400,
				words: /Instance Code was/,
			},
		},
	],
	badInput: {
		instanceCode: CODE,
		simplify: SWITCH,
		concurrency: { values: [0, -1, 2.5, 'many', null], message: /^is not a whole number/ },
		locale: { values: ['xx-XX', '', null, 3], message: /^is not one that Feishu knows$/ },
		nestedMutableGroup: SWITCH,
		userId: PERSON,
		userIdType: USER_ID_TYPE,
	},
	words: /approval instance/,
};
