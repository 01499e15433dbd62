import { ENDPOINTS } from '../../../../feishu/endpoints';
import { defineOperation } from '../defineOperation';
import { approvalCode } from '../fields/codes';
import { reworded } from '../fields/field';
import { setSubscribed } from './subscription';

/** Definition: Unsubscribe: ends the events of a definition for the app (API sheet 4.5). */
export const unsubscribe = defineOperation({
	resource: 'definition',
	operation: 'unsubscribe',
	title: 'Unsubscribe From Definition',
	notice: 'Triggers of the same app get no events of this definition any more.',
	option: {
		name: 'Unsubscribe',
		action: 'Unsubscribe from a definition',
		description: 'Stop the events of a definition for the app, in all its workflows',
	},
	fields: {
		approvalCode: reworded(approvalCode, {
			description:
				'Code of the approval definition whose events the app is to stop getting, or the address of its page in the admin console',
		}),
	},
	execute: async (feishu, { approvalCode: code }) =>
		await setSubscribed(feishu, ENDPOINTS.unsubscribe, code),
});
