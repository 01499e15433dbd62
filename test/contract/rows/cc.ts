import { ACCOUNTANT, APPROVER, COLLEAGUE } from '../../../sandbox';
import type { Row } from '../row';
import { CODE, PEOPLE, REQUIRED_PERSON, SWITCH, TEXT, USER_ID_TYPE } from './badInput';
import { get, post } from './wires';

const PEOPLE_COPIED = [COLLEAGUE, ACCOUNTANT];
const INSTANCES = '/open-apis/approval/v4/instances';
const params = { user_id_type: 'user_id' } as const;

export const cc: Row = {
	resource: 'instance',
	operation: 'cc',
	variants: [
		{
			endpoint: 'cc',
			afterLoss: 'reads back',
			make(sandbox) {
				const { approval_code, instance_code, timeline } = sandbox.addInstance({ timeline: [] });
				const user_id = APPROVER.user_id;
				const cc_user_ids = PEOPLE_COPIED.map((person) => person.user_id);
				const data = { approval_code, instance_code, user_id, cc_user_ids, comment: 'please pay' };
				return {
					sample: {
						ccUserIds: cc_user_ids.join(),
						userIdType: 'user_id',
						approvalCode: approval_code,
						instanceCode: instance_code,
						userId: user_id,
						options: { combine: true, comment: 'please pay', skipAlreadyCopied: true },
					},
					requests: [get(`${INSTANCES}/${instance_code}`), post(`${INSTANCES}/cc`, params, data)],
					sdk: async ({ approval: { v4 } }) => {
						await v4.instance.get({ path: { instance_id: instance_code } });
						await v4.instance.cc({ params, data });
					},
					effects: () =>
						PEOPLE_COPIED.map(
							({ open_id: id }) =>
								timeline.filter(({ open_id_list: copied }) => copied?.includes(id)).length,
						),
				};
			},
			refusal: {
				code: 1390009,
				msg: 'no operation permission',
				status: 403,
				words: /does not allow this operation/,
			},
		},
	],
	badInput: {
		ccUserIds: PEOPLE,
		userIdType: USER_ID_TYPE,
		approvalCode: CODE,
		instanceCode: CODE,
		userId: REQUIRED_PERSON,
		combine: SWITCH,
		comment: TEXT,
		skipAlreadyCopied: SWITCH,
	},
	words: /notify/,
	tells: /They are notified/,
};
