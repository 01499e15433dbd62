import { Problem } from '../../../../approval/problem';
import type { UserIdType } from '../../../../approval/userIds';
import { isWithdrawn } from '../../../../approval/withdrawal';
import type { ItemClient } from '../../../../feishu/client/itemClient';
import { noteOf, untold, type ReadBack } from '../../../../feishu/client/readBack';
import { CLOCKS_DIFFER_MS, feishusNow } from '../../../../feishu/clock';
import { callOf, ENDPOINTS, type Call } from '../../../../feishu/endpoints';
import { defineOperation } from '../defineOperation';
import { approvalCode, instanceCode } from '../fields/codes';
import { reworded } from '../fields/field';
import { person, userIdType } from '../fields/people';
import { instanceCall } from '../../../../feishu/instanceCall';

/** Who withdraws which instance. */
interface Person {
	instanceCode: string;
	userId: string;
	userIdType: UserIdType;
}

const NOT_TOLD = new Problem('The instance does not tell by whom and when it was withdrawn', '');

/** Looks at the instance for a withdrawal by this person since the attempt (API sheet 4.1). */
const search = (feishu: ItemClient, person: Person, call: Call): ReadBack => ({
	async look(elapsed) {
		const answer = await feishu.ask(instanceCall(person.instanceCode));
		if (!answer.ok) return untold('The instance', answer);
		const since = feishusNow(answer.date) - elapsed() - CLOCKS_DIFFER_MS;
		switch (isWithdrawn(answer.data, { ...person, since })) {
			case 'yes':
				return { state: 'applied', note: 'The approval is withdrawn; nothing was sent again.' };
			case 'untold':
				return { state: 'unknown', problem: NOT_TOLD };
			case 'no':
				return { state: 'missing', call, note: 'The approval was not yet withdrawn; sent again.' };
		}
	},
	isOnce: true,
	unknown: 'It is not known whether the approval was withdrawn',
	hint: 'Look at the instance in Feishu before you do it again.',
});

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
		const written = await feishu.write(call, search(feishu, input, call));
		return { success: true, ...output, user_id_type: input.userIdType, ...noteOf(written) };
	},
});
