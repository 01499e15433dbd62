import { noteOf } from '../../../../feishu/client/readBack';
import { callOf, ENDPOINTS } from '../../../../feishu/endpoints';
import { defineOperation } from '../defineOperation';
import { approvalCode, instanceCode } from '../fields/codes';
import { reworded } from '../fields/field';
import { person, userIdType } from '../fields/people';
import { CancelSearch } from './cancelSearch';

/** Instance: Cancel: withdraws an approval in the name of who submitted it (API sheet 4.3). */
export const cancel = defineOperation({
	resource: 'instance',
	operation: 'cancel',
	title: 'Cancel Instance',
	notice: 'A withdrawn approval cannot be continued; it has to be submitted anew.',
	option: {
		name: 'Cancel',
		action: 'Cancel approval instance',
		description: 'Withdraw an approval in the name of its initiator; this ends it',
	},
	fields: {
		approvalCode,
		instanceCode,
		userId: reworded(person, {
			displayName: 'Initiator',
			description:
				'The person who submitted the approval and withdraws it, which ends it: an ID, email address or mobile number. After a Get Instance node the default is right.',
		}),
		userIdType: reworded(userIdType, { description: 'Kind of the ID in Initiator' }),
	},
	async execute(feishu, input) {
		const output = {
			approval_code: input.approvalCode,
			instance_code: input.instanceCode,
			user_id: input.userId,
		};
		const qs = { user_id_type: input.userIdType };
		const call = callOf(ENDPOINTS.cancelInstance, { qs, body: output });
		const search = new CancelSearch(feishu, input, call);
		const written = await feishu.write(call, search);
		search.finish();
		return { success: true, ...output, user_id_type: input.userIdType, ...noteOf(written) };
	},
});
