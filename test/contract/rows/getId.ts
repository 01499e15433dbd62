import type { Row } from '../row';
import { PEOPLE, USER_ID_TYPE } from './badInput';
import { addPerson } from './people';
import { post } from './wires';

const params = { user_id_type: 'union_id' } as const;

export const getId: Row = {
	resource: 'user',
	operation: 'getId',
	variants: [
		{
			endpoint: 'getUserIds',
			afterLoss: 'repeats',
			make(sandbox) {
				const [{ email }, { mobile }] = [addPerson(sandbox), addPerson(sandbox)];
				const data = { emails: [email], mobiles: [mobile] };
				return {
					sample: { users: `${email}, ${mobile}`, userIdType: 'union_id' },
					requests: [post('/open-apis/contact/v3/users/batch_get_id', params, data)],
					sdk: async (client) => await client.contact.v3.user.batchGetId({ params, data }),
				};
			},
			refusal: {
				code: 99991672,
				msg: 'Access denied. One of the following scopes is required: [contact:user.id:readonly].',
				status: 400,
				words: /contact:user\.id:readonly/,
			},
		},
	],
	badInput: {
		users: { values: [...PEOPLE.values, 'ou_1', 'ann'], message: PEOPLE.message },
		userIdType: USER_ID_TYPE,
	},
	words: /user ID|IDs of people/,
};
