import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import type * as Access from '../../../feishu/token/cache';
import { startHarness } from '../../engine/harness';
import { SAMPLE_INSTANCE } from '../../../sandbox';

const { usableToken } = jest.requireActual<typeof Access>('../../../dist/feishu/token/cache');
const NOW = 1_800_000_000_000;

/** A credential as n8n keeps it once a token was got. */
let kept: ICredentialDataDecryptedObject;

beforeAll(async () => {
	const harness = await startHarness();
	await harness.get({ instanceCode: SAMPLE_INSTANCE.instance_code });
	kept = harness.engine.credential();
	await harness.close();
});
beforeEach(() => {
	jest.spyOn(Date, 'now').mockReturnValue(NOW);
});
afterEach(() => jest.restoreAllMocks());

it.each([
	['a token with time left', { tenantAccessToken: 't-1', accessExpiresAt: NOW + 1 }, 't-1'],
	['a token whose time ends now', { tenantAccessToken: 't-1', accessExpiresAt: NOW }, undefined],
	['no token', { tenantAccessToken: '', accessExpiresAt: NOW + 1 }, undefined],
	['a token that is no text', { tenantAccessToken: 7, accessExpiresAt: NOW + 1 }, undefined],
])('%s', (_what, stored, token) => {
	expect(usableToken({ ...kept, ...stored } as never)).toBe(token);
});
