/* eslint-disable @n8n/community-nodes/no-hardcoded-secrets -- the samples of Feishu's pages */
import { createCipheriv, createHash } from 'node:crypto';

type Fields = Record<string, unknown>;

export const TOKEN = '41a9425ea7df4536a7623e38fa321bae';
export const ENCRYPT_KEY = 'test key';
/** Epoch ms, so that tests need no clock. */
export const NOW = 1_700_000_000_000;

export const APPROVAL = '7C468A54-8745-2245-9675-08B7C63E7A85';
export const INSTANCE = '81D31358-93AF-92D6-7425-01A5D67C4E71';
export const EVENT_ID = 'bc447199585340d1f3728d26b1c0297a';
const CODES = { approval_code: APPROVAL, instance_code: INSTANCE };

/** An event in the first envelope, as Feishu's pages print it (API sheet 6.3). */
export function v1(event: Fields, head: Fields = {}): Fields {
	return {
		ts: '1502199207.7171419',
		uuid: EVENT_ID,
		token: TOKEN,
		type: 'event_callback',
		event: { app_id: 'cli_xxx', tenant_key: 'xxx', ...event },
		...head,
	};
}

/** An event in the second envelope. */
export function v2(type: string, event: Fields, head: Fields = {}): Fields {
	const header = {
		event_id: EVENT_ID,
		event_type: type,
		create_time: '1603977298000',
		token: TOKEN,
		app_id: 'cli_xxx',
		tenant_key: 'xxx',
		...head,
	};
	return { schema: '2.0', header, event };
}

export const instanceChanged = (more: Fields = {}) =>
	v1({
		type: 'approval_instance',
		...CODES,
		status: 'APPROVED',
		operate_time: '1666079207003',
		instance_operate_time: '1666079207003',
		uuid: '6525bffb',
		...more,
	});

export const oldApproval = (word: string, head: Fields = { uuid: 'another' }) =>
	v1({ type: 'approval', definition_code: APPROVAL, instance_code: INSTANCE, event: word }, head);

export const taskChanged = (more: Fields = {}, head: Fields = {}) =>
	v1(
		{
			type: 'approval_task',
			...CODES,
			task_id: '12345',
			open_id: 'ou_123456',
			user_id: 'b613t51g',
			status: 'PENDING',
			operate_time: '1502199207000',
			custom_key: 'manager',
			def_key: 'node1',
			extra: '',
			...more,
		},
		head,
	);

export const ccChanged = (more: Fields = {}) =>
	v1({
		type: 'approval_cc',
		...CODES,
		id: '123445',
		user_id: '12345',
		create_time: 1502199207000,
		operate: 'READ',
		from: '',
		...more,
	});

export const definitionUpdated = () =>
	v2(
		'approval.approval.updated_v4',
		{
			object: {
				approval_id: '74333067777841234',
				approval_code: APPROVAL,
				version_id: '7459343285667611234',
				widget_group_type: '0',
				form_definition_id: '7459341670005371234',
				process_obj: '{"lineList": []}',
				timestamp: '1736763698',
				extra: '',
			},
		},
		{ create_time: undefined, event_create_time: '1502199207.7171419' },
	);

const EMPLOYEE = { employee_id: 'g6964gd3', open_id: 'ou_xxx' };
const TIMES = { start_time: 1589527346, end_time: 1589527354 };

export const leave = (more: Fields = {}) =>
	v1({
		type: 'leave_approval',
		...CODES,
		...EMPLOYEE,
		...TIMES,
		leave_type: 'Annual leave',
		leave_start_time: '2026-09-05 13:30:00',
		leave_end_time: '2026-09-05 18:00:00',
		leave_interval: 16200,
		leave_unit: 2,
		leave_reason: 'Family',
		...more,
	});

/** The same leave in the second version, in the shape that was met: lists as texts that are no JSON. */
export const leaveV2 = (more: Fields = {}) =>
	v1(
		{
			type: 'leave_approvalV2',
			...CODES,
			user_id: 'g6964gd3',
			open_id: 'ou_xxx',
			start_time: '1589527346',
			end_time: '1589527354',
			leave_name: '@i18n@1',
			i18n_resources: '[{is_default=true,locale=zh_cn,texts={@i18n@1=Annual leave}}]',
			leave_start_time: '2026-09-05 13:30:00',
			leave_end_time: '2026-09-05 18:00:00',
			leave_interval: '16200',
			leave_unit: 'HALF_DAY',
			leave_reason: 'Family',
			leave_range: '[[2026-09-05 13:30:00,2026-09-05 18:00:00]]',
			leave_detail: '[[2026-09-05 13:30:00,2026-09-05 18:00:00]]',
			...more,
		},
		{ uuid: 'of-the-second-version' },
	);

