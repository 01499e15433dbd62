import type * as Exchange from '../../../feishu/token/exchange';
import { testCredential } from '../../engine/credentialTest';
import { startHarness, type Harness } from '../../engine/harness';
import { SAMPLE_INSTANCE, type Fault } from '../../../sandbox';

const { exchangeRefusal, TokenExchangeError } = jest.requireActual<typeof Exchange>(
	'../../../dist/feishu/token/exchange',
);

let harness: Harness;
beforeEach(async () => {
	harness = await startHarness();
});
afterEach(async () => await harness.close());

const answer = (body: object | string, headers: Record<string, string> = {}): Fault => ({
	kind: 'answer',
	status: 200,
	body,
	headers,
});
const LOG_ID = { 'x-tt-logid': '20261126080000C0A8012B4D' };
const NOT_FEISHU =
	'If Base URL in the credential points to a gateway or proxy, check it. Otherwise run the workflow again in a few minutes; Feishu may be under maintenance.';

describe('what an exchange says that did not work, word for word', () => {
	it.each<[string, Fault, string]>([
		[
			'a code that nobody knows',
			answer({ code: 77777, msg: 'so it is.' }, LOG_ID),
			'Feishu refused to issue an access token. Feishu said: so it is. (Feishu code 77777, log ID 20261126080000C0A8012B4D)',
		],
		[
			'the same without a word and without a log ID',
			answer({ code: 77777 }, { 'x-tt-logid': '' }),
			'Feishu refused to issue an access token. Feishu said: nothing more. (Feishu code 77777)',
		],
		[
			'a web page with a log ID',
			answer('<html>', LOG_ID),
			`The answer is not one of Feishu's (HTTP 200). ${NOT_FEISHU} (log ID 20261126080000C0A8012B4D)`,
		],
		[
			'a token that is empty',
			answer({ code: 0, msg: 'ok', tenant_access_token: '', expire: 7200 }),
			'Feishu answered without an access token. Check Platform or Base URL in the credential.',
		],
	])('%s', async (_case, fault, text) => {
		harness.sandbox.faults.add({ on: 'exchange', times: Infinity, fault });
		expect(await testCredential(harness.engine)).toMatchObject({ status: 'Error', message: text });
	});
});

describe('the refusal behind an error that n8n threw', () => {
	const refusal = { ok: false, carriedOut: 'no', transient: false, message: 'Something' } as const;

	it('is found by the error itself', () => {
		const error = new TokenExchangeError(refusal);
		expect(exchangeRefusal([new Error('of n8n'), error])).toBe(refusal);
	});

	it('is found by its text where n8n keeps nothing else', async () => {
		harness.sandbox.faults.add({ on: 'exchange', times: Infinity, fault: answer({ code: 10015 }) });
		const { message } = await testCredential(harness.engine);
		expect(message).toMatch(/^The App Secret is wrong/);
		const found = exchangeRefusal([new Error('of n8n'), new Error(message)]);
		expect(found).toMatchObject({ code: 10015, carriedOut: 'no' });
		expect(exchangeRefusal([new Error('of n8n')])).toBeUndefined();
	});

	it('is not taken from an earlier run', async () => {
		harness.sandbox.faults.add({ on: 'exchange', times: Infinity, fault: answer({ code: 10015 }) });
		await testCredential(harness.engine);
		harness.sandbox.faults.clear();
		harness.sandbox.faults.add({ on: 'get', fault: answer({ code: 1390003 }) });
		const { error } = await harness.get({ instanceCode: SAMPLE_INSTANCE.instance_code });
		expect(error?.message).toBe('The approval instance was not found');
	});
});
