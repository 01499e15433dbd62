import { ACCOUNTANT, APPROVER, COLLEAGUE, SAMPLE_INSTANCE } from '../../../sandbox';
import type { Row } from '../row';
import { CODE, PEOPLE, REQUIRED_PERSON, SWITCH, TEXT, USER_ID_TYPE } from './badInput';

const { approval_code: approval, instance_code: instance } = SAMPLE_INSTANCE;
const people = [COLLEAGUE.user_id, ACCOUNTANT.user_id];
const body = {
	approval_code: approval,
	instance_code: instance,
	user_id: APPROVER.user_id,
	cc_user_ids: people,
	comment: 'please pay',
};

export const cc: Row = {
	resource: 'instance',
	operation: 'cc',
	isReading: false,
	endpoint: 'cc',
	sample: () => ({
		ccUserIds: people.join(),
		userIdType: 'user_id',
		approvalCode: approval,
		instanceCode: instance,
		userId: APPROVER.user_id,
		options: { combine: true, comment: 'please pay', skipAlreadyCopied: true },
	}),
	request: () => ({
		method: 'POST',
		path: '/open-apis/approval/v4/instances/cc',
		query: { user_id_type: 'user_id' },
		body,
	}),
	sdk: async (client) =>
		await client.approval.v4.instance.cc({ params: { user_id_type: 'user_id' }, data: body }),
	effects: (sandbox) => sandbox.calls('cc').flatMap(({ copied }) => copied).length / people.length,
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
	atDefault: {},
	words: /^Copy .* notify/,
};
