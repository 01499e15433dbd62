import { openStage, type Stage } from '../../engine/stage';
import {
	APPROVER,
	COLLEAGUE,
	startSandbox,
	type Instance,
	type JournalEntry,
	type Sandbox,
} from '../../../sandbox';

let stage: Stage;
let elsewhere: Sandbox;
let instance: Instance;
beforeEach(async () => {
	stage = await openStage();
	elsewhere = await startSandbox();
	instance = stage.sandbox.addInstance({ timeline: [] });
});
afterEach(async () => {
	await elsewhere.close();
	await stage.close();
});

const get = async () => await stage.get({ instanceCode: instance.instance_code });
const cc = async () =>
	await stage.cc({
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
		stage.sandbox.faults.add({ on: endpoint, fault: { kind: 'redirect', to, status } });
		const { error } = await run();
		expect(error?.message).toBe('The server sent the call on to another address');
		expect(error?.description).toMatch(/Check Platform or Base URL in the credential/);
		expect(error?.context?.data).toMatchObject({ http_status: status });
		expect(elsewhere.journal).toEqual([]);
		expect(stage.sandbox.calls(endpoint)).toHaveLength(1);
	});

	it('is not sent on within the host either: the call is known not to be done', async () => {
		const here = ({ endpoint: on }: JournalEntry) => on === endpoint;
		const to = `${stage.sandbox.url}/elsewhere`;
		stage.sandbox.faults.add({ on: here, fault: { kind: 'redirect', to } });
		expect((await run()).error?.message).toBe('The server sent the call on to another address');
		expect(stage.sandbox.calls('other')).toEqual([]);
		expect(instance.timeline).toEqual([]);
	});
});
