import { COLLEAGUE, SAMPLE_INSTANCE } from '../../../sandbox';
import type { Row } from '../row';
import { CODE, PERSON, SWITCH, USER_ID_TYPE } from './badInput';

const { instance_code: code } = SAMPLE_INSTANCE;
const query = {
	locale: 'en-US',
	nested_mutable_group: 'true',
	user_id: COLLEAGUE.union_id,
	user_id_type: 'union_id',
};

export const get: Row = {
	resource: 'instance',
	operation: 'get',
	isReading: true,
	endpoint: 'get',
	sample: () => ({
		instanceCode: code,
		simplify: false,
		options: {
			concurrency: 3,
			locale: 'en-US',
			nestedMutableGroup: true,
			userId: COLLEAGUE.union_id,
			userIdType: 'union_id',
		},
	}),
	request: () => ({ method: 'GET', path: `/open-apis/approval/v4/instances/${code}`, query }),
	sdk: async (client) =>
		await client.approval.v4.instance.get({
			path: { instance_id: code },
			params: {
				locale: 'en-US',
				user_id: COLLEAGUE.union_id,
				user_id_type: 'union_id',
				nested_mutable_group: true,
			},
		}),
	differences: { body: 'the SDK sends an empty object along with a GET' },
	effects: () => 0,
	badInput: {
		instanceCode: CODE,
		simplify: SWITCH,
		concurrency: { values: [0, -1, 2.5, 'many', null], message: /^is not a whole number/ },
		locale: { values: ['xx-XX', '', null, 3], message: /^is not one that Feishu knows$/ },
		nestedMutableGroup: SWITCH,
		userId: PERSON,
		userIdType: USER_ID_TYPE,
	},
	atDefault: {},
	words: /^Read one approval/,
};
