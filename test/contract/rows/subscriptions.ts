import { randomUUID } from 'node:crypto';

import { SANDBOX_APP } from '../../../sandbox';
import type { Row } from '../row';
import { CODE } from './badInput';

const subscription = (operation: 'subscribe' | 'unsubscribe', words: RegExp): Row => ({
	resource: 'definition',
	operation,
	variants: [
		{
			endpoint: operation,
			afterLoss: 'asks again',
			make(sandbox) {
				const code = randomUUID().toUpperCase();
				sandbox.approvals.add(code);
				if (operation === 'unsubscribe') {
					sandbox.subscriptions.add(`${SANDBOX_APP.app_id} ${code}`);
				}
				const path = `/open-apis/approval/v4/approvals/${code}/${operation}`;
				const why = 'the SDK sends an empty object along with a call without a body';
				return {
					sample: { approvalCode: code },
					requests: [{ method: 'POST', path, query: {}, sdk: { body: {}, why } }],
					sdk: async ({ approval: { v4 } }) =>
						await v4.approval[operation]({ path: { approval_code: code } }),
					effects: () => [
						sandbox.calls(operation).filter((call) => call.path === path && call.carriedOut).length,
					],
				};
			},
			refusal: { code: 1390002, msg: 'approval code not found', status: 400, words: /not found/ },
		},
	],
	badInput: { approvalCode: CODE },
	words,
});

export const subscribe = subscription('subscribe', /events/);
export const unsubscribe = subscription('unsubscribe', /events/);
