import type * as Endpoints from '../../nodes/FeishuApproval/transport/endpoints';
import { openStage, type Stage } from '../engine/stage';
import { APPROVER, COLLEAGUE, type Instance } from '../sandbox';

const { PATIENCE } = jest.requireActual<typeof Endpoints>(
	'../../dist/nodes/FeishuApproval/transport/endpoints',
);
const patience = { ...PATIENCE };

let stage: Stage;
let instance: Instance;
beforeEach(async () => {
	Object.assign(PATIENCE, { pauseMs: 5, exchangeMs: 300 });
	stage = await openStage();
	instance = stage.sandbox.addInstance({ timeline: [] });
	stage.sandbox.faults.add({ on: 'exchange', fault: { kind: 'hang' } });
});
afterEach(async () => {
	Object.assign(PATIENCE, patience);
	await stage.close();
});

it('a copy is made once when the exchange before it is not answered', async () => {
	const { error, json } = await stage.cc({
		approvalCode: instance.approval_code,
		instanceCode: instance.instance_code,
		userId: APPROVER.open_id,
		ccUserIds: COLLEAGUE.open_id,
	});
	expect(error).toBeUndefined();
	expect(json('CC')[0]).not.toHaveProperty('note');
	expect(instance.timeline).toHaveLength(1);
	expect(stage.sandbox.calls('exchange')).toHaveLength(2);
	expect(stage.sandbox.calls('get')).toHaveLength(0);
}, 60_000);
