import * as lark from '@larksuiteoapi/node-sdk';
import {
	approvalCcEvent,
	approvalInstanceEvent,
	approvalTaskEvent,
	ATTENDANCE_TYPES,
	attendanceEvent,
	definitionUpdatedEvent,
	LEAVE_INSTANCE,
	oldApprovalEvent,
	remedyEvent,
	SAMPLE_INSTANCE,
	startSandbox,
	tripEvent,
	type PlatformEvent,
	type Sandbox,
} from '../../sandbox/index';
import { RequestUrl } from './requestUrl';

const LEAVE = LEAVE_INSTANCE as typeof SAMPLE_INSTANCE;
const KEYS = { encryptKey: 'test key' };
const quiet = () => undefined;
const logger = { error: quiet, warn: quiet, info: quiet, debug: quiet, trace: quiet };

let sandbox: Sandbox;
let receiver: RequestUrl;

beforeAll(async () => {
	sandbox = await startSandbox();
	receiver = new RequestUrl();
	await receiver.listen();
	sandbox.events.setRequestUrl(receiver.url, KEYS);
});
afterAll(async () => {
	await sandbox.close();
	await receiver.close();
});

/** What a handler of the official SDK gets of an event. */
async function seenBySdk(event: PlatformEvent): Promise<Record<string, unknown>> {
	sandbox.events.push(event, { evenUnsubscribed: true });
	await sandbox.events.settled();
	const { headers, body } = receiver.last();
	return await new Promise((resolve) => {
		const handles = { [event.type]: resolve } as object;
		const dispatcher = new lark.EventDispatcher({ ...KEYS, logger }).register(handles);
		void dispatcher.invoke(Object.assign(Object.create({ headers }), body));
	});
}

/** The fields that an event has beside those of all events of the first kind. */
const V1 = ['app_id', 'tenant_key', 'type', 'ts', 'uuid', 'token'];
const CODES = ['approval_code', 'instance_code'];
const PERIOD = ['start_time', 'end_time'];
const LEAVE_FIELDS = [
	...['open_id', 'leave_type', 'leave_start_time', 'leave_end_time', 'leave_interval'],
	...['leave_unit', 'leave_reason'],
];

// As sections 6.2, 11.1 and 11.2 of the API sheet name them.
const FIELDS: Record<(typeof ATTENDANCE_TYPES)[number], string[]> = {
	leave_approval: [...PERIOD, ...LEAVE_FIELDS, 'employee_id'],
	leave_approvalV2: [
		...PERIOD,
		...LEAVE_FIELDS,
		...['user_id', 'leave_name', 'i18n_resources', 'leave_detail', 'leave_range'],
		...['leave_certification', 'leave_feeding_arrive_late', 'leave_feeding_leave_early'],
		...['leave_feeding_rest_daily', 'leave_difficult_labour', 'leave_family_relation_type'],
		...['leave_infant_num', 'leave_pregnancy_age', 'leave_pregnancy_check_up'],
		...['leave_premarital_check_up', 'origin_instance_code'],
	],
	leave_approval_revert: ['operate_time'],
	work_approval: [
		...PERIOD,
		...['employee_id', 'open_id', 'work_start_time', 'work_end_time', 'work_interval'],
		...['work_reason', 'work_type', 'time_range', 'work_detail', 'allow_multi_time_range'],
		'work_multi_imitate_users',
	],
	work_approval_revert: ['operate_time'],
	out_approval: [
		...PERIOD,
		...['user_id', 'open_id', 'out_start_time', 'out_end_time', 'out_interval', 'out_name'],
		...['out_unit', 'out_reason', 'out_image', 'i18n_resources'],
	],
	out_approval_revert: ['operate_time'],
	shift_approval: [
		...PERIOD,
		...['employee_id', 'open_id', 'shift_time', 'return_time', 'shift_reason'],
	],
};

it.each(ATTENDANCE_TYPES)('%s has its fields', async (type) => {
	const seen = await seenBySdk(attendanceEvent(type, LEAVE));
	expect(Object.keys(seen).sort()).toEqual([...V1, ...CODES, ...FIELDS[type]].sort());
	expect(seen.approval_code).toBe(LEAVE.approval_code);
});

it('changes what a test wants', async () => {
	const seen = await seenBySdk(
		attendanceEvent('leave_approval_revert', LEAVE, { operate_time: 1_788_600_000 }),
	);
	expect(seen.operate_time).toBe(1_788_600_000);
});

it('an instance, a task, a copy and the old event', async () => {
	const instance = await seenBySdk(approvalInstanceEvent(LEAVE, 'REVERTED'));
	expect(Object.keys(instance).sort()).toEqual(
		[...V1, ...CODES, 'status', 'operate_time', 'instance_operate_time', 'generate_type'].sort(),
	);
	expect(typeof instance.operate_time).toBe('number');
	const task = await seenBySdk(approvalTaskEvent(LEAVE, SAMPLE_INSTANCE.task_list[0], 'DONE'));
	expect(task).toMatchObject({
		task_id: '1234',
		user_id: 'f7cb567e',
		open_id: 'ou_123457',
		custom_key: 'manager',
		def_key: SAMPLE_INSTANCE.task_list[0].node_id,
		operate_time: expect.any(String),
	});
	const cc = await seenBySdk(approvalCcEvent(LEAVE, { id: '7', user_id: 'u' }, 'READ'));
	expect(cc).toMatchObject({ id: '7', user_id: 'u', operate: 'READ', from: '' });
	expect(typeof cc.create_time).toBe('number');
	const old = await seenBySdk(oldApprovalEvent(LEAVE, 'approve'));
	expect(old).toMatchObject({ definition_code: LEAVE.approval_code, event: 'approve' });
	expect(old).not.toHaveProperty('approval_code');
});

it('those of the second kind wrap an object', async () => {
	const definition = await seenBySdk(definitionUpdatedEvent(LEAVE.approval_code));
	expect(definition.object).toMatchObject({
		approval_code: LEAVE.approval_code,
		timestamp: expect.stringMatching(/^\d{10}$/),
	});
	for (const event of [tripEvent(LEAVE), remedyEvent(LEAVE)]) {
		const { object, ...rest } = await seenBySdk(event);
		expect(rest).toMatchObject({ schema: '2.0', event_type: event.type });
		expect(object).toMatchObject({ instance_code: LEAVE.instance_code, start_time: 1_788_566_400 });
		expect(object).not.toHaveProperty('approval_code');
	}
});

it('what names no definition needs no subscription', async () => {
	expect(sandbox.subscriptions.size).toBe(0);
	expect(sandbox.events.push(tripEvent(LEAVE))).toHaveLength(1);
	expect(sandbox.events.push(attendanceEvent('shift_approval', LEAVE))).toHaveLength(0);
	expect(sandbox.events.push(oldApprovalEvent(LEAVE, 'approve'))).toHaveLength(0);
	await sandbox.events.settled();
});
