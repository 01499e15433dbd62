import { ENDPOINTS } from '../../../../feishu/endpoints';
import { defineOperation } from '../defineOperation';
import { approvalCode } from '../fields/codes';
import { reworded } from '../fields/field';
import { setSubscribed } from './subscription';

/** Definition: Subscribe: has the events of a definition sent to the app (API sheet 4.5). */
export const subscribe = defineOperation({
	resource: 'definition',
	operation: 'subscribe',
	title: 'Subscribe to Definition',
	option: {
		name: 'Subscribe',
		action: 'Subscribe to a definition',
		description:
			'Have Feishu send the events of a definition to the app, for Feishu Approval Trigger; done once, it lasts',
	},
	fields: {
		approvalCode: reworded(approvalCode, {
			description:
				'Code of the approval definition whose events the app is to get, or the address of its page in the admin console',
		}),
	},
	execute: async (feishu, { approvalCode: code }) =>
		await setSubscribed(feishu, ENDPOINTS.subscribe, code),
});
