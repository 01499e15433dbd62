import { ACCOUNTANT, COLLEAGUE } from '../../../sandbox';
import type { Row } from '../row';
import { PEOPLE, USER_ID_TYPE } from './badInput';

const body = { emails: [COLLEAGUE.email!], mobiles: [ACCOUNTANT.mobile!] };

export const getId: Row = {
	resource: 'user',
	operation: 'getId',
	isReading: true,
	endpoint: 'getUserIds',
	sample: () => ({ users: `${COLLEAGUE.email}, ${ACCOUNTANT.mobile}`, userIdType: 'union_id' }),
	request: () => ({
		method: 'POST',
		path: '/open-apis/contact/v3/users/batch_get_id',
		query: { user_id_type: 'union_id' },
		body,
	}),
	sdk: async (client) =>
		await client.contact.v3.user.batchGetId({
			params: { user_id_type: 'union_id' },
			data: body,
		}),
	effects: () => 0,
	badInput: {
		users: { values: [...PEOPLE.values, 'ou_1', 'ann'], message: PEOPLE.message },
		userIdType: USER_ID_TYPE,
	},
	atDefault: {},
	words: /^Find the IDs/,
};
