import { SAMPLE_INSTANCE, SANDBOX_APP, type Sandbox } from '../../../sandbox';
import type { Row } from '../row';
import { CODE } from './badInput';

const approval = SAMPLE_INSTANCE.approval_code;
const PATH = `/open-apis/approval/v4/approvals/${approval}`;

const effects = (endpoint: 'subscribe' | 'unsubscribe') => (sandbox: Sandbox) =>
	sandbox.calls(endpoint).filter(({ carriedOut }) => carriedOut).length;

const NO_BODY = { body: 'the SDK sends an empty object along with a call without a body' };

export const subscribe: Row = {
	resource: 'definition',
	operation: 'subscribe',
	isReading: false,
	endpoint: 'subscribe',
	sample: () => ({ approvalCode: approval }),
	request: () => ({ method: 'POST', path: `${PATH}/subscribe`, query: {}, body: undefined }),
	sdk: async (client) =>
		await client.approval.v4.approval.subscribe({ path: { approval_code: approval } }),
	differences: NO_BODY,
	effects: effects('subscribe'),
	badInput: { approvalCode: CODE },
	atDefault: {},
	words: /send the events/,
};

export const unsubscribe: Row = {
	resource: 'definition',
	operation: 'unsubscribe',
	isReading: false,
	endpoint: 'unsubscribe',
	sample(sandbox) {
		sandbox.subscriptions.add(`${SANDBOX_APP.app_id} ${approval}`);
		return { approvalCode: approval };
	},
	request: () => ({ method: 'POST', path: `${PATH}/unsubscribe`, query: {}, body: undefined }),
	sdk: async (client) =>
		await client.approval.v4.approval.unsubscribe({ path: { approval_code: approval } }),
	differences: NO_BODY,
	effects: effects('unsubscribe'),
	badInput: { approvalCode: CODE },
	atDefault: {},
	words: /Stop the events/,
};
