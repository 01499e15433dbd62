import { startHarness, type Harness } from '../../engine/harness';
import {
	APPROVER,
	COLLEAGUE,
	startSandbox,
	type Instance,
	type JournalEntry,
	type Sandbox,
} from '../../../sandbox';

let harness: Harness;
let elsewhere: Sandbox;
let instance: Instance;
beforeEach(async () => {
	harness = await startHarness();
	elsewhere = await startSandbox();
	instance = harness.sandbox.addInstance({ timeline: [] });
});
afterEach(async () => {
	await elsewhere.close();
	await harness.close();
});

const get = async () => await harness.get({ instanceCode: instance.instance_code });
const cc = async () =>
	await harness.cc({
		approvalCode: instance.approval_code,
		instanceCode: instance.instance_code,
		userId: APPROVER.open_id,
		ccUserIds: COLLEAGUE.open_id,
	});

describe.each([
	['Get Instance', 'get', get],
	['CC Instance', 'cc', cc],
] as const)('%s', (_name, endpoint, run) => {
	it.each([302, 307] as const)('carries the token to no other host (HTTP %i)', async (status) => {
		const to = `${elsewhere.url}/open-apis/approval/v4/instances/x`;
		harness.sandbox.faults.add({ on: endpoint, fault: { kind: 'redirect', to, status } });
		const { error } = await run();
		expect(error?.message).toBe('The server sent the call on to another address');
		expect(error?.description).toMatch(/Check Platform or Base URL in the credential/);
		expect(error?.context?.data).toMatchObject({ http_status: status });
		expect(elsewhere.journal).toEqual([]);
		expect(harness.sandbox.calls(endpoint)).toHaveLength(1);
	});

	it('is not sent on within the host either: the call is known not to be done', async () => {
		const here = ({ endpoint: on }: JournalEntry) => on === endpoint;
		const to = `${harness.sandbox.url}/elsewhere`;
		harness.sandbox.faults.add({ on: here, fault: { kind: 'redirect', to } });
		expect((await run()).error?.message).toBe('The server sent the call on to another address');
		expect(harness.sandbox.calls('other')).toEqual([]);
		expect(instance.timeline).toEqual([]);
	});
});
