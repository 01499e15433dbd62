import { sleep } from 'n8n-workflow';

import { startHarness, type Harness } from '../../../../engine/harness';
import { tunable } from '../../../../engine/tunable';
import {
	APPROVER,
	businessError,
	COLLEAGUE,
	rateLimited,
	SANDBOX_APP,
	startSandbox,
	type Sandbox,
} from '../../../../../sandbox';

const { TIMEOUTS } = tunable();

const CODE = '7C468A54-8745-2245-9675-08B7C63E7A85';
const COPY = {
	approvalCode: CODE,
	instanceCode: CODE,
	userId: APPROVER.open_id,
	ccUserIds: COLLEAGUE.open_id,
};

let harness: Harness;
let second: Sandbox | undefined;

beforeEach(async () => {
	Object.assign(TIMEOUTS, { pauseMs: 150, settleMs: 20, lateMs: 20 });
	harness = await startHarness();
	second = undefined;
});
afterEach(async () => {
	await harness.close();
	await second?.close();
});

/** What became of the calls, and that nobody asked the timeline about it. */
function copies(sandbox: Sandbox): string[][] {
	expect(sandbox.calls('get')).toEqual([]);
	return sandbox.calls('cc').map(({ copied }) => copied);
}

describe('a copy that was certainly not made is simply sent again', () => {
	it('once Feishu can be reached', async () => {
		await harness.cc(COPY);
		await harness.close();

		const { outcome } = harness.engine.start([
			{ name: 'CC', parameters: { operation: 'cc', ...COPY } },
		]);
		await sleep(120);
		second = await startSandbox({ port: harness.sandbox.port });
		const { error, json } = await outcome;

		expect(error).toBeUndefined();
		expect(copies(second).flat()).toEqual([COLLEAGUE.open_id]);
		expect(json('CC')[0]).not.toHaveProperty('note');
	});

	it.each([429, 400] as const)('after the rate limit (HTTP %s)', async (status) => {
		harness.sandbox.faults.add({ on: 'cc', fault: rateLimited(1, status) });
		const { error, json } = await harness.cc(COPY);
		expect(error).toBeUndefined();
		expect(copies(harness.sandbox)).toEqual([[], [COLLEAGUE.open_id]]);
		expect(json('CC')[0]).not.toHaveProperty('note');
	});

	it('with a new token after the old one was refused', async () => {
		await harness.cc(COPY);
		harness.sandbox.tokens.revoke(SANDBOX_APP.app_id);
		const { error } = await harness.cc(COPY);
		expect(error).toBeUndefined();
		expect(copies(harness.sandbox)).toEqual([[COLLEAGUE.open_id], [], [COLLEAGUE.open_id]]);
	});
});

describe('a copy that Feishu refused is not sent again', () => {
	it.each([1390001, 1390002, 1390003, 1390004, 1390009, 1390018, 99991672, 99992402])(
		'code %i',
		async (code) => {
			harness.sandbox.faults.add({ on: 'cc', fault: businessError(code), times: Infinity });
			const { error } = await harness.cc(COPY);
			expect(error).toMatchObject({ name: 'NodeApiError', context: { data: { code } } });
			expect(copies(harness.sandbox)).toEqual([[]]);
		},
	);
});

it('a server that can never be reached is named as such', async () => {
	await harness.cc(COPY);
	await harness.close();
	TIMEOUTS.pauseMs = 5;
	const { error } = await harness.cc(COPY);
	expect(error?.message).toBe('Feishu could not be reached');
});
