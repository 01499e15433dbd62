import type { IHttpRequestOptions } from 'n8n-workflow';

import type * as Authorization from '../../../feishu/token/authorize';
import { startHarness, type Harness } from '../../engine/harness';
import { tunable } from '../../engine/tunable';
import { SAMPLE_INSTANCE, SANDBOX_APP } from '../../../sandbox';

const { TIMEOUTS } = tunable();
const { authorize, NOWHERE, sentOnce } = jest.requireActual<typeof Authorization>(
	'../../../dist/feishu/token/authorize',
);

const GET = '/open-apis/approval/v4/instances';

let harness: Harness;
beforeEach(async () => {
	harness = await startHarness();
	await harness.get({ instanceCode: SAMPLE_INSTANCE.instance_code });
});
afterEach(async () => await harness.close());

/** What becomes of a request with the credential as the first call has left it. */
const authorized = (options: IHttpRequestOptions) =>
	authorize(harness.engine.credential(), options);
const bearer = () => `Bearer ${harness.sandbox.tokens.current(SANDBOX_APP.app_id)}`;

it('fills token and address into a request for a path', () => {
	const options = { url: `${GET}/1`, headers: { Accept: 'application/json' } };
	expect(authorized(options)).toEqual({
		url: `${GET}/1`,
		baseURL: harness.sandbox.url,
		headers: { Accept: 'application/json', Authorization: bearer() },
		allowedDomains: '127.0.0.1',
		sendCredentialsOnCrossOriginRedirect: false,
	});
});

it("fills no address into a request that has one: nor is the caller's time touched", () => {
	const url = `${harness.sandbox.url}${GET}/1`;
	const { baseURL, timeout, ...rest } = authorized({ url });
	expect([baseURL, timeout]).toEqual([undefined, undefined]);
	expect(rest).toMatchObject({ url, headers: { Authorization: bearer() } });
});

it('fills the time for an answer into the request that tests the credential', () => {
	const { timeout } = authorized({ url: `${GET}/${NOWHERE}` });
	expect(timeout).toBe(TIMEOUTS.answerMs);
});

it('asks n8n for a token where there is none, as an HTTP 401 would', () => {
	harness.engine.setCredential({ tenantAccessToken: '' });
	expect(() => authorized({ url: GET })).toThrow(
		expect.objectContaining({
			message: 'There is no usable access token',
			response: { status: 401 },
		}),
	);
});

it('says why a request that was sent is not sent again', () => {
	const options = { url: GET };
	sentOnce.add(options);
	authorized(options);
	expect(() => authorized(options)).toThrow(
		'The request was sent already, and its answer could not be read',
	);
});