export const revoked = (type: string, operate_time: unknown = 1589527354) =>
	v1({ type, ...CODES, operate_time });

export const overtime = () =>
	v1({
		type: 'work_approval',
		...CODES,
		...EMPLOYEE,
		...TIMES,
		work_type: '',
		work_start_time: '2026-09-05 18:00:00',
		work_end_time: '2026-09-05 20:00:00',
		work_interval: 7200,
		work_reason: 'Release',
		time_range: [{ work_start_time: '2026-09-05 18:00:00', work_end_time: '2026-09-05 20:00:00' }],
		work_detail: [{ start: '18:00', end: '20:00', rule_associated: '0', interval: '7200' }],
		allow_multi_time_range: 1,
		work_multi_imitate_users: null,
	});

export const shift = () =>
	v1({
		type: 'shift_approval',
		...CODES,
		...EMPLOYEE,
		...TIMES,
		shift_time: '2018-12-01 12:00:00',
		return_time: '2018-12-02 12:00:00',
		shift_reason: 'Swapped',
	});

export const outOfOffice = (more: Fields = {}) =>
	v1({
		type: 'out_approval',
		...CODES,
		user_id: 'g6964gd3',
		open_id: 'ou_xxx',
		...TIMES,
		// So Feishu's own sample has them: a list of texts, each of them JSON.
		i18n_resources: ['{"is_default":true,"locale":"zh_cn","texts":{"@i18n@someKey":"Customer"}}'],
		out_image: '',
		out_interval: 10800,
		out_name: '@i18n@someKey',
		out_reason: 'Visit',
		out_start_time: '2020-05-15 15:00:00',
		out_end_time: '2020-05-15 18:00:00',
		out_unit: 'HALR_DAY',
		...more,
	});

export const businessTrip = () =>
	v2('approval.instance.trip_group_update_v4', {
		object: {
			type: 'APPROVED',
			instance_code: INSTANCE,
			start_user: { id: { user_id: 'abc456', open_id: 'ou_0e18', union_id: 'on_4457' } },
			start_time: '1661333019',
			end_time: '1661333029',
			schedules: [{ trip_start_time: '2022-08-25 12:00:00', trip_interval: '561600' }],
			trip_interval: '561600',
			trip_reason: 'test',
			trip_peers: [{ id: { user_id: 'abc123', open_id: 'ou_0e19' } }],
		},
	});

export const attendanceCorrection = (remedy_time: unknown = 1661333019) =>
	v2('approval.instance.remedy_group_update_v4', {
		object: {
			type: 'remedy_approval_v2',
			instance_code: INSTANCE,
			employee_id: 'abc456',
			start_time: '1661333019',
			end_time: '1661333029',
			remedy_time,
			remedy_reason: 'Forgotten',
			status: 'APPROVED',
		},
	});

/** One of each kind that the trigger knows. */
export const ALL_SAMPLES: Readonly<Record<string, Fields>> = {
	instanceStatusChanged: instanceChanged(),
	taskStatusChanged: taskChanged(),
	ccChanged: ccChanged(),
	definitionUpdated: definitionUpdated(),
	leave: leave(),
	overtime: overtime(),
	shift: shift(),
	outOfOffice: outOfOffice(),
	businessTrip: businessTrip(),
	attendanceCorrection: attendanceCorrection(),
};

/** As the platform encrypts (API sheet 6.6). */
export function encrypt(text: string, key = ENCRYPT_KEY): string {
	const iv = Buffer.alloc(16, 7);
	const cipher = createCipheriv('aes-256-cbc', createHash('sha256').update(key).digest(), iv);
	return Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final()]).toString('base64');
}

/** As the platform signs (API sheet 6.7). */
export function sign(body: string | Uint8Array, key = ENCRYPT_KEY, at = NOW) {
	const timestamp = String(Math.floor(at / 1000));
	const nonce = 'nonce-1';
	const signature = createHash('sha256')
		.update(timestamp + nonce + key)
		.update(body)
		.digest('hex');
	return {
		'x-lark-request-timestamp': timestamp,
		'x-lark-request-nonce': nonce,
		'x-lark-signature': signature,
	};
}
